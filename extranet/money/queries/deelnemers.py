"""Who takes part in the years of a budget, for how many months and with how many inhabitants."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from extranet.membership.models import (
    Membership,
    MembershipKind,
    Organisation,
    PopulationFigure,
)
from extranet.money.models import HouseholdParticipant
from extranet.money.queries.versions import VersionFacts
from extranet.money.rules import (
    MONTHS_IN_YEAR,
    AllocationKey,
    CustomWeights,
    Member,
    member_months,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deelnemer:
    """An organisation that pays; `periods` are from and until, None when it goes on."""

    organisation_id: int
    code: str
    name: str
    kind: str
    inhabitants: int | None
    periods: tuple[tuple[date, date | None], ...]

    def in_year(self, year: int) -> Member:
        """Return the deelnemer as the rules see it in a year."""
        months = sum(member_months(year, *period) for period in self.periods)
        return Member(
            code=self.code,
            name=self.name,
            kind=self.kind,
            inhabitants=self.inhabitants,
            months=min(months, MONTHS_IN_YEAR),
        )


def _taking_part(
    part: type[Membership | HouseholdParticipant], *conditions: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    """Return the statement for who takes part by the rows of `part`, a period a row."""
    return (
        select(
            Organisation.id,
            Organisation.code,
            Organisation.name,
            Organisation.kind,
            part.from_date,
            part.until_date,
            PopulationFigure.inhabitants,
        )
        .join(part, part.organisation_id == Organisation.id)
        .outerjoin(
            PopulationFigure,
            and_(
                PopulationFigure.code == Organisation.code,
                PopulationFigure.snapshot_id == bindparam("snapshot_id"),
                PopulationFigure.reference_date == bindparam("reference_date"),
            ),
        )
        .where(
            *conditions,
            or_(
                and_(
                    part.from_date <= bindparam("last_day"),
                    or_(part.until_date.is_(None), part.until_date >= bindparam("first_day")),
                ),
                Organisation.code.in_(bindparam("named", expanding=True)),
            ),
        )
        .order_by(Organisation.code, part.from_date)
    )


_OF_REGION = _taking_part(
    Membership,
    Membership.region_id == bindparam("region_id"),
    Membership.kind == MembershipKind.DEELNEMER,
)
_OF_HOUSEHOLD = _taking_part(
    HouseholdParticipant, HouseholdParticipant.household_id == bindparam("household_id")
)


def deelnemers_of(session: Session, version: VersionFacts) -> tuple[Deelnemer, ...]:
    """Return who takes part in any of the four years, and former members that the key names.

    In the base these are the deelnemers of the region, in any other household its participants.
    """
    values: dict[str, object] = {
        "snapshot_id": version.snapshot_id,
        "reference_date": version.reference_date,
        "first_day": date(version.years[0], 1, 1),
        "last_day": date(version.years[-1], 12, 31),
        "named": sorted(codes_named(version.key)),
    }
    if version.purse.is_base:
        rows = session.execute(_OF_REGION, {**values, "region_id": version.region_id}).all()
    else:
        values["household_id"] = version.household_id
        rows = session.execute(_OF_HOUSEHOLD, values).all()
    return tuple(_deelnemer(list(periods)) for _, periods in groupby(rows, lambda row: row.code))


def codes_named(key: AllocationKey) -> Collection[str]:
    """Return the organisations that a key names, by code."""
    named = set(key.fixed_sum.sums) if key.fixed_sum else set()
    if isinstance(key.distribution, CustomWeights):
        named |= set(key.distribution.weights)
    return named


def _deelnemer(rows: Sequence[Row[*tuple[Any, ...]]]) -> Deelnemer:
    first = rows[0]
    return Deelnemer(
        organisation_id=first.id,
        code=first.code,
        name=first.name,
        kind=first.kind,
        inhabitants=first.inhabitants,
        periods=tuple((row.from_date, row.until_date) for row in rows),
    )


_CENTRUM = select(Membership.organisation_id).where(
    Membership.region_id == bindparam("region_id"),
    Membership.is_centrum.is_(True),
    Membership.from_date <= bindparam("day"),
    or_(Membership.until_date.is_(None), Membership.until_date >= bindparam("day")),
)


def find_centrum(session: Session, *, region_id: int, day: date) -> int | None:
    """Return the organisation that is the centrum of a region on a day."""
    return session.scalars(_CENTRUM, {"region_id": region_id, "day": day}).first()
