"""Versions of documents: one for every form that is sent, however often it is sent."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.clock import now
from extranet.documents.events import DocumentVersionAdded
from extranet.documents.models import Document, DocumentVersion
from extranet.documents.rules.uploads import Upload
from extranet.documents.services import journal
from extranet.documents.services.content import new_key, write
from extranet.errors import Conflict, InvalidInput
from extranet.events import emit
from extranet.files import FileStore
from extranet.i18n import Text

SENT_ALREADY = Text("This form was sent already, with another file. Open it again for a new one.")


def add_version(
    session: Session,
    *,
    files: FileStore,
    document: Document,
    upload: Upload,
    token: str,
    note: str,
    actor: Actor | None,
) -> int:
    """Add a version to a locked document and return its number; the ones before it stay.

    `token` is that of the form: sent twice it gives the version that is there already.
    """
    doubled = find_doubled(session, token=token, upload=upload, actor=actor)
    if doubled is not None:
        if doubled.document_id != document.id:
            raise Conflict(SENT_ALREADY)
        return doubled.number
    if document.withdrawn_at is not None:
        raise InvalidInput({"": Text("This document is withdrawn. Put it back first.")})
    number = 1 + (session.scalar(_last_number(document.id)) or 0)
    kept = keep_version(
        session,
        files,
        document=document,
        version=new_version(session, number, upload, token=token, note=note, actor=actor),
        upload=upload,
    )
    if not kept:
        raise Conflict(SENT_ALREADY)
    _tell(session, document, number, actor)
    return number


def new_version(
    session: Session,
    number: int,
    upload: Upload,
    *,
    token: str,
    actor: Actor | None,
    note: str = "",
) -> DocumentVersion:
    """Return a version made of an upload, of no document yet."""
    organisation = actor.organisation if actor else None
    return DocumentVersion(
        number=number,
        storage_key=new_key(),
        upload_token=token,
        file_name=upload.name,
        media_type=upload.media_type,
        size_bytes=upload.size_bytes,
        sha256=upload.sha256,
        uploaded_at=now(session),
        person_id=actor.person_id if actor else None,
        organisation_id=organisation.id if organisation else None,
        note=note,
    )


def keep_version(
    session: Session,
    files: FileStore,
    *,
    document: Document,
    version: DocumentVersion,
    upload: Upload,
) -> bool:
    """Store a document with a version and its file; False when its form came in meanwhile."""
    try:
        with session.begin_nested():
            session.add(document)
            session.flush()
            version.document_id = document.id
            session.add(version)
            session.flush()
    except IntegrityError:
        if session.scalar(_by_token(version.upload_token)) is None:
            raise
        return False
    write(session, files, key=version.storage_key, upload=upload)
    return True


def find_doubled(
    session: Session, *, token: str, upload: Upload, actor: Actor | None
) -> DocumentVersion | None:
    """Return the version that the same form brought before, None at the first time.

    Raise Conflict when it now carries something else, so that no file gets lost unseen.
    """
    version = session.scalar(_by_token(token))
    if version is None:
        return None
    if version.sha256 != upload.sha256 or version.person_id != (actor and actor.person_id):
        raise Conflict(SENT_ALREADY)
    return version


def _tell(session: Session, document: Document, number: int, actor: Actor | None) -> None:
    """Record that a version was added, and tell the domains above."""
    after = {"number": number}
    journal.record(session, "document.version_added", document, actor=actor, after=after)
    emit(
        session,
        DocumentVersionAdded(
            document_id=document.id,
            region_id=document.region_id,
            owner=document.owner,
            number=number,
        ),
    )


def _by_token(token: str) -> Select[DocumentVersion]:
    return select(DocumentVersion).where(DocumentVersion.upload_token == token)


def _last_number(document_id: int) -> Select[int]:
    return select(func.max(DocumentVersion.number)).where(
        DocumentVersion.document_id == document_id
    )
