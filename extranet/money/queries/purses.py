"""Every purse of a region that an organisation pays into, side by side; they never become one sum.

Each is one statement, however many purses there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Row,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    select,
)
from sqlalchemy.orm import Session

from extranet.membership.models import Organisation
from extranet.money.models import BudgetVersion, Contribution, Household
from extranet.money.queries.in_force import IS_IN_FORCE, nearness
from extranet.money.rules import BASE


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseContribution:
    """What an organisation pays into one household in the budget's own year, in cents.

    `owner` is empty for the base. While it is not `is_payable` nothing of it is asked.
    """

    name: str
    owner: str
    year: int
    amount_cents: int
    is_payable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseTotal:
    """What all pay into a household in a year, in cents; `own_cents` is None for who pays none."""

    name: str
    owner: str
    is_payable: bool
    total_cents: int
    own_cents: int | None


def _paid(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Return the statement for amounts of versions in force, in their own year, in one region."""
    return (
        select(Household.name, Household.owner, Household.is_payable, *columns)
        .join(BudgetVersion, BudgetVersion.household_id == Household.id)
        .join(
            Contribution,
            and_(
                Contribution.version_id == BudgetVersion.id,
                Contribution.year == BudgetVersion.year,
            ),
        )
        .join(Organisation, Organisation.id == Contribution.organisation_id)
        .where(Household.region_id == bindparam("region_id"), IS_IN_FORCE)
    )


_IS_ONE = Organisation.code == bindparam("code")
_OF_ONE = _paid(BudgetVersion.year, Contribution.amount_cents).where(_IS_ONE)
_BESIDE_BASE = _OF_ONE.where(
    Household.owner != BASE, BudgetVersion.year == bindparam("year")
).order_by(Household.name, Household.owner)
_EVERY_YEAR = _OF_ONE.order_by(Household.owner != BASE, Household.name, Household.owner)
_TOTALS = (
    _paid(
        cast(func.sum(Contribution.amount_cents), BigInteger).label("total_cents"),
        func.max(case((_IS_ONE, Contribution.amount_cents))).label("own_cents"),
    )
    .where(Household.owner != BASE, BudgetVersion.year == bindparam("year"))
    .group_by(Household.id, Household.name, Household.owner, Household.is_payable)
    .order_by(Household.name, Household.owner)
)


def contributions_of(
    session: Session, *, region_id: int, organisation_code: str, year: int
) -> tuple[PurseContribution, ...]:
    """Return what an organisation pays beside the base: a household that it pays into a line.

    Only versions in force of the budget of `year` count.
    """
    values = {"region_id": region_id, "code": organisation_code, "year": year}
    return tuple(_contribution(row) for row in session.execute(_BESIDE_BASE, values))


def purses_of(
    session: Session, *, region_id: int, organisation_code: str, this_year: int
) -> tuple[PurseContribution, ...]:
    """Return what an organisation pays into every household, the base first.

    Of each household the year that people mean when they name none: this one, else one near.
    """
    values = {"region_id": region_id, "code": organisation_code}
    found: dict[str, PurseContribution] = {}
    for row in session.execute(_EVERY_YEAR, values):
        present = found.get(row.owner)
        if present is None or _nearer(row.year, present.year, this_year):
            found[row.owner] = _contribution(row)
    return tuple(found.values())


def totals_beside_base(
    session: Session, *, region_id: int, organisation_code: str, year: int
) -> tuple[PurseTotal, ...]:
    """Return what is paid in a year into every household but the base, and the part of one."""
    values = {"region_id": region_id, "code": organisation_code, "year": year}
    rows = session.execute(_TOTALS, values).mappings()
    return tuple(PurseTotal(**row) for row in rows)


def _nearer(year: int, other: int, this_year: int) -> bool:
    near: bool = nearness(year, this_year=this_year) < nearness(other, this_year=this_year)
    return near


def _contribution(row: Row[*tuple[Any, ...]]) -> PurseContribution:
    return PurseContribution(
        name=row.name,
        owner=row.owner,
        year=row.year,
        amount_cents=row.amount_cents,
        is_payable=row.is_payable,
    )
