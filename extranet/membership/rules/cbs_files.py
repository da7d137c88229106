"""Recognise the files of a CBS download by their content, and unpack zip files within a limit."""

from __future__ import annotations

import codecs
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

from extranet.i18n import Text
from extranet.membership.rules.cbs_csv import Open, read_csv
from extranet.membership.rules.cbs_odata import read_json
from extranet.membership.rules.cbs_parts import Part
from extranet.membership.rules.cbs_problems import (
    ARCHIVE_ERRORS,
    Kind,
    Problem,
    UnreadableFile,
    damaged_archive,
    empty_file,
    not_utf8,
    one_line,
)
from extranet.membership.rules.cbs_release import NamedFile

MEGABYTE = 1024 * 1024
DEFAULT_LIMIT = 64 * MEGABYTE
_MOST_MEMBERS = 1000
_HEAD = 64 * 1024
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A file that is not a zip file: alone, or a member of one."""

    name: str
    size: int
    open_file: Open
    is_member: bool = False


def read_files(files: Sequence[NamedFile], *, limit: int, found: list[Problem]) -> list[Part]:
    """Return what the files hold together, at most `limit` bytes unpacked.

    What is wrong with a file is added to `found`, and the other files are still read. The rows of
    observations are not walked yet.
    """
    parts: list[Part] = []
    room = limit
    for opened in _unpacked(files, found):
        room -= opened.size
        if room < 0:
            found.append(_too_large(opened.name, opened.size, limit))
            return []
        try:
            parts.extend(_recognised(opened, found))
        except UnreadableFile as error:
            found.append(error.problem)
    return parts


def _unpacked(files: Sequence[NamedFile], found: list[Problem]) -> Iterator[_Opened]:
    """Yield every file once, those in zip files included, without unpacking them yet."""
    seen: dict[bytes, str] = {}
    for file in files:
        name = one_line(file.name)
        digest = hashlib.sha256(file.content).digest()
        if file.content and digest in seen:
            found.append(_repeated(name, seen[digest]))
            continue
        seen[digest] = name
        if file.content.startswith(b"PK"):
            try:
                yield from _members(name, file.content)
            except ARCHIVE_ERRORS:
                found.append(damaged_archive(name))
        else:
            opener = partial(io.BytesIO, file.content)
            yield _Opened(name=name, size=len(file.content), open_file=opener)


def _members(name: str, content: bytes) -> Iterator[_Opened]:
    """Yield the files in a zip file; folders and what macOS adds are left out."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    # Not info.is_dir(), which raises IndexError on a member without a name.
    members = [info for info in archive.infolist() if not info.filename.endswith("/")]
    if len(members) > _MOST_MEMBERS or any(info.compress_type not in _METHODS for info in members):
        raise zipfile.BadZipFile
    for info in members:
        if not info.filename.startswith("__MACOSX"):
            yield _Opened(
                name=f"{name}: {one_line(info.filename)}",
                size=info.file_size,
                open_file=partial(archive.open, info),
                is_member=True,
            )


def _recognised(opened: _Opened, found: list[Problem]) -> list[Part]:
    """Return the parts in one file, by what its first characters are."""
    head = _read(opened, _HEAD)
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if not start:
        raise UnreadableFile(empty_file(opened.name))
    if start in {b"{", b"["}:
        return read_json(opened.name, _read(opened, opened.size), found)
    if start != b"<":
        lines = round(opened.size * head.count(b"\n") / len(head))
        parts = read_csv(opened.name, opened.open_file, expected=max(1, lines), found=found)
        if parts is not None:
            return parts
        _check_utf8(opened.name, head)
    unknown = _web_page(opened.name) if start == b"<" else _unknown(opened.name)
    if not opened.is_member:
        raise UnreadableFile(unknown)
    found.append(_unread(opened.name))
    return []


def _read(opened: _Opened, size: int) -> bytes:
    """Return the first `size` bytes of a file."""
    try:
        with opened.open_file() as stream:
            return stream.read(size)
    except ARCHIVE_ERRORS as error:
        raise UnreadableFile(damaged_archive(opened.name)) from error


def _check_utf8(file: str, head: bytes) -> None:
    """Raise `UnreadableFile` when the first bytes of a file are not UTF-8 text."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError as error:
        raise UnreadableFile(not_utf8(file, error)) from error


def _too_large(file: str, size: int, limit: int) -> Problem:
    """Say that the files hold more than may be read here."""
    message = Text(
        "This file is %(size)s MB unpacked, and all files together may hold %(limit)s MB here. "
        "Choose at CBS only the totals by municipality, or use the command line.",
        size=ceil(size / MEGABYTE),
        limit=limit // MEGABYTE,
    )
    return Problem(kind=Kind.TOO_LARGE, file=file, message=message)


def _repeated(file: str, first: str) -> Problem:
    """Say that a file was given twice."""
    message = Text("The same file as %(file)s; read once.", file=first)
    return Problem(kind=Kind.REPEATED_FILE, file=file, message=message)


def _web_page(file: str) -> Problem:
    """Say that this is a web page, such as the error page of a website."""
    message = Text("This is a web page, not a file with figures. The download probably failed.")
    return Problem(kind=Kind.WEB_PAGE, file=file, message=message)


def _unknown(file: str) -> Problem:
    """Say that the file is something else."""
    message = Text("This is not a file of CBS table 03759ned, as JSON or as CSV.")
    return Problem(kind=Kind.NOT_CBS, file=file, message=message)


def _unread(file: str) -> Problem:
    """Say that a file within a zip file was left alone."""
    message = Text("Not part of the figures; not read.")
    return Problem(kind=Kind.UNREAD_FILE, file=file, message=message)
