"""The days of a calendar in order, and by month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import Generic, Protocol, TypeVar


class Dated(Protocol):
    """What this rule reads of a day."""

    @property
    def key(self) -> str:
        """Return its name, which no other has."""
        ...

    @property
    def on(self) -> date:
        """Return which day it is."""
        ...

    @property
    def starts_at(self) -> time | None:
        """Return when it begins, None for a whole day."""
        ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month(Generic[D]):
    """The days of one month, in the order given; `first` is its first day."""

    first: date
    dates: tuple[D, ...]


def in_order(dates: Iterable[D]) -> list[D]:
    """Return days in order; what lasts all day stands before what begins at a time."""
    return sorted(dates, key=lambda one: (one.on, one.starts_at or time.min, one.key))


def by_month(dates: Sequence[D]) -> list[Month[D]]:
    """Return days that stand in order, from early to late or the other way, by month."""
    months = groupby(dates, key=lambda one: one.on.replace(day=1))
    return [Month(first=first, dates=tuple(those)) for first, those in months]
