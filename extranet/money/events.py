"""What happened to money that a higher domain may want to hear, and what money asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extranet.i18n import Text


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose a household is: what it is called, and where its pages of money are.

    `blueprint` is the one that the pages of money are registered under, `values` what its address
    needs besides the region.
    """

    title: Text | str
    within: str
    blueprint: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnersAsked:
    """Whose are these households? The listener answers by owner; some it may not know."""

    region_id: int
    owners: tuple[str, ...]
    answers: dict[str, Owner] = field(default_factory=dict)
