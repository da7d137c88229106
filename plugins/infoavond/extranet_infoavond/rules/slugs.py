"""The word in the address of a municipality's public page: short enough to type from a letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Without what looks alike on paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 5
NEUTRAL = "informatieavond"
LONGEST_NAME = 60


def slug_of(name: str, mark: str, *, region_names: Iterable[str]) -> str:
    """Return the word for a municipality: its name and `mark`; no name that holds the region's."""
    plain = _plain(name)[:LONGEST_NAME].strip("-")
    named = any(word and f"-{word}-" in f"-{plain}-" for word in map(_plain, region_names))
    return f"{NEUTRAL if named or not plain else plain}-{mark}"


def _plain(text: str) -> str:
    """Return a text as lower-case words with dashes between: "Echt-Susteren" is echt-susteren."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
