"""Pages of a long list by key: as quick at the millionth row as at the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from extranet.web.input_limits import LARGEST_NUMBER

T = TypeVar("T")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The rows of one page and the key after which the next one starts, None at the end."""

    rows: Sequence[T]
    next_key: int | None


def asked_key() -> int | None:
    """Return the key that the address asks for, None for the first page or for nonsense."""
    text = request.args.get("na", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_NUMBER))):
        return None
    return key if (key := int(text)) <= LARGEST_NUMBER else None


def page_of(rows: Sequence[T], keys: Sequence[int], size: int = PAGE_SIZE) -> Page[T]:
    """Make a page of rows that were read with a limit of one more than its size."""
    if len(rows) <= size:
        return Page(rows, None)
    return Page(rows[:size], keys[size - 1])
