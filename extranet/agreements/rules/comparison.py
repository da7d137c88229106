"""What one version changes in another: articles added, removed, moved, changed, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from extranet.agreements.rules.canonical import ArticleText

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")
Mark = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that stands in both versions, in the one before or in the one after."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class WordDiff:
    """Two texts beside each other, each in segments."""

    before: tuple[Segment, ...]
    after: tuple[Segment, ...]

    @property
    def is_changed(self) -> bool:
        """Tell whether the texts differ."""
        return any(one.mark != "same" for one in (*self.before, *self.after))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleChange:
    """One article in two versions; a number is its place, None where it is not there."""

    key: str
    before_number: int | None
    after_number: int | None
    is_moved: bool
    title: WordDiff
    body: WordDiff
    law: WordDiff

    @property
    def is_added(self) -> bool:
        """Tell whether only the later version has it."""
        return self.before_number is None

    @property
    def is_removed(self) -> bool:
        """Tell whether only the earlier version has it."""
        return self.after_number is None

    @property
    def is_changed(self) -> bool:
        """Tell whether both have it with different words."""
        both = not self.is_added and not self.is_removed
        return both and any(diff.is_changed for diff in (self.title, self.body, self.law))

    @property
    def is_same(self) -> bool:
        """Tell whether nothing happened to it."""
        return not (self.is_added or self.is_removed or self.is_changed or self.is_moved)


def compare_words(before: str, after: str) -> WordDiff:
    """Return which words of two texts differ; a punctuation mark is a word of its own."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    left: list[tuple[str, Mark]] = []
    right: list[tuple[str, Mark]] = []
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        was, is_now = "".join(old[i1:i2]), "".join(new[j1:j2])
        # A space between two changed words changes with them, so that a phrase is marked whole.
        is_same = tag == "equal" and not (was == " " and 0 < at < len(opcodes) - 1)
        left.append((was, "same" if is_same else "removed"))
        right.append((is_now, "same" if is_same else "added"))
    return WordDiff(before=_joined(left), after=_joined(right))


def compare_articles(
    before: Sequence[ArticleText], after: Sequence[ArticleText]
) -> tuple[ArticleChange, ...]:
    """Return every article of both versions, in the order of the later one.

    What was removed stands where it stood: after the article that it followed. An article is
    moved when it is not among the most that kept their order.
    """
    old = {article.key: (number, article) for number, article in enumerate(before, 1)}
    new = {article.key: (number, article) for number, article in enumerate(after, 1)}
    kept = _kept_in_order([a.key for a in before if a.key in new], new)
    return tuple(
        _change(key, old.get(key), new.get(key), is_moved=key in old and key not in kept)
        for key in _merged([a.key for a in before], [a.key for a in after])
    )


def _joined(pieces: Sequence[tuple[str, Mark]]) -> tuple[Segment, ...]:
    """Return the pieces as segments, neighbours with one mark together, empty ones left out."""
    grouped = groupby((piece for piece in pieces if piece[0]), key=lambda piece: piece[1])
    return tuple(Segment("".join(text for text, _ in group), mark) for mark, group in grouped)


def _change(
    key: str,
    before: tuple[int, ArticleText] | None,
    after: tuple[int, ArticleText] | None,
    *,
    is_moved: bool,
) -> ArticleChange:
    was, is_now = before[1] if before else None, after[1] if after else None
    return ArticleChange(
        key=key,
        before_number=before[0] if before else None,
        after_number=after[0] if after else None,
        is_moved=is_moved and after is not None,
        title=compare_words(was.title if was else "", is_now.title if is_now else ""),
        body=compare_words(_body(was), _body(is_now)),
        law=compare_words(was.law if was else "", is_now.law if is_now else ""),
    )


def _body(article: ArticleText | None) -> str:
    return "\n\n".join(article.paragraphs) if article else ""


def _kept_in_order(keys: Sequence[str], new: dict[str, tuple[int, ArticleText]]) -> set[str]:
    """Return the longest row of keys whose numbers in the later version only go up."""
    best: list[tuple[str, ...]] = []
    for at, key in enumerate(keys):
        before = [best[i] for i in range(at) if new[keys[i]][0] < new[key][0]]
        best.append((*_longest(before), key))
    return set(_longest(best))


def _longest(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return max(rows, key=len) if rows else ()


def _merged(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return the keys of the later version, with the removed ones where they stood."""
    merged = list(after)
    for at, key in enumerate(before):
        if key in after:
            continue
        place = merged.index(before[at - 1]) + 1 if at else 0
        merged.insert(place, key)
    return merged
