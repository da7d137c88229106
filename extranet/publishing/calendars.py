"""Write days as a calendar that other programs read (RFC 5545, with the names of RFC 7986).

Times are those of the Netherlands, with the rules of summer time in the file. The library folds
long lines and ends them as the standard wants; the same days give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event

from extranet.clock import AMSTERDAM
from extranet.publishing.characters import printable

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Extranet//NL"
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day in a calendar: `uid` names it in the whole world and stays when it moves.

    `changed_at` is when what is said here changed last. Without `starts_at` it is a whole day.
    """

    uid: str
    title: str
    on: date
    changed_at: datetime
    starts_at: time | None = None
    ends_at: time | None = None
    where: str = ""
    note: str = ""


def render_calendar(name: str, days: Sequence[CalendarDay]) -> bytes:
    """Return the days as a calendar that a program may ask for again every six hours."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", printable(name))
    made.add("x-wr-calname", printable(name))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for day in days:
        made.add_component(_event(day))
    timed = [day.on.year for day in days if day.starts_at is not None]
    if timed:
        first, last = date(min(timed), 1, 1), date(max(timed) + 1, 1, 1)
        made.add_missing_timezones(first_date=first, last_date=last)
    return bytes(made.to_ical())


def _event(day: CalendarDay) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", day.changed_at)
    event.add("last-modified", day.changed_at)
    event.add("summary", printable(day.title))
    if day.starts_at is None:
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", datetime.combine(day.on, day.starts_at, AMSTERDAM))
        if day.ends_at is not None:
            event.add("dtend", datetime.combine(day.on, day.ends_at, AMSTERDAM))
    if day.where:
        event.add("location", printable(day.where))
    if day.note:
        event.add("description", printable(day.note))
    return event
