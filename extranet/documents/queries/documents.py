"""Lists of documents, and one document with its versions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from extranet.documents.models import Confidentiality, Document, DocumentVersion
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import Body, Organisation
from extranet.membership.queries.matching import containing, pattern_of
from extranet.people.models import Person

Statement = TypeVar("Statement", bound=Select[*tuple[Any, ...]])

NO_DOCUMENT = Text("There is no such document.")
NO_VERSION = Text("This document has no such version.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What somebody sees: documents of these owners in a region, and of which confidentiality.

    Whoever may edit also sees what was withdrawn. An erased document is seen by nobody.
    """

    region_id: int
    owners: Collection[str]
    confidentialities: Collection[Confidentiality]
    with_withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list is narrowed to. `author` is `body:3` or `organisation:5`, '' for every one."""

    text: str = ""
    confidentiality: str = ""
    author: str = ""
    is_withdrawn: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document in a list, with its newest version."""

    id: int
    owner: str
    title: str
    body_name: str | None
    organisation_name: str | None
    confidentiality: str
    imposed_by: str | None
    confidentiality_ground: str
    retention_until: date | None
    retention_ground: str
    woo_category: str
    woo_decision: str
    woo_ground: str
    created_at: datetime
    withdrawn_at: datetime | None
    number: int
    file_name: str
    media_type: str
    size_bytes: int
    uploaded_at: datetime

    @property
    def author(self) -> str:
        """Return who wrote it: the body, the organisation, or both."""
        return author_of(self.body_name, self.organisation_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage(DocumentLine):
    """A document on its own page; `version` guards its editing."""

    body_id: int | None
    organisation_id: int | None
    imposed_by_body_id: int | None
    withdrawn_reason: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """A version with who brought it, for which organisation; people who left have no name."""

    document_id: int
    number: int
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    uploaded_at: datetime
    note: str
    person_name: str | None
    organisation_name: str | None
    storage_key: str = field(repr=False)


Imposer = aliased(Body)
_NEWEST = aliased(DocumentVersion)
_LAST_NUMBER = (
    select(func.max(_NEWEST.number))
    .where(_NEWEST.document_id == Document.id)
    .correlate(Document)
    .scalar_subquery()
)
_LINE = (
    Document.id,
    Document.owner,
    Document.title,
    Body.name.label("body_name"),
    Organisation.name.label("organisation_name"),
    Document.confidentiality,
    Imposer.name.label("imposed_by"),
    Document.confidentiality_ground,
    Document.retention_until,
    Document.retention_ground,
    Document.woo_category,
    Document.woo_decision,
    Document.woo_ground,
    Document.created_at,
    Document.withdrawn_at,
    DocumentVersion.number,
    DocumentVersion.file_name,
    DocumentVersion.media_type,
    DocumentVersion.size_bytes,
    DocumentVersion.uploaded_at,
)
_PAGE = (
    *_LINE,
    Document.body_id,
    Document.organisation_id,
    Document.imposed_by_body_id,
    Document.withdrawn_reason,
    Document.version,
)
_VERSIONS = (
    select(
        DocumentVersion.document_id,
        DocumentVersion.number,
        DocumentVersion.file_name,
        DocumentVersion.media_type,
        DocumentVersion.size_bytes,
        DocumentVersion.sha256,
        DocumentVersion.uploaded_at,
        DocumentVersion.note,
        Person.name.label("person_name"),
        Organisation.name.label("organisation_name"),
        DocumentVersion.storage_key,
    )
    .join(Document, Document.id == DocumentVersion.document_id)
    .outerjoin(Person, Person.id == DocumentVersion.person_id)
    .outerjoin(Organisation, Organisation.id == DocumentVersion.organisation_id)
    .order_by(DocumentVersion.document_id, DocumentVersion.number.desc())
)


def author_of(body_name: str | None, organisation_name: str | None) -> str:
    """Return an author in words: `Regiegroep`, `Venlo` or `Regiegroep (Venlo)`."""
    if body_name and organisation_name:
        return f"{body_name} ({organisation_name})"
    return body_name or organisation_name or ""


def documents_of(
    session: Session,
    sight: Sight,
    *,
    filters: Filters | None = None,
    after: int | None = None,
    limit: int | None = None,
) -> list[DocumentLine]:
    """Return the documents that are seen, newest first; `after` is where the page before ended."""
    statement = _narrowed(seen(select(*_LINE), sight), filters or Filters())
    if after is not None:
        statement = statement.where(Document.id < after)
    statement = statement.order_by(Document.id.desc()).limit(limit)
    values = {"pattern": pattern_of(filters.text)} if filters and filters.text else {}
    return [DocumentLine(**row) for row in session.execute(statement, values).mappings()]


def count_of(session: Session, sight: Sight) -> int:
    """Return how many documents are seen."""
    counted = seen(select(func.count(Document.id)), sight)
    return session.scalar(counted) or 0


def authors_of(session: Session, sight: Sight) -> list[tuple[str, str]]:
    """Return who wrote the documents that are seen: as a filter takes it, and in words."""
    statement = seen(
        select(Body.id, Body.name, Organisation.id, Organisation.name).distinct(), sight
    )
    found: dict[str, str] = {}
    for body_id, body, organisation_id, organisation in session.execute(statement):
        if body_id is not None:
            found[f"body:{body_id}"] = body
        if organisation_id is not None:
            found[f"organisation:{organisation_id}"] = organisation
    return sorted(found.items(), key=lambda item: (item[1].casefold(), item[0]))


def get_document(session: Session, sight: Sight, document_id: int) -> DocumentPage:
    """Return a document that is seen; raise NotFound for every other."""
    statement = seen(select(*_PAGE), sight).where(Document.id == document_id)
    row = session.execute(statement).mappings().first()
    if row is None:
        raise NotFound(NO_DOCUMENT)
    return DocumentPage(**row)


def lock_document(session: Session, sight: Sight, document_id: int) -> Document:
    """Return a document to change, kept from everybody else until the end of the transaction."""
    statement = _within(select(Document), sight).where(Document.id == document_id)
    document = session.scalars(statement.with_for_update()).one_or_none()
    if document is None:
        raise NotFound(NO_DOCUMENT)
    return document


def versions_of(session: Session, sight: Sight, document_id: int) -> list[VersionLine]:
    """Return the versions of a document as far as it is seen, newest first."""
    statement = _within(_VERSIONS, sight).where(Document.id == document_id)
    return [VersionLine(**row) for row in session.execute(statement).mappings()]


def every_version(session: Session, sight: Sight) -> list[VersionLine]:
    """Return every version of every document that is seen, by document, newest first."""
    rows = session.execute(_within(_VERSIONS, sight)).mappings()
    return [VersionLine(**row) for row in rows]


def get_version(session: Session, sight: Sight, document_id: int, number: int) -> VersionLine:
    """Return a version of a document that is seen; raise NotFound for every other."""
    statement = _within(_VERSIONS, sight).where(
        Document.id == document_id, DocumentVersion.number == number
    )
    row = session.execute(statement).mappings().first()
    if row is None:
        raise NotFound(NO_VERSION)
    return VersionLine(**row)


def seen(statement: Statement, sight: Sight) -> Statement:
    """Return a statement over documents with author and newest version, as far as they are seen."""
    joined = (
        statement.select_from(Document)
        .join(
            DocumentVersion,
            (DocumentVersion.document_id == Document.id) & (DocumentVersion.number == _LAST_NUMBER),
        )
        .outerjoin(Body, Body.id == Document.body_id)
        .outerjoin(Organisation, Organisation.id == Document.organisation_id)
        .outerjoin(Imposer, Imposer.id == Document.imposed_by_body_id)
    )
    return _within(joined, sight)


def _within(statement: Statement, sight: Sight) -> Statement:
    """Narrow a statement over documents to what is seen."""
    narrowed = statement.where(
        Document.region_id == sight.region_id,
        Document.owner.in_(sorted(sight.owners)),
        Document.confidentiality.in_(sorted(sight.confidentialities)),
        Document.erased_at.is_(None),
    )
    if not sight.with_withdrawn:
        narrowed = narrowed.where(Document.withdrawn_at.is_(None))
    return narrowed


def _narrowed(statement: Statement, filters: Filters) -> Statement:
    if filters.text:
        statement = statement.where(containing(Document.title, Body.name, Organisation.name))
    if filters.confidentiality:
        statement = statement.where(Document.confidentiality == filters.confidentiality)
    kind, _, number = filters.author.partition(":")
    if number.isdecimal() and len(number) < 10 and kind in ("body", "organisation"):
        column = Document.body_id if kind == "body" else Document.organisation_id
        statement = statement.where(column == int(number))
    if filters.is_withdrawn is not None:
        withdrawn = Document.withdrawn_at.is_not(None)
        statement = statement.where(withdrawn if filters.is_withdrawn else ~withdrawn)
    return statement
