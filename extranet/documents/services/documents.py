"""Add, change, withdraw and put back documents."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.clock import now
from extranet.documents.events import DocumentAdded, DocumentWithdrawn
from extranet.documents.models import Confidentiality, Document, DocumentVersion, WooDecision
from extranet.documents.rules.uploads import Upload
from extranet.documents.services import journal
from extranet.documents.services.checks import SAY_WHY, refuse_wrong
from extranet.documents.services.versions import (
    SENT_ALREADY,
    find_doubled,
    keep_version,
    new_version,
)
from extranet.errors import Conflict, InvalidInput
from extranet.events import emit
from extranet.files import FileStore
from extranet.i18n import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentValues:
    """What people fill in about a document; the author is a body, an organisation, or both."""

    title: str
    confidentiality: Confidentiality
    body_id: int | None = None
    organisation_id: int | None = None
    imposed_by_body_id: int | None = None
    confidentiality_ground: str = ""
    retention_until: date | None = None
    retention_ground: str = ""
    woo_category: str = ""
    woo_decision: WooDecision = WooDecision.NOT_DECIDED
    woo_ground: str = ""


def add_document(
    session: Session,
    *,
    files: FileStore,
    region_id: int,
    owner: str,
    values: DocumentValues,
    upload: Upload,
    token: str,
    actor: Actor | None,
) -> Document:
    """Add a document with its first version; raise InvalidInput by field.

    `token` is that of the form: sent twice it gives the document that is there already. The file
    is written within the transaction and goes when that fails.
    """
    doubled = find_doubled(session, token=token, upload=upload, actor=actor)
    if doubled is not None:
        return _same_document(session, doubled, region_id=region_id, owner=owner, values=values)
    refuse_wrong(session, region_id=region_id, values=values)
    document = Document(region_id=region_id, owner=owner, created_at=now(session), **asdict(values))
    version = new_version(session, 1, upload, token=token, actor=actor)
    if not keep_version(session, files, document=document, version=version, upload=upload):
        doubled = find_doubled(session, token=token, upload=upload, actor=actor)
        return _same_document(session, doubled, region_id=region_id, owner=owner, values=values)
    journal.record(session, "document.added", document, actor=actor, after=journal.plain(document))
    emit(session, DocumentAdded(document_id=document.id, region_id=region_id, owner=owner))
    return document


def change_document(
    session: Session, *, document: Document, values: DocumentValues, actor: Actor | None
) -> None:
    """Change what is known about a document; its versions stay as they are."""
    refuse_wrong(
        session, region_id=document.region_id, values=values, before=document.retention_until
    )
    before = journal.plain(document)
    for name, value in asdict(values).items():
        setattr(document, name, value)
    if not session.is_modified(document):
        return
    session.flush()
    after = journal.plain(document)
    # What only one of them holds was for few before or is so now: the log must not tell it.
    kept = sorted(n for n in before.keys() & after.keys() if before[n] != after[n])
    journal.record(
        session,
        "document.changed",
        document,
        actor=actor,
        before={name: before[name] for name in kept},
        after={name: after[name] for name in kept},
    )


def withdraw_document(
    session: Session, *, document: Document, reason: str, actor: Actor | None
) -> None:
    """Take a document out of sight of who may not edit it; it can be put back."""
    if document.withdrawn_at is not None:
        raise InvalidInput({"": Text("This document is withdrawn already.")})
    if not reason.strip():
        raise InvalidInput({"reason": SAY_WHY})
    document.withdrawn_at, document.withdrawn_reason = now(session), reason.strip()
    session.flush()
    journal.record(session, "document.withdrawn", document, actor=actor)
    emit(
        session,
        DocumentWithdrawn(
            document_id=document.id, region_id=document.region_id, owner=document.owner
        ),
    )


def restore_document(session: Session, *, document: Document, actor: Actor | None) -> None:
    """Put a withdrawn document back; one that is in use stays as it is."""
    if document.withdrawn_at is None:
        return
    document.withdrawn_at, document.withdrawn_reason = None, ""
    session.flush()
    journal.record(session, "document.restored", document, actor=actor)


def _same_document(
    session: Session,
    version: DocumentVersion | None,
    *,
    region_id: int,
    owner: str,
    values: DocumentValues,
) -> Document:
    """Return the document that a form made before; raise Conflict when it asked for another."""
    document = session.get_one(Document, version.document_id) if version else None
    wanted = (region_id, owner, values.title)
    if document is None or (document.region_id, document.owner, document.title) != wanted:
        raise Conflict(SENT_ALREADY)
    return document
