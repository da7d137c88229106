"""What happened to documents, for the domains above to act upon inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAdded:
    """A document was added, with its first version."""

    document_id: int
    region_id: int
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVersionAdded:
    """A later version of a document was added; the first comes with `DocumentAdded`."""

    document_id: int
    region_id: int
    owner: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWithdrawn:
    """A document was withdrawn; it can be put back."""

    document_id: int
    region_id: int
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentErased:
    """A document was erased, content and all; nothing brings it back."""

    document_id: int
    region_id: int
    owner: str
