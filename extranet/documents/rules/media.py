"""The kinds of files that are taken: by extension, and by what is really in them.

No kind in this list runs by itself in a browser. Pages, drawings with scripts, programs, and
documents with macros are not in it, whatever their name says.
"""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from extranet.i18n import Text

CHUNK_BYTES = 256 * 1024
MOST_PARTS = 5000
MOST_UNPACKED_BYTES = 1024**3
_PART_BYTES = 1024**2
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f]")

OTHER_CONTENT = Text(
    "The name ends in .%(extension)s, but something else is in the file. Save it once more as "
    "%(extension)s and choose it again."
)
NO_UTF8 = Text("This text is not stored as UTF-8. Save it once more as UTF-8 and choose it again.")
MACROS = Text("This file carries macros, small programs. Save it without them and choose it again.")
TOO_MUCH_INSIDE = Text("Far more is packed into this file than it seems. Save it once more.")

# What is wrong with the content of a file, None when it is what its name says.
Check = Callable[[BinaryIO], "Text | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file: what it is called on the web, how it is known, whether a browser shows it."""

    media_type: str
    check: Check
    can_preview: bool = False


def _begins(*beginnings: bytes) -> Check:
    def check(file: BinaryIO) -> Text | None:
        return None if file.read(16).startswith(beginnings) else OTHER_CONTENT

    return check


def _text(beginning: str = "") -> Check:
    def check(file: BinaryIO) -> Text | None:
        decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        first = True
        try:
            while piece := file.read(CHUNK_BYTES):
                text = decode(piece)
                if _CONTROLS.search(text) or (first and not text.startswith(beginning)):
                    return OTHER_CONTENT
                first = False
            decode(b"", final=True)
        except UnicodeDecodeError:
            return NO_UTF8
        return None

    return check


def _packed(is_right: Callable[[zipfile.ZipFile], bool]) -> Check:
    """Return the check of a document that is a zip file of parts; nothing is unpacked but two."""

    def check(file: BinaryIO) -> Text | None:
        if file.read(4) != b"PK\x03\x04":
            return OTHER_CONTENT
        try:
            with zipfile.ZipFile(file) as packed:
                parts = packed.infolist()
                if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED_BYTES:
                    return TOO_MUCH_INSIDE
                if not is_right(packed):
                    return OTHER_CONTENT
                return MACROS if _has_macros(packed) else None
        # Everything that a damaged or hostile archive makes the library raise.
        except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError):
            return OTHER_CONTENT

    return check


def _open_xml(main_part: str) -> Check:
    def is_right(packed: zipfile.ZipFile) -> bool:
        return {"[Content_Types].xml", main_part} <= set(packed.namelist())

    return _packed(is_right)


def _open_document(kind: str) -> Check:
    def is_right(packed: zipfile.ZipFile) -> bool:
        names = packed.namelist()
        return "content.xml" in names and _part(packed, "mimetype") == kind.encode()

    return _packed(is_right)


def _has_macros(packed: zipfile.ZipFile) -> bool:
    names = packed.namelist()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return True
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        return True
    return b"macroEnabled" in _part(packed, "[Content_Types].xml")


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    """Return the beginning of a part, b'' when there is none such."""
    if name not in packed.namelist():
        return b""
    with packed.open(name) as part:
        return part.read(_PART_BYTES)


def _office(name: str, main_part: str) -> Kind:
    return Kind(media_type=_OPEN_XML + name, check=_open_xml(main_part))


def _open(name: str) -> Kind:
    kind = _OPEN_DOCUMENT + name
    return Kind(media_type=kind, check=_open_document(kind))


_JPEG = Kind(media_type="image/jpeg", check=_begins(b"\xff\xd8\xff"), can_preview=True)
KINDS: Mapping[str, Kind] = {
    "pdf": Kind(media_type="application/pdf", check=_begins(b"%PDF-"), can_preview=True),
    "docx": _office("wordprocessingml.document", "word/document.xml"),
    "xlsx": _office("spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": _office("presentationml.presentation", "ppt/presentation.xml"),
    "odt": _open("text"),
    "ods": _open("spreadsheet"),
    "odp": _open("presentation"),
    "png": Kind(media_type="image/png", check=_begins(b"\x89PNG\r\n\x1a\n"), can_preview=True),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "txt": Kind(media_type="text/plain", check=_text(), can_preview=True),
    "csv": Kind(media_type="text/csv", check=_text()),
    "ics": Kind(media_type="text/calendar", check=_text("BEGIN:VCALENDAR")),
}
# What a browser may show by itself; everything else is a download.
PREVIEWS = frozenset(kind.media_type for kind in KINDS.values() if kind.can_preview)
ACCEPTED = ", ".join(KINDS)
