"""The guard of product rule 11: what goes to residents does not name the region.

Looked for, in whatever case, accents, spaces or hyphens it is written: the region's full name, its
name without generic words, its short name in the address, the initials of its name, the coalition
where its name holds one of those, and the host at which members work. A municipality that bears
the region's own word (Venlo in the Regio Venlo) may of course write its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

GENERIC = frozenset(
    {
        "de", "energie", "energieregio", "energiestrategie", "gemeenten", "het", "in", "regio",
        "regionale", "res", "samen", "samenwerkende", "samenwerking", "samenwerkingsverband",
        "strategie", "van", "voor", "warmte", "warmteregio",
    }
)  # fmt: skip
AND = "en"
EMPTY_LINE = re.compile(r"\n\s*\n")
SHORTEST_INITIALS = 3
LONGEST_ABBREVIATION = 5  # of an abbreviation, which people also write with points: N.M.L.


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What may not be named, and what municipalities that take part are called.

    `region` is its name, `slug` its word in addresses, `host` where its members work.
    """

    region: str
    slug: str
    coalition: str = ""
    host: str = ""
    municipalities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A place that names the region: which part of a letter, which paragraph, and the words."""

    part: str
    paragraph: int
    words: str


def namings(parts: Mapping[str, str], names: Names) -> list[Naming]:
    """Return every place in these parts that names the region, in reading order."""
    wanted = _expression(names)
    return [found for part, text in parts.items() for found in _found(part, text, wanted)]


def namings_of_address(address: str, names: Names) -> list[Naming]:
    """Return where the whole address of a public page names the region.

    It may be at the host at which members work, if that is neutral.
    """
    return namings({"address": address}, replace(names, coalition="", host=""))


def _found(part: str, text: str, wanted: re.Pattern[str]) -> Iterator[Naming]:
    plain, origin = _plain(text)
    for match in wanted.finditer(plain):
        start, end = origin[match.start()], origin[match.end() - 1] + 1
        paragraph = len(EMPTY_LINE.findall(text[:start].lstrip())) + 1
        yield Naming(part=part, paragraph=paragraph, words=text[start:end])


@cache
def _expression(names: Names) -> re.Pattern[str]:
    """Return what finds the names, the longest first."""
    own = {_words(name) for name in names.municipalities}
    own |= {tuple(word for word in name if word != "gemeente") for name in own}
    phrases = [phrase for phrase in dict.fromkeys(_phrases(names)) if phrase and phrase not in own]
    wanted = sorted(phrases, key=lambda phrase: -len("".join(phrase)))
    options = [_pattern(phrase) for phrase in wanted]
    if names.coalition and any(re.search(rf"\b{o}\b", _plain(names.coalition)[0]) for o in options):
        options.insert(0, _pattern(_words(names.coalition)))
    # Without any name nothing is found; an empty alternative would find everything.
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(options) or '(?!)'})(?![a-z0-9])")


def _phrases(names: Names) -> Iterator[tuple[str, ...]]:
    words = _words(names.region)
    core = _trimmed(word for word in words if word not in GENERIC)
    initials = "".join(word[0] for word in core if word != AND)
    yield words
    yield core
    yield _words(names.slug)
    yield _words(names.host)
    if len(initials) >= SHORTEST_INITIALS:
        yield (initials,)
    if "res" in words or "energiestrategie" in words:
        yield ("res",)
        yield ("regionale", "energiestrategie")


def _trimmed(words: Iterable[str]) -> tuple[str, ...]:
    """Return words without an `en` at the beginning or the end."""
    return tuple(re.sub(rf"^(?:{AND} )+|(?: {AND})+$", "", " ".join(words)).split())


def _pattern(phrase: tuple[str, ...]) -> str:
    """Return what finds a phrase, its words apart or written as one, after `res` or `regio`."""
    parts = [rf"(?:{AND} ?)?" if word == AND else f"{_spaced(word)} ?" for word in phrase]
    return r"(?:(?:res|regio) ?)?" + "".join(parts).removesuffix(" ?")


def _spaced(word: str) -> str:
    return " ?".join(word) if len(word) <= LONGEST_ABBREVIATION else word


def _words(text: str) -> tuple[str, ...]:
    return tuple(_plain(text)[0].split())


def _plain(text: str) -> tuple[str, list[int]]:
    """Return letters and figures in lower case, one space for all else, and where each stood.

    Accents go, and so does what nobody sees: a soft hyphen or a joiner hides no name.
    """
    plain: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        if unicodedata.category(character) in {"Cf", "Mn"}:
            continue
        for one in unicodedata.normalize("NFKD", character).casefold():
            if one.isalnum():
                plain.append(one)
                origin.append(index)
            elif not unicodedata.combining(one) and (not plain or plain[-1] != " "):
                plain.append(" ")
                origin.append(index)
    return "".join(plain), origin
