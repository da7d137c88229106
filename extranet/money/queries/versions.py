"""Which budgets a household has, by year and version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import PopulationSnapshot
from extranet.money.models import BudgetVersion, Household, VersionState
from extranet.money.queries.households import bound, of_purse
from extranet.money.queries.in_force import IN_FORCE_NUMBER, IS_ADOPTED, IS_IN_FORCE, nearness
from extranet.money.queries.wording import key_texts
from extranet.money.rules import AllocationKey, PopulationSource, Purse

YEARS_AHEAD = 3
NO_BUDGET = Text("There is no such budget.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetYear:
    """A year that has a budget: the number of the version in force and of the draft, if any."""

    year: int
    in_force: int | None
    draft: int | None


@dataclass(frozen=True, kw_only=True)
class VersionFacts:
    """A version of a budget with the names of what it refers to.

    `counter` guards its editing; `is_frozen` says that nothing in its household can be changed,
    `is_payable` that its amounts are asked, which they are not while it is frozen. `whose` names
    the household, empty for the base.
    """

    id: int
    household_id: int
    region_id: int
    owner: str
    whose: str
    is_frozen: bool
    is_payable: bool
    year: int
    number: int
    title: str
    reason: str
    state: VersionState
    key_data: Sequence[Any]
    snapshot_id: int | None
    reference_date: date | None
    population: PopulationSource | None
    adopted_on: date | None
    body_name: str
    evidence: str
    in_force_number: int | None
    counter: int

    @property
    def purse(self) -> Purse:
        """Return which household the version belongs to."""
        return Purse(region_id=self.region_id, owner=self.owner)

    @property
    def is_draft(self) -> bool:
        """Tell whether the version can still be edited."""
        return self.state == VersionState.DRAFT

    @property
    def is_in_force(self) -> bool:
        """Tell whether this is the version that the members pay by."""
        return self.number == self.in_force_number

    @property
    def is_replaced(self) -> bool:
        """Tell whether a later version took the place of this one."""
        return not self.is_draft and not self.is_in_force

    @property
    def years(self) -> tuple[int, ...]:
        """Return the year of the budget and the three after it."""
        return tuple(range(self.year, self.year + YEARS_AHEAD + 1))

    @cached_property
    def key(self) -> AllocationKey:
        """Return the allocation key."""
        return AllocationKey.from_data(list(self.key_data))

    @property
    def key_texts(self) -> tuple[Text, ...]:
        """Say the allocation key in words, in the order in which its components work."""
        return key_texts(self.key)


_YEARS = (
    select(
        BudgetVersion.year,
        func.max(case((IS_ADOPTED, BudgetVersion.number))).label("in_force"),
        func.max(case((~IS_ADOPTED, BudgetVersion.number))).label("draft"),
    )
    .join(Household, Household.id == BudgetVersion.household_id)
    .where(of_purse())
    .group_by(BudgetVersion.year)
    .order_by(BudgetVersion.year)
)
_FACTS = (
    select(
        BudgetVersion.id,
        BudgetVersion.household_id,
        Household.region_id,
        Household.owner,
        Household.name,
        Household.frozen_at,
        Household.is_payable,
        BudgetVersion.year,
        BudgetVersion.number,
        BudgetVersion.title,
        BudgetVersion.reason,
        BudgetVersion.state,
        BudgetVersion.allocation_key,
        BudgetVersion.snapshot_id,
        BudgetVersion.reference_date,
        BudgetVersion.adopted_on,
        BudgetVersion.body_name,
        BudgetVersion.evidence,
        BudgetVersion.version,
        IN_FORCE_NUMBER.label("in_force_number"),
        PopulationSnapshot.name.label("snapshot_name"),
        PopulationSnapshot.released_on,
        PopulationSnapshot.table_id,
        PopulationSnapshot.source,
    )
    .join(Household, Household.id == BudgetVersion.household_id)
    .outerjoin(PopulationSnapshot, PopulationSnapshot.id == BudgetVersion.snapshot_id)
)
_BY_ID = _FACTS.where(BudgetVersion.id == bindparam("version_id"))
_OF_YEAR = _FACTS.where(of_purse(), BudgetVersion.year == bindparam("year"))
_BY_NUMBER = _OF_YEAR.where(BudgetVersion.number == bindparam("number"))
_IN_FORCE = _OF_YEAR.where(IS_IN_FORCE)
_NEWEST_FIRST = _OF_YEAR.order_by(BudgetVersion.number.desc())


def years_of(session: Session, *, purse: Purse) -> tuple[BudgetYear, ...]:
    """Return every year with a budget, oldest first."""
    rows = session.execute(_YEARS, bound(purse))
    return tuple(BudgetYear(year=row.year, in_force=row.in_force, draft=row.draft) for row in rows)


def year_to_show(years: Sequence[BudgetYear], *, this_year: int) -> int | None:
    """Return the year that people mean when they name none; None without a budget in force."""
    known = [each.year for each in years if each.in_force is not None]
    return min(known, key=lambda year: nearness(year, this_year=this_year), default=None)


def find_version(
    session: Session, *, purse: Purse, year: int, number: int | None = None
) -> VersionFacts | None:
    """Return a version of a year's budget; without a number the one in force."""
    values = {**bound(purse), "year": year}
    if number is None:
        return _first(session, _IN_FORCE, values)
    return _first(session, _BY_NUMBER, {**values, "number": number})


