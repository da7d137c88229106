"""Time: aware UTC moments, and the calendar day in the Netherlands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Tell the time; the real one and the settable one of the tests are the two that exist."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """Return the calendar day of a moment in the Netherlands."""
    return moment.astimezone(AMSTERDAM).date()


def now(session: Session) -> datetime:
    """Return the present moment by the clock that the session works with."""
    clock: Clock = session.info["clock"]
    return clock.now()


def today(session: Session) -> date:
    """Return today's date in the Netherlands by the clock that the session works with."""
    return day_of(now(session))
