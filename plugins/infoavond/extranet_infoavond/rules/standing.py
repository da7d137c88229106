"""How an evening stands towards a resident who wants to sign up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """What a resident meets on the page: only `open` and `full` take sign-ups."""

    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    PAST = "past"


TAKES_SIGNUPS = frozenset({Standing.OPEN, Standing.FULL})


def standing_of(
    *, state: str, held_on: date | None, is_open: bool, places_left: int, today: date
) -> Standing:
    """Return how an evening stands today; on its own day it still takes sign-ups."""
    if state == "cancelled":
        return Standing.CANCELLED
    if state == "held" or (held_on is not None and held_on < today):
        return Standing.PAST
    if not is_open or held_on is None:
        return Standing.CLOSED
    return Standing.OPEN if places_left > 0 else Standing.FULL


def who_moves_up(waiting: Sequence[tuple[int, int]], places_left: int) -> list[int]:
    """Return who gets a place, in order: `waiting` is number and people, first come first.

    Whoever comes with more people than there are places keeps their turn, and the next one that
    fits goes first: an empty chair helps nobody.
    """
    found = []
    for number, people in waiting:
        if people <= places_left:
            found.append(number)
            places_left -= people
    return found