def get_version(
    session: Session, *, purse: Purse, year: int, number: int | None = None
) -> VersionFacts:
    """Return what `find_version` finds; raise NotFound without it."""
    found = find_version(session, purse=purse, year=year, number=number)
    if found is None:
        raise NotFound(NO_BUDGET)
    return found


def facts_of_version(session: Session, version_id: int) -> VersionFacts:
    """Return the version with this id, of whichever household, as pages read it."""
    found = _first(session, _BY_ID, {"version_id": version_id})
    if found is None:
        raise NotFound(NO_BUDGET)
    return found


def versions_of(session: Session, *, purse: Purse, year: int) -> tuple[VersionFacts, ...]:
    """Return every version of a year's budget, newest first."""
    rows = session.execute(_NEWEST_FIRST, {**bound(purse), "year": year})
    return tuple(_facts(row) for row in rows)


def lock_version(session: Session, *, purse: Purse, year: int, number: int) -> BudgetVersion:
    """Return a version to change, kept from everybody else until the end of the transaction.

    Its household is kept too. Every change of a budget takes this lock first, so nothing slips in
    while it is adopted, and no freezing of the household goes unnoticed.
    """
    version = session.scalar(
        select(BudgetVersion)
        .join(Household, Household.id == BudgetVersion.household_id)
        .where(of_purse(), BudgetVersion.year == year, BudgetVersion.number == number)
        .with_for_update(of=(BudgetVersion, Household))
        .execution_options(populate_existing=True),
        bound(purse),
    )
    if version is None:
        raise NotFound(NO_BUDGET)
    return version


def _first(
    session: Session, statement: Select[*tuple[Any, ...]], values: dict[str, Any]
) -> VersionFacts | None:
    row = session.execute(statement, values).first()
    return None if row is None else _facts(row)


def _facts(row: Row[*tuple[Any, ...]]) -> VersionFacts:
    return VersionFacts(
        id=row.id,
        household_id=row.household_id,
        region_id=row.region_id,
        owner=row.owner,
        whose=row.name if row.owner else "",
        is_frozen=row.frozen_at is not None,
        is_payable=row.is_payable and row.frozen_at is None,
        year=row.year,
        number=row.number,
        title=row.title,
        reason=row.reason,
        state=VersionState(row.state),
        key_data=row.allocation_key,
        snapshot_id=row.snapshot_id,
        reference_date=row.reference_date,
        population=_source(row),
        adopted_on=row.adopted_on,
        body_name=row.body_name,
        evidence=row.evidence,
        in_force_number=row.in_force_number,
        counter=row.version,
    )


def _source(row: Row[*tuple[Any, ...]]) -> PopulationSource | None:
    if row.snapshot_name is None or row.reference_date is None:
        return None
    return PopulationSource(
        name=row.snapshot_name,
        reference_date=row.reference_date,
        release_date=row.released_on,
        table=row.table_id if row.source.startswith("CBS") else "",
    )
