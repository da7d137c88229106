"""What happened to money that a higher domain may want to hear."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetAdopted:
    """A version of a budget was adopted and is frozen from now on.

    `owner` is what the domain above calls the household, empty for the base of the region.
    """

    region_id: int
    owner: str
    household_id: int
    version_id: int
    year: int
    number: int
