"""The states of a basistaak in words, its slug, and its planning as stretches of time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from datetime import date
from itertools import count

from extranet.i18n import Text

STATE_WORDS: Mapping[str, Text] = {
    "planned": Text("Planned"),
    "running": Text("Under way"),
    "paused": Text("Paused"),
    "done": Text("Done"),
}
# How a state looks: settled is finished, waiting asks for somebody. Each has a shape of its own.
STATE_KINDS: Mapping[str, str] = {
    "planned": "neutral",
    "running": "running",
    "paused": "waiting",
    "done": "settled",
}
SLUG_LENGTH = 80
# Last parts of addresses that are pages themselves.
RESERVED_SLUGS = frozenset({"nieuw"})


def slug_of(name: str, *, taken: Container[str]) -> str:
    """Return the part of an address for a name: lower case, hyphens, a number when it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].strip("-") or "basistaak"
    if stem not in taken and stem not in RESERVED_SLUGS:
        return stem
    for number in count(2):
        end = f"-{number}"
        slug = stem[: SLUG_LENGTH - len(end)].rstrip("-") + end
        if slug not in taken:
            return slug
    raise AssertionError("a count has no end")


def planning_text(starts_on: date | None, ends_on: date | None) -> Text:
    """Return the planning of a basistaak in words."""
    if starts_on and ends_on:
        return Text("%(first)s until %(last)s", first=starts_on, last=ends_on)
    if starts_on:
        return Text("From %(first)s, without an end date", first=starts_on)
    if ends_on:
        return Text("Until %(last)s", last=ends_on)
    return Text("Not planned yet")


def last_day_drawn(ends: list[date], *, today: date) -> date:
    """Return the day until which a picture draws what has no end date.

    The end of next year, or of the year in which the last planned one ends.
    """
    return max([date(today.year + 1, 12, 31), *(date(day.year, 12, 31) for day in ends)])
