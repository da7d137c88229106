"""How a day, a time and a programme read in a letter, which is Dutch whoever prints it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
)  # fmt: skip


def clock_text(moment: time) -> str:
    """Return a time as 19.30."""
    return f"{moment:%H.%M}"


def times_text(starts_at: time | None, ends_at: time | None) -> str:
    """Return from when to when, as a letter says it; '' while the beginning is not known."""
    if starts_at is None:
        return ""
    until = f" tot {clock_text(ends_at)}" if ends_at else ""
    return f"{clock_text(starts_at)}{until} uur"


def day_text(day: date | None) -> str:
    """Return a day as donderdag 12 maart 2027; '' for none."""
    if day is None:
        return ""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def programme_text(items: Iterable[tuple[time, str, str]]) -> str:
    """Return a programme of times, titles and speakers, a line each."""
    return "\n".join(
        f"{clock_text(at)} uur: {title}{f' ({speaker})' if speaker else ''}"
        for at, title, speaker in items
    )
