"""Where the content of documents is kept: a folder, or a bucket that speaks S3.

A file is written once under a generated key, never changed, and deleted by key. What a file is
called, whose it is and who may see it is the database's business.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from extranet.config import Config
from extranet.errors import Unavailable
from extranet.i18n import Text

if TYPE_CHECKING:
    # Exists for type checkers only.
    from obstore.store import S3Config

log = logging.getLogger(__name__)

CHUNK_BYTES = 256 * 1024
CONNECT_TIMEOUT = timedelta(seconds=3)
# A worker that waits longer than this is stopped by its server.
TIMEOUT = timedelta(seconds=20)
UNREACHABLE = Text("The files cannot be reached right now. Nothing has been changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file as the store lists it."""

    key: str
    size_bytes: int
    written_at: datetime


class FileStore:
    """The files of an installation, by key; every method raises Unavailable when it cannot reach.

    One class: the library underneath speaks to folders and buckets alike. It may be used in one
    process only, because its threads do not survive a fork; making one starts nothing yet.
    """

    _process: int | None = None

    def __init__(self, config: Config) -> None:
        """Keep where the files are; nothing connects yet."""
        self._config = config
        self._opened: ObjectStore | None = None

    def put(self, key: str, file: BinaryIO) -> None:
        """Write a file under a key that does not exist yet, from where the file stands."""
        with _reaching(key):
            obstore.put(self._store(), key, file, mode="create", use_multipart=False)

    def read(self, key: str) -> Iterator[bytes]:
        """Return the content in pieces; a file that is not there is refused at once."""
        with _reaching(key):
            found = obstore.get(self._store(), key)
        return _pieces(key, found)

    def delete(self, key: str) -> None:
        """Delete a file; one that is gone already is fine."""
        with _reaching(key):
            try:
                obstore.delete(self._store(), key)
            except FileNotFoundError:
                log.info("file %s was gone already", key)

    def files(self) -> Iterator[list[StoredFile]]:
        """Yield every file that there is, in batches."""
        with _reaching("*"):
            for batch in obstore.list(self._store()):
                yield [
                    StoredFile(
                        key=item["path"], size_bytes=item["size"], written_at=item["last_modified"]
                    )
                    for item in batch
                ]

    def _store(self) -> ObjectStore:
        if FileStore._process not in (None, os.getpid()):
            # Without this it would wait for ever for threads that this process does not have.
            raise RuntimeError("the file store was used before this process was forked")
        FileStore._process = os.getpid()
        if self._opened is None:
            self._opened = _open(self._config)
        return self._opened


def _open(config: Config) -> ObjectStore:
    address = urlsplit(config.files_url)
    if address.scheme == "file":
        folder = Path(url2pathname(address.path))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(folder)
    return S3Store(
        address.netloc,
        prefix=address.path.strip("/") or None,
        config=_bucket_settings(config),
        client_options={
            "allow_http": config.files_endpoint.startswith("http://"),
            "connect_timeout": CONNECT_TIMEOUT,
            "timeout": TIMEOUT,
        },
        retry_config={"max_retries": 2, "retry_timeout": TIMEOUT},
    )


def _bucket_settings(config: Config) -> S3Config:
    """Return the settings that are filled in; without a key the machine's own role counts."""
    settings: S3Config = {"region": config.files_region}
    if config.files_endpoint:
        settings["endpoint"] = config.files_endpoint
    if config.files_key:
        settings["access_key_id"] = config.files_key
        settings["secret_access_key"] = config.files_secret
    return settings


@contextmanager
def _reaching(key: str) -> Iterator[None]:
    """Turn what the library raises into words; the log gets its own."""
    try:
        yield
    except (BaseError, OSError) as error:
        log.exception("file %s", key)
        raise Unavailable(UNREACHABLE) from error


def _pieces(key: str, found: obstore.GetResult) -> Iterator[bytes]:
    with _reaching(key):
        for piece in found.stream(min_chunk_size=CHUNK_BYTES):
            yield bytes(piece)
