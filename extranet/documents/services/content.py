"""Write and delete files in step with the transaction that their documents are in.

What a rolled back transaction wrote is deleted at once; what a transaction erased is deleted after
its commit. Where it is not sure how a transaction ended (the database went away during the
commit) nothing is deleted: the daily sweep asks the database.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import event
from sqlalchemy.orm import Session

from extranet.documents.rules.uploads import Upload
from extranet.errors import Unavailable
from extranet.files import FileStore

log = logging.getLogger(__name__)
KEPT = "documents_content"


def new_key() -> str:
    """Return a key that no file has; it says nothing about what is in it."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


def write(session: Session, files: FileStore, *, key: str, upload: Upload) -> None:
    """Write a file that exists only when this transaction commits."""
    work = _work_of(session, files)
    work.written.append(key)
    files.put(key, upload.file)


def delete_later(session: Session, files: FileStore, keys: Iterable[str]) -> None:
    """Delete files once this transaction has committed."""
    _work_of(session, files).unwanted.extend(keys)


@dataclass(slots=True)
class _Work:
    """What the transaction of a session did to files."""

    files: FileStore
    written: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    is_committing: bool = False

    def before_commit(self, session: Session) -> None:
        """Do what can still fail for certain, and note that from here on it is not sure."""
        if not session.in_nested_transaction():
            session.flush()
            self.is_committing = True

    def after_commit(self, session: Session) -> None:
        """Delete what was erased."""
        if not session.in_nested_transaction():
            self._end(self.unwanted)

    def after_rollback(self, session: Session) -> None:
        """Delete what was written for nothing; a savepoint that is rolled back decides nothing."""
        if not session.in_nested_transaction():
            self._end([] if self.is_committing else self.written)

    def _end(self, keys: list[str]) -> None:
        doomed = list(keys)
        self.written, self.unwanted, self.is_committing = [], [], False
        for key in doomed:
            try:
                self.files.delete(key)
            except Unavailable:
                log.warning("file %s is left to the sweep", key)


def _work_of(session: Session, files: FileStore) -> _Work:
    work: _Work | None = session.info.get(KEPT)
    if work is None:
        work = session.info[KEPT] = _Work(files)
        for name in ("before_commit", "after_commit", "after_rollback"):
            event.listen(session, name, getattr(work, name))
    return work
