"""Which budgets a region's base has, by year and version, and which version is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, case, func, select
from sqlalchemy.orm import Session, aliased

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import Body, PopulationSnapshot
from extranet.money.models import BudgetVersion, Household, VersionState
from extranet.money.queries.wording import key_texts
from extranet.money.rules import AllocationKey, PopulationSource

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
    """A version of a budget with the names of what it refers to; `counter` guards its editing."""

    id: int
    household_id: int
    region_id: int
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


_ADOPTED = BudgetVersion.state == VersionState.ADOPTED
_OTHER = aliased(BudgetVersion)
_IN_FORCE_NUMBER = (
    select(func.max(_OTHER.number))
    .where(
        _OTHER.household_id == BudgetVersion.household_id,
        _OTHER.year == BudgetVersion.year,
        _OTHER.state == VersionState.ADOPTED,
    )
    .correlate(BudgetVersion)
    .scalar_subquery()
)
_OF_BASE = and_(Household.region_id == bindparam("region_id"), Household.is_base.is_(True))
_YEARS = (
    select(
        BudgetVersion.year,
        func.max(case((_ADOPTED, BudgetVersion.number))).label("in_force"),
        func.max(case((~_ADOPTED, BudgetVersion.number))).label("draft"),
    )
    .join(Household, Household.id == BudgetVersion.household_id)
    .where(_OF_BASE)
    .group_by(BudgetVersion.year)
    .order_by(BudgetVersion.year)
)
_FACTS = (
    select(
        BudgetVersion.id,
        BudgetVersion.household_id,
        Household.region_id,
        BudgetVersion.year,
        BudgetVersion.number,
        BudgetVersion.title,
        BudgetVersion.reason,
        BudgetVersion.state,
        BudgetVersion.allocation_key,
        BudgetVersion.snapshot_id,
        BudgetVersion.reference_date,
        BudgetVersion.adopted_on,
        BudgetVersion.evidence,
        BudgetVersion.version,
        _IN_FORCE_NUMBER.label("in_force_number"),
        PopulationSnapshot.name.label("snapshot_name"),
        PopulationSnapshot.released_on,
        PopulationSnapshot.table_id,
        PopulationSnapshot.source,
        Body.name.label("body_name"),
    )
    .join(Household, Household.id == BudgetVersion.household_id)
    .outerjoin(PopulationSnapshot, PopulationSnapshot.id == BudgetVersion.snapshot_id)
    .outerjoin(Body, Body.id == BudgetVersion.adopted_by_body_id)
    .where(_OF_BASE)
)
_BY_NUMBER = _FACTS.where(
    BudgetVersion.year == bindparam("year"), BudgetVersion.number == bindparam("number")
)
_IN_FORCE = _FACTS.where(
    BudgetVersion.year == bindparam("year"), BudgetVersion.number == _IN_FORCE_NUMBER
)
_OF_YEAR = _FACTS.where(BudgetVersion.year == bindparam("year")).order_by(
    BudgetVersion.number.desc()
)


def years_of(session: Session, *, region_id: int) -> tuple[BudgetYear, ...]:
    """Return every year with a budget, oldest first."""
    rows = session.execute(_YEARS, {"region_id": region_id})
    return tuple(BudgetYear(year=row.year, in_force=row.in_force, draft=row.draft) for row in rows)


def year_to_show(years: Sequence[BudgetYear], *, this_year: int) -> int | None:
    """Return the year that people mean when they name none; None without a budget in force.

    This year's budget, else the first one to come, else the last one that was.
    """
    known = [each.year for each in years if each.in_force is not None]
    coming = [year for year in known if year >= this_year]
    return min(coming) if coming else max(known, default=None)


def find_version(
    session: Session, *, region_id: int, year: int, number: int | None = None
) -> VersionFacts | None:
    """Return a version of the base's budget of a year; without a number the one in force."""
    values = {"region_id": region_id, "year": year}
    if number is None:
        return _first(session, _IN_FORCE, values)
    return _first(session, _BY_NUMBER, {**values, "number": number})


def get_version(
    session: Session, *, region_id: int, year: int, number: int | None = None
) -> VersionFacts:
    """Return what `find_version` finds; raise NotFound without it."""
    found = find_version(session, region_id=region_id, year=year, number=number)
    if found is None:
        raise NotFound(NO_BUDGET)
    return found


def versions_of(session: Session, *, region_id: int, year: int) -> tuple[VersionFacts, ...]:
    """Return every version of a year's budget, newest first."""
    rows = session.execute(_OF_YEAR, {"region_id": region_id, "year": year})
    return tuple(_facts(row) for row in rows)


def lock_version(session: Session, *, region_id: int, year: int, number: int) -> BudgetVersion:
    """Return a version to change, kept from everybody else until the end of the transaction.

    Every change of a budget takes this lock first, so nothing slips in while it is adopted.
    """
    version = session.scalar(
        select(BudgetVersion)
        .join(Household, Household.id == BudgetVersion.household_id)
        .where(
            Household.region_id == region_id,
            Household.is_base.is_(True),
            BudgetVersion.year == year,
            BudgetVersion.number == number,
        )
        .with_for_update(of=BudgetVersion)
        .execution_options(populate_existing=True)
    )
    if version is None:
        raise NotFound(NO_BUDGET)
    return version


def _first(session: Session, statement: Select[Any], values: dict[str, int]) -> VersionFacts | None:
    row = session.execute(statement, values).first()
    return None if row is None else _facts(row)


def _facts(row: Row[Any]) -> VersionFacts:
    return VersionFacts(
        id=row.id,
        household_id=row.household_id,
        region_id=row.region_id,
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
        body_name=row.body_name or "",
        evidence=row.evidence,
        in_force_number=row.in_force_number,
        counter=row.version,
    )


def _source(row: Row[Any]) -> PopulationSource | None:
    if row.snapshot_name is None or row.reference_date is None:
        return None
    return PopulationSource(
        name=row.snapshot_name,
        reference_date=row.reference_date,
        release_date=row.released_on,
        table=row.table_id if row.source.startswith("CBS") else "",
    )
