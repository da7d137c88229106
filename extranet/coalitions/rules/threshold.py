"""The threshold: a coalition needs so many municipalities that consented (product rule 1).

The number is a setting of the region, with the article that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

GEMEENTE = "gemeente"
GRACE_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation that takes part: what sort it is, whether it consented, and until when.

    `successor_code` names the organisation that it went into by a herindeling, from `ended_on` on:
    two municipalities that become one count once.
    """

    code: str
    kind: str
    consented: bool
    from_date: date
    until_date: date | None = None
    successor_code: str | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many municipalities count on a day, and how many are needed."""

    counted: int
    needed: int

    @property
    def is_met(self) -> bool:
        """Tell whether there are enough."""
        return self.counted >= self.needed


def count(parties: Iterable[Party], *, needed: int, day: date) -> Standing:
    """Count the municipalities that consented and take part on a day.

    Provinces, water boards and partners do not count. After a herindeling the successor stands for
    all that went into it.
    """
    standing = {
        party.successor_code
        if party.successor_code and party.ended_on and party.ended_on <= day
        else party.code
        for party in parties
        if party.kind == GEMEENTE
        and party.consented
        and party.from_date <= day
        and (party.until_date is None or party.until_date >= day)
    }
    return Standing(counted=len(standing), needed=needed)


def state_after(state: str, standing: Standing) -> str:
    """Return the state that a coalition comes to when its threshold is counted again.

    A forming coalition becomes active when it has enough; an active one falls below when it has
    too few, and returns. An initiative, a closing and a closed coalition stay as they are.
    """
    if state in ("forming", "below_threshold") and standing.is_met:
        return "active"
    if state == "active" and not standing.is_met:
        return "below_threshold"
    return state
