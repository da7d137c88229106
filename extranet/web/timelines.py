"""Geometry of a timeline: months across, plans down, as values that a macro draws.

Places and lengths are percentages (0 to 100) of the months shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from extranet.web.pictures import CATEGORIES, percentage

MONTHS_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on a line of time: where it stands and what it says."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of time: where it starts, how long it is, its words and its colour (0 to 5)."""

    start: float
    length: float
    text: str
    category: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One thing that is planned, with its phases, its milestones and both in words."""

    label: str
    phases: tuple[Phase, ...]
    milestones: tuple[Tick, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Months across, rows down; `today` is None when it lies outside the months shown."""

    ticks: tuple[Tick, ...]
    rows: tuple[TimelineRow, ...]
    today: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a row of a timeline is made from: (text, first day, last day) and (text, day)."""

    label: str
    phases: Sequence[tuple[str, date, date]]
    milestones: Sequence[tuple[str, date]] = ()


def timeline(plans: Sequence[Plan], *, today: date, month_text: Callable[[date], str]) -> Timeline:
    """Lay plans out over whole months, from the first day planned to the last.

    `month_text` names the month of a first day; with many months only every third or sixth one
    has a name. Without anything planned there are no months and no rows.
    """
    days = [day for plan in plans for _, first, last in plan.phases for day in (first, last)]
    days += [day for plan in plans for _, day in plan.milestones]
    if not days:
        return Timeline(ticks=(), rows=(), today=None)
    first = min(days).replace(day=1)
    end = _next_month(max(days))
    return Timeline(
        ticks=tuple(Tick(at=_at(m, first, end), text=month_text(m)) for m in _months(first, end)),
        rows=tuple(_row(plan, first, end) for plan in plans),
        today=_at(today, first, end) if first <= today < end else None,
    )


def _row(plan: Plan, first: date, end: date) -> TimelineRow:
    phases = tuple(
        Phase(
            start=_at(begins, first, end),
            length=round(_at(ends, first, end) - _at(begins, first, end), 2),
            text=text,
            category=number % CATEGORIES,
        )
        for number, (text, begins, ends) in enumerate(plan.phases)
    )
    milestones = tuple(Tick(at=_at(day, first, end), text=text) for text, day in plan.milestones)
    words = [text for text, _, _ in plan.phases] + [text for text, _ in plan.milestones]
    return TimelineRow(
        label=plan.label, phases=phases, milestones=milestones, words="; ".join(words)
    )


def _at(day: date, first: date, end: date) -> float:
    return percentage((day - first).days, (end - first).days)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _months(first: date, end: date) -> list[date]:
    """Return the first day of each month to name: about a dozen at most."""
    months = [first]
    while (following := _next_month(months[-1])) < end:
        months.append(following)
    step = next((step for step in (1, 3, 6) if len(months) <= MONTHS_NAMED * step), 12)
    return months[::step]
