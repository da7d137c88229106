"""What a contribution is to those who read it: values for pages, sheets, letters and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.money.rules import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberYears:
    """What one member pays in the four years, in cents; `months` are those of the first year.

    `inhabitants` are those of its code; who is no member in the first year `counts_for` nothing.
    """

    organisation_id: int
    code: str
    name: str
    kind: str
    inhabitants: int | None
    months: int
    amounts: tuple[int, ...]

    @property
    def counts_for(self) -> int | None:
        """Return the inhabitants that count in the first year, None for who has none that do."""
        return self.inhabitants if self.months else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionTable:
    """All members by name, with the totals of the four years in cents."""

    years: tuple[int, ...]
    members: tuple[MemberYears, ...]
    totals: tuple[int, ...]

    @property
    def inhabitants(self) -> int:
        """Return the inhabitants of who is a member in the first year."""
        return sum(member.counts_for or 0 for member in self.members)

    def of(self, code: str) -> MemberYears | None:
        """Return the row of one member."""
        return next((member for member in self.members if member.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one member pays what it pays in `year`; the tuples hold the four years, in cents."""

    organisation_id: int
    code: str
    name: str
    kind: str
    inhabitants: int | None
    year: int
    years: tuple[int, ...]
    amounts: tuple[int, ...]
    months: tuple[int, ...]
    totals: tuple[int, ...]
    steps: tuple[Step, ...]

    @property
    def amount_cents(self) -> int:
        """Return what the member pays in the explained year."""
        return self.amounts[self.years.index(self.year)]

    @property
    def total_cents(self) -> int:
        """Return what all members pay together in the explained year."""
        return self.totals[self.years.index(self.year)]


def table_by_name(members: Iterable[MemberYears], *, years: tuple[int, ...]) -> ContributionTable:
    """Return the table of members, in the same order whichever database or draft they are from."""
    ordered = tuple(sorted(members, key=lambda member: (member.name, member.code)))
    totals = tuple(sum(member.amounts[at] for member in ordered) for at in range(len(years)))
    return ContributionTable(years=years, members=ordered, totals=totals)


def no_contribution() -> NotFound:
    """Return the error for who is not in a budget."""
    return NotFound(Text("This organisation has no contribution in this budget."))
