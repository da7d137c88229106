"""A file that somebody sends: read once from begin to end, measured, and refused in plain words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from extranet.documents.rules.media import ACCEPTED, CHUNK_BYTES, KINDS
from extranet.documents.rules.names import extension_of, safe_name
from extranet.errors import InvalidInput
from extranet.i18n import Text

MEGABYTE = 1024 * 1024
FIELD = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that may come in; `file` stands at its begin and stays the caller's to close."""

    file: BinaryIO
    name: str
    media_type: str
    size_bytes: int
    sha256: str


def read_upload(file: BinaryIO, *, name: str, most_megabytes: int) -> Upload:
    """Return a file as it may come in; raise InvalidInput for the field `file`.

    The extension decides what it should be, the content whether it is. `file` can seek.
    """
    safe = safe_name(name)
    kind = KINDS.get(extension_of(safe))
    if kind is None:
        raise _refusal(
            Text("Files of this kind are not taken. These are: %(kinds)s.", kinds=ACCEPTED)
        )
    size, digest = _measured(file)
    if size == 0:
        raise _refusal(Text("This file is empty."))
    if size > most_megabytes * MEGABYTE:
        raise _refusal(Text("A file can have at most %(most)s MB.", most=most_megabytes))
    file.seek(0)
    wrong = kind.check(file)
    if wrong is not None:
        raise _refusal(Text(wrong.msgid, extension=extension_of(safe)))
    file.seek(0)
    return Upload(file=file, name=safe, media_type=kind.media_type, size_bytes=size, sha256=digest)


def _measured(file: BinaryIO) -> tuple[int, str]:
    file.seek(0)
    size, digest = 0, hashlib.sha256()
    while piece := file.read(CHUNK_BYTES):
        size += len(piece)
        digest.update(piece)
    return size, digest.hexdigest()


def _refusal(message: Text) -> InvalidInput:
    return InvalidInput({FIELD: message})
