"""Who takes part in a year, and for how many months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extranet.money.rules.division import MONTHS_IN_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A deelnemer in one year, as the money rules see it.

    `inhabitants` is the frozen population figure; None for who has none (a province, a water
    board). `months` is how many months of the year it is a member, 0 to 12.
    """

    code: str
    name: str
    kind: str
    inhabitants: int | None
    months: int = MONTHS_IN_YEAR

    def __post_init__(self) -> None:
        """Refuse figures that cannot be: a programming error, not something people fill in."""
        if not 0 <= self.months <= MONTHS_IN_YEAR:
            raise ValueError(f"{self.code}: a year has 0 to 12 months, not {self.months}")
        if self.inhabitants is not None and self.inhabitants < 0:
            raise ValueError(f"{self.code}: inhabitants below zero")

    @property
    def needs_inhabitants(self) -> bool:
        """Tell whether a missing population figure is a mistake: for every municipality."""
        return self.code.startswith("gm:")


def member_months(year: int, from_date: date, until_date: date | None) -> int:
    """Count the months of a year in which somebody is a member.

    A month counts for who is a member on its first day; `until_date` is the last day, None when
    the membership goes on. So joining on 1 July gives six months, leaving on 30 June too.
    """
    firsts = [date(year, month, 1) for month in range(1, MONTHS_IN_YEAR + 1)]
    return sum(
        from_date <= first and (until_date is None or first <= until_date) for first in firsts
    )
