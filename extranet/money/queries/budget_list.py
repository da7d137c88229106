"""The budgets of a household, a line a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.orm import Session

from extranet.money.models import BudgetVersion, Contribution, Household
from extranet.money.queries.households import bound, of_purse
from extranet.money.queries.in_force import IS_IN_FORCE
from extranet.money.queries.versions import years_of
from extranet.money.rules import Purse


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetEntry:
    """A year's budget: what is in force, since when, what the members pay, and the draft."""

    year: int
    in_force: int | None
    adopted_on: date | None
    total_cents: int | None
    draft: int | None


_TOTAL = (
    select(cast(func.sum(Contribution.amount_cents), BigInteger))
    .where(Contribution.version_id == BudgetVersion.id, Contribution.year == BudgetVersion.year)
    .correlate(BudgetVersion)
    .scalar_subquery()
)
_IN_FORCE = (
    select(BudgetVersion.year, BudgetVersion.adopted_on, _TOTAL.label("total_cents"))
    .join(Household, Household.id == BudgetVersion.household_id)
    .where(of_purse(), IS_IN_FORCE)
)


def budgets_of(session: Session, *, purse: Purse) -> tuple[BudgetEntry, ...]:
    """Return every year with a budget, newest first."""
    in_force = {row.year: row for row in session.execute(_IN_FORCE, bound(purse))}
    return tuple(
        BudgetEntry(
            year=each.year,
            in_force=each.in_force,
            adopted_on=in_force[each.year].adopted_on if each.year in in_force else None,
            total_cents=in_force[each.year].total_cents if each.year in in_force else None,
            draft=each.draft,
        )
        for each in reversed(years_of(session, purse=purse))
    )
