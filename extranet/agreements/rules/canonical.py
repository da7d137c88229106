"""A version as plain text that reads the same everywhere, and the hash of that text.

Whoever has the text can make the hash with any SHA-256 program. What people wrote is indented, so
that no article can pass for a heading: two versions that differ have texts that differ. The words
are Dutch, whoever reads, because a hash has no language.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# What ends a line in a text file or in Python; inside a paragraph each is a space or an end.
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """An article as it reads; `key` ties it to itself in other versions."""

    key: str
    title: str
    body: str
    law: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the paragraphs of the article."""
        return paragraphs(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyText:
    """A party under the code and name that it had when the version was sent."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionText:
    """All that the parties consent to: title, introduction, agreed date, articles and parties."""

    title: str
    number: int
    in_force_from: date | None
    intro: str
    articles: Sequence[ArticleText]
    parties: Sequence[PartyText]


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text: one a line, composed characters, single spaces."""
    lines = _LINE_ENDS.split(unicodedata.normalize("NFC", text))
    return tuple(line for raw in lines if (line := " ".join(raw.split())))


def canonical_text(version: VersionText) -> str:
    """Return the version as plain text, parties by code, ending in a line feed."""
    day = version.in_force_from
    lines = [
        "OVEREENKOMST",
        *_indented(version.title),
        f"VERSIE {version.number}",
        f"INGANGSDATUM {day.isoformat() if day else '-'}",
        "PARTIJEN",
        *(
            line
            for party in sorted(version.parties, key=lambda party: party.code)
            for line in _indented(f"{party.code} {party.name}")
        ),
        "INLEIDING",
        *_indented(version.intro),
    ]
    for number, article in enumerate(version.articles, 1):
        lines += [f"ARTIKEL {number}", *_indented(article.title)]
        lines += ["TEKST", *_indented(article.body)]
        if paragraphs(article.law):
            lines += ["GRONDSLAG", *_indented(article.law)]
    return "\n".join(lines) + "\n"


def fingerprint(version: VersionText) -> str:
    """Return the SHA-256 of the canonical text in UTF-8, 64 hexadecimal figures."""
    return hashlib.sha256(canonical_text(version).encode()).hexdigest()


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in paragraphs(text)]
