"""Erase what was kept long enough, and bring the file store in step with the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.clock import now, today
from extranet.documents.events import DocumentErased
from extranet.documents.models import Document, DocumentVersion
from extranet.documents.services import journal
from extranet.documents.services.content import delete_later
from extranet.events import emit
from extranet.files import FileStore

BATCH = 100
# An upload takes minutes: what no document refers to after a day never will be.
STRAY_AFTER = timedelta(days=1)
# Only what looks like ours is ever deleted, whatever else lies in the folder or the bucket.
_OUR_KEY = re.compile(r"([0-9a-f]{2})/\1[0-9a-f]{30}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What comparing files with documents found: strays deleted, and keys without a file."""

    strays: int
    missing: tuple[str, ...]


def erase_document(
    session: Session, *, files: FileStore, document: Document, actor: Actor | None
) -> None:
    """Erase a document: its versions now, their files after the commit. Nothing brings it back.

    Its row stays, so that one can show what was erased, when, and on which ground.
    """
    versions = select(DocumentVersion.storage_key).where(DocumentVersion.document_id == document.id)
    delete_later(session, files, session.scalars(versions).all())
    document.erased_at = now(session)
    session.flush()
    session.execute(delete(DocumentVersion).where(DocumentVersion.document_id == document.id))
    journal.record(session, "document.erased", document, actor=actor)
    emit(
        session,
        DocumentErased(document_id=document.id, region_id=document.region_id, owner=document.owner),
    )


def erase_expired(session: Session, *, files: FileStore) -> int:
    """Erase documents whose last day has passed, a hundred at most; return how many."""
    expired = session.scalars(
        select(Document)
        .where(Document.retention_until < today(session), Document.erased_at.is_(None))
        .order_by(Document.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for document in expired:
        erase_document(session, files=files, document=document, actor=None)
    return len(expired)


def compare_files(session: Session, *, files: FileStore) -> Comparison:
    """Delete files older than a day that no document refers to; tell which files are missing."""
    # First the list, then what is known: a file that comes in between is known, not a stray.
    found = {file.key: file.written_at for batch in files.files() for file in batch}
    known = set(session.scalars(select(DocumentVersion.storage_key)))
    limit = now(session) - STRAY_AFTER
    strays = [
        key
        for key, written_at in found.items()
        if key not in known and written_at < limit and _OUR_KEY.fullmatch(key)
    ]
    for key in strays:
        files.delete(key)
    # What was added after the list was made is not missing.
    absent = known - found.keys()
    settled = select(DocumentVersion.storage_key).where(DocumentVersion.uploaded_at < limit)
    return Comparison(
        strays=len(strays), missing=tuple(sorted(absent & set(session.scalars(settled))))
    )
