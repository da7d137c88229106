"""What the activity log says about documents.

Everybody in a region may read the log, so of a document that not all members may see it has no
title and no reason in words: it goes by its number.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity import services as activity
from extranet.documents.models import Confidentiality, Document

OPEN = frozenset({Confidentiality.PUBLIC, Confidentiality.MEMBERS})
_CODES = ("confidentiality", "woo_category", "woo_decision")
_NUMBERS = ("body_id", "organisation_id", "imposed_by_body_id")
_WORDS = ("title", "confidentiality_ground", "retention_ground", "woo_ground")


def plain(document: Document) -> dict[str, object]:
    """Return what the log may hold of a document as it stands, as plain values."""
    until = document.retention_until
    values: dict[str, object] = {name: str(getattr(document, name)) for name in _CODES}
    values |= {name: getattr(document, name) for name in _NUMBERS}
    values["retention_until"] = until.isoformat() if until else None
    if document.confidentiality in OPEN:
        values |= {name: getattr(document, name) for name in _WORDS}
    return values


def record(
    session: Session,
    action: str,
    document: Document,
    *,
    actor: Actor | None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Record a change; a document for few is named by its number."""
    title = document.title if document.confidentiality in OPEN else str(document.id)
    activity.record(
        session,
        actor=actor,
        action=action,
        subject=activity.Subject("document", document.id, title),
        region_id=document.region_id,
        before=before,
        after=after,
    )
