"""The second contract of a plustaak: a budget that is adopted and whose shares add up to the cent.

Going live asks this; it never asks what a line is for or how a key divides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extranet.clock import today
from extranet.coalitions.models import Coalition, Plustaak, PlustaakParticipation
from extranet.coalitions.rules.owners import owner_of
from extranet.errors import InvalidInput
from extranet.money.queries.computing import compute
from extranet.money.queries.contributions import shares_of_version
from extranet.money.queries.lines import get_sheet
from extranet.money.queries.versions import (
    BudgetYear,
    VersionFacts,
    get_version,
    year_to_show,
    years_of,
)
from extranet.money.rules import MONTHS_IN_YEAR, Purse, member_months

# Months by year and organisation; who takes part in no month of a year is not in it.
Months = Mapping[tuple[int, int], int]


class OnePlustaak(Protocol):
    """A plustaak: the mapped class, or the values that its pages read."""

    @property
    def id(self) -> int:
        """Return its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetStanding:
    """How the budget of a plustaak stands, of the year that people mean when they name none.

    `total_cents` is what the participants share in `year`, `shares_cents` what their shares add up
    to. `is_closing` says that these are the same in each of the four years. `participants_differ`
    says that the shares were worked out for others, or for other months, than those who take part
    by what is known today. A draft counts only where no version was ever adopted.
    """

    state: Literal["none", "draft", "adopted"]
    year: int | None = None
    number: int | None = None
    adopted_on: date | None = None
    total_cents: int = 0
    shares_cents: int = 0
    is_closing: bool = False
    participants_differ: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether the contract holds: adopted, and adding up to the cent."""
        return self.state == "adopted" and self.is_closing


def budget_standing(session: Session, plustaak: OnePlustaak) -> BudgetStanding:
    """Return how the budget of a plustaak stands against what going live asks of it."""
    purse = purse_of(session, plustaak)
    found = _meant(years_of(session, purse=purse), this_year=today(session).year)
    if found is None:
        return BudgetStanding(state="none")
    year, number = found
    version = get_version(session, purse=purse, year=year, number=number)
    if version.is_draft:
        totals, shares, paying = _worked_out(session, version)
    else:
        totals = get_sheet(session, version).to_share
        frozen = shares_of_version(session, version)
        shares = tuple(
            sum(one.amount_cents for one in frozen if one.year == each) for each in version.years
        )
        paying = {(one.year, one.organisation_id): one.months for one in frozen if one.months}
    return BudgetStanding(
        state="draft" if version.is_draft else "adopted",
        year=version.year,
        number=version.number,
        adopted_on=version.adopted_on,
        total_cents=totals[0],
        shares_cents=shares[0],
        is_closing=totals == shares,
        participants_differ=paying != _taking_part(session, plustaak.id, version.years),
    )


_REGION = (
    select(Coalition.region_id)
    .join(Plustaak, Plustaak.coalition_id == Coalition.id)
    .where(Plustaak.id == bindparam("plustaak_id"))
)


def purse_of(session: Session, plustaak: OnePlustaak) -> Purse:
    """Return the name of a plustaak's household, opened or not."""
    region_id = session.scalars(_REGION, {"plustaak_id": plustaak.id}).one()
    return Purse(region_id=region_id, owner=owner_of(plustaak.id))


def _meant(years: tuple[BudgetYear, ...], *, this_year: int) -> tuple[int, int] | None:
    """Return year and number of the version that counts: in force, else the newest draft."""
    year = year_to_show(years, this_year=this_year)
    in_force = {each.year: each.in_force for each in years if each.in_force is not None}
    if year is not None:
        return year, in_force[year]
    drafts = [(each.year, each.draft) for each in years if each.draft is not None]
    return max(drafts, default=None)


def _worked_out(
    session: Session, version: VersionFacts
) -> tuple[tuple[int, ...], tuple[int, ...], Months]:
    """Return totals, sums of shares and months of a draft; no shares where it cannot be divided."""
    try:
        computed = compute(session, version)
    except InvalidInput:
        totals = get_sheet(session, version).to_share
        return totals, (0,) * len(totals), {}
    shares = tuple(
        sum(share.amount_cents for share in division.shares) for division in computed.divisions
    )
    months = {
        (division.year, computed.deelnemers[share.code].organisation_id): share.months
        for division in computed.divisions
        for share in division.shares
        if share.months
    }
    return computed.sheet.to_share, shares, months


_PERIODS = select(
    PlustaakParticipation.organisation_id,
    PlustaakParticipation.from_date,
    PlustaakParticipation.until_date,
).where(PlustaakParticipation.plustaak_id == bindparam("plustaak_id"))


def _taking_part(session: Session, plustaak_id: int, years: tuple[int, ...]) -> Months:
    """Return for how many months of each year each organisation takes part in a plustaak."""
    found: dict[tuple[int, int], int] = {}
    for row in session.execute(_PERIODS, {"plustaak_id": plustaak_id}):
        for year in years:
            months = member_months(year, row.from_date, row.until_date)
            key = (year, row.organisation_id)
            if months:
                found[key] = min(MONTHS_IN_YEAR, found.get(key, 0) + months)
    return found
