"""Names of files: what somebody's machine calls a file, made safe for every other machine."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

LONGEST_NAME = 120
# Signs that some system reads as part of a path, a device or a command.
_UNSAFE = re.compile(r'[<>:"/\\|?*\x7f]+')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_NO_NAME = "document"


def safe_name(given: str) -> str:
    """Return a file name without folders, and without signs that are invisible or mean something.

    The extension stays; the name in front of it is cut to fit.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    shown = "".join(" " if sign.isspace() else sign for sign in last if not _is_hidden(sign))
    plain = re.sub(r" +", " ", _UNSAFE.sub("_", shown)).strip(" .")
    stem, dot, extension = plain.rpartition(".")
    if not dot:
        stem, extension = plain, ""
    stem = stem.strip(" .") or _NO_NAME
    if _DEVICES.fullmatch(stem.partition(".")[0]):
        stem = f"_{stem}"
    end = f".{extension}" if extension else ""
    return stem[: LONGEST_NAME - len(end)].rstrip(" .") + end


def extension_of(name: str) -> str:
    """Return what stands behind the last point, in small letters; '' for nothing."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def disposition(kind: str, name: str) -> str:
    """Return a Content-Disposition (RFC 6266): a plain name for old programs, and the real one."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w .,()+=@#$!~-]", "_", plain).strip() or _NO_NAME
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _is_hidden(sign: str) -> bool:
    """Tell whether a sign is not seen: control, direction, private or half a pair."""
    return unicodedata.category(sign)[0] == "C" and not sign.isspace()
