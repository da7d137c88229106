"""The budgets of a region's base, a line a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, and_, bindparam, cast, func, select
from sqlalchemy.orm import Session, aliased

from extranet.money.models import BudgetVersion, Contribution, Household, VersionState
from extranet.money.queries.versions import years_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetEntry:
    """A year's budget: what is in force, since when, what the members pay, and the draft."""

    year: int
    in_force: int | None
    adopted_on: date | None
    total_cents: int | None
    draft: int | None


_LATER = aliased(BudgetVersion)
_TOTAL = (
    select(cast(func.sum(Contribution.amount_cents), BigInteger))
    .where(Contribution.version_id == BudgetVersion.id, Contribution.year == BudgetVersion.year)
    .correlate(BudgetVersion)
    .scalar_subquery()
)
_IN_FORCE = (
    select(BudgetVersion.year, BudgetVersion.adopted_on, _TOTAL.label("total_cents"))
    .join(Household, Household.id == BudgetVersion.household_id)
    .outerjoin(
        _LATER,
        and_(
            _LATER.household_id == BudgetVersion.household_id,
            _LATER.year == BudgetVersion.year,
            _LATER.state == VersionState.ADOPTED,
            _LATER.number > BudgetVersion.number,
        ),
    )
    .where(
        Household.region_id == bindparam("region_id"),
        Household.is_base.is_(True),
        BudgetVersion.state == VersionState.ADOPTED,
        _LATER.id.is_(None),
    )
)


def budgets_of(session: Session, *, region_id: int) -> tuple[BudgetEntry, ...]:
    """Return every year with a budget, newest first."""
    in_force = {row.year: row for row in session.execute(_IN_FORCE, {"region_id": region_id})}
    return tuple(
        BudgetEntry(
            year=each.year,
            in_force=each.in_force,
            adopted_on=in_force[each.year].adopted_on if each.year in in_force else None,
            total_cents=in_force[each.year].total_cents if each.year in in_force else None,
            draft=each.draft,
        )
        for each in reversed(years_of(session, region_id=region_id))
    )
