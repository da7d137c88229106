"""Understand what CBS writes in a row: codes of areas, periods, and numbers."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

# Country, part of the country, province, COROP area and municipality.
_AREA = re.compile(r"NL\d\d|LD\d\d|PV\d\d|CR\d\d|GM\d{4}", re.ASCII)
_YEAR = re.compile(r"((?:19|20)\d\d)JJ00", re.ASCII)
_WHOLE = re.compile(r"(-?\d{1,15})(?:[.,]0{1,9})?", re.ASCII)

# More than the country will ever hold, and still a whole number to every database.
MOST_INHABITANTS = 100_000_000


def organisation_code(area: str) -> str:
    """Return CBS's code of an area (`GM0983`) as we write it (`gm:0983`)."""
    return f"{area[:2].lower()}:{area[2:]}"


def cbs_code(code: str) -> str:
    """Return our code of a municipality (`gm:0983`) as CBS writes it (`GM0983`)."""
    return code.replace(":", "").upper()


def is_municipality(area: str) -> bool:
    """Say whether a code is of a municipality; the country's is the other kind that matters."""
    return area.startswith("GM")


def is_area(area: str, known: Collection[str]) -> bool:
    """Say whether CBS knows an area, by its list of codes or without one by the form of the code.

    The country and the municipalities must have their own form even when the list has them.
    """
    if area.startswith(("GM", "NL")) or not known:
        return _AREA.fullmatch(area) is not None and (not known or area in known)
    return area in known


def first_of_january(period: str, known: Collection[str]) -> date | None:
    """Return the date of a period (`2026JJ00`), or None when CBS knows no such year."""
    year = _YEAR.fullmatch(period)
    if year is None or (known and period not in known):
        return None
    return date(int(year[1]), 1, 1)


def whole_number(value: object) -> int | None:
    """Return a number of inhabitants, or None where nothing stands.

    CSV gives text with a decimal comma, JSON numbers. Raises ValueError for what is negative,
    not whole, or more than can be true.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str) and (text := _WHOLE.fullmatch(value.strip())):
        number = int(text[1])
    elif isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, float) and value.is_integer():
        number = int(value)
    else:
        raise ValueError
    if not 0 <= number <= MOST_INHABITANTS:
        raise ValueError
    return number
