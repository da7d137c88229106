"""Pure rules: the days on which somebody holds a seat, and browsers' names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
# The first mark that is found wins: Edge calls itself Chrome too, and Chrome calls itself Safari.
_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrom": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days from a first up to and including a last one; `last` None has no end."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first <= day <= (self.last or date.max)


def first_day_lost(before: Sequence[Span], after: Sequence[Span], *, today: date) -> date | None:
    """Return the first day from today on that a span of before holds and none of after does.

    Such a day is today, the first of a span, or comes right after the last one of a span.
    """
    ends = (span.last for span in after if span.last is not None and span.last < date.max)
    days = sorted({today, *(span.first for span in before), *(end + ONE_DAY for end in ends)})
    return next(
        (day for day in days if day >= today and _held(before, day) and not _held(after, day)),
        None,
    )


def day_after(day: date) -> date:
    """Return the next day; the last day of all has none and stays."""
    return day if day == date.max else day + ONE_DAY


def _held(spans: Iterable[Span], day: date) -> bool:
    return any(span.holds(day) for span in spans)


def browser_name(user_agent: str) -> str:
    """Return browser and system in words, '' when neither can be told: "Firefox, Windows".

    Enough to recognise one's own session by, and far less than the browser gives away.
    """
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)
