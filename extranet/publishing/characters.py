"""Characters that have no place in a document."""

from __future__ import annotations

import re

_LINE_END = re.compile(r"\r\n?")

# Control characters but tab and line feed, halves of surrogate pairs, the byte order mark and
# non-characters are refused by PDF/A or by XML. The marks that turn the direction of writing are
# left out because they can make a printed amount read differently from the amount that is stored.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


def printable(text: str) -> str:
    """Return the text with line feeds for line ends and without characters that cannot be shown."""
    return _UNPRINTABLE.sub("", _LINE_END.sub("\n", text))
