"""How money, numbers and dates read in Dutch and English; fast enough for every cell of a table."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from babel import Locale
from markupsafe import Markup

from extranet.clock import AMSTERDAM

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


class Pattern(NamedTuple):
    """The separators and month names of a language."""

    thousands: str
    decimal: str
    months: tuple[str, ...]


@cache
def pattern(locale: str) -> Pattern:
    """Return the pattern of a language, read from CLDR once."""
    data = Locale.parse(locale)
    symbols = data.number_symbols["latn"]
    months = data.months["format"]["wide"]
    return Pattern(symbols["group"], symbols["decimal"], tuple(months[n] for n in range(1, 13)))


def number(value: int, locale: str) -> str:
    """Return a whole number with its thousands apart: 104.195."""
    text = f"{abs(value):,}".replace(",", pattern(locale).thousands)
    return f"{MINUS}{text}" if value < 0 else text


def cents(value: int, locale: str) -> str:
    """Return an amount in cents as euros: € 1.234,56, with a minus sign when negative."""
    euros, rest = divmod(abs(value), 100)
    sign = MINUS if value < 0 else ""
    return f"€{NO_BREAK}{sign}{number(euros, locale)}{pattern(locale).decimal}{rest:02d}"


def percent(part: int, whole: int, locale: str) -> str:
    """Return a share of a whole with two decimals: 19,40%; '' when the whole is zero."""
    if whole == 0:
        return ""
    hundredths = (abs(part) * 20000 + abs(whole)) // (2 * abs(whole))
    sign = MINUS if part * whole < 0 and hundredths else ""
    ones, rest = divmod(hundredths, 100)
    return f"{sign}{ones}{pattern(locale).decimal}{rest:02d}%"


def long_date(value: date | datetime, locale: str) -> str:
    """Return a day as 12 maart 2027; a moment is shown as the day in the Netherlands."""
    day = value.astimezone(AMSTERDAM).date() if isinstance(value, datetime) else value
    return f"{day.day}{NO_BREAK}{pattern(locale).months[day.month - 1]}{NO_BREAK}{day.year}"


def long_month(value: date, locale: str) -> str:
    """Return a month as "maart 2027"."""
    return f"{pattern(locale).months[value.month - 1]}{NO_BREAK}{value.year}"


def moment(value: datetime, locale: str) -> str:
    """Return a moment as 12 maart 2027 14:05, Dutch time."""
    return f"{long_date(value, locale)} {value.astimezone(AMSTERDAM):%H:%M}"


def time_tag(value: date | datetime, locale: str) -> Markup:
    """Return a day as a `time` element that machines can read too."""
    day = value.astimezone(AMSTERDAM).date() if isinstance(value, datetime) else value
    # Nothing here can hold markup; formatting it by hand is ten times quicker than Markup.format.
    return Markup(f'<time datetime="{day.isoformat()}">{long_date(day, locale)}</time>')  # noqa: S704
