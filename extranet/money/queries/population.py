"""Which population figures a budget can be divided by: release and reference date (peildatum)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from extranet.membership.models import (
    Membership,
    MembershipKind,
    Organisation,
    PopulationFigure,
    PopulationSnapshot,
    Region,
)
from extranet.money.models import Household, HouseholdParticipant
from extranet.money.queries.households import bound, of_purse
from extranet.money.rules import Purse


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationChoice:
    """A reference date in a release, with the inhabitants of who takes part and their number."""

    snapshot_id: int
    name: str
    released_on: date
    reference_date: date
    inhabitants: int
    municipality_count: int


_MEMBERS = select(Membership.organisation_id).where(
    Membership.region_id == bindparam("region_id"),
    Membership.kind == MembershipKind.DEELNEMER,
    Membership.from_date <= bindparam("day"),
    or_(Membership.until_date.is_(None), Membership.until_date >= bindparam("day")),
)
_PARTICIPANTS = (
    select(HouseholdParticipant.organisation_id)
    .join(Household, Household.id == HouseholdParticipant.household_id)
    .where(
        of_purse(),
        HouseholdParticipant.from_date <= bindparam("day"),
        or_(
            HouseholdParticipant.until_date.is_(None),
            HouseholdParticipant.until_date >= bindparam("day"),
        ),
    )
)


def _choices(taking_part: Select[int]) -> Select[*tuple[Any, ...]]:
    """Return the statement for releases and reference dates, with the figures of who takes part."""
    return (
        select(
            PopulationSnapshot.id,
            PopulationSnapshot.name,
            PopulationSnapshot.released_on,
            PopulationFigure.reference_date,
            func.sum(PopulationFigure.inhabitants).label("inhabitants"),
            func.count().label("municipality_count"),
        )
        .join(PopulationFigure, PopulationFigure.snapshot_id == PopulationSnapshot.id)
        .join(Organisation, Organisation.code == PopulationFigure.code)
        .where(
            PopulationSnapshot.id.in_(bindparam("snapshot_ids", expanding=True)),
            Organisation.id.in_(taking_part),
        )
        .group_by(
            PopulationSnapshot.id,
            PopulationSnapshot.name,
            PopulationSnapshot.released_on,
            PopulationFigure.reference_date,
        )
        .order_by(
            PopulationFigure.reference_date.desc(),
            PopulationSnapshot.released_on.desc(),
            PopulationSnapshot.id.desc(),
        )
    )


_FOR_BASE, _FOR_OTHERS = _choices(_MEMBERS), _choices(_PARTICIPANTS)


def population_choices(
    session: Session, *, purse: Purse, also: int | None, day: date
) -> tuple[PopulationChoice, ...]:
    """Return what the region's adopted release offers, and the release `also`; newest first.

    Counted are those who take part in the household on `day`, to show which figure is meant.
    """
    adopted = session.scalar(select(Region.snapshot_id).where(Region.id == purse.region_id))
    ids = [number for number in {adopted, also} if number is not None]
    statement = _FOR_BASE if purse.is_base else _FOR_OTHERS
    rows = session.execute(statement, {**bound(purse), "day": day, "snapshot_ids": ids})
    return tuple(
        PopulationChoice(
            snapshot_id=row.id,
            name=row.name,
            released_on=row.released_on,
            reference_date=row.reference_date,
            inhabitants=int(row.inhabitants),
            municipality_count=row.municipality_count,
        )
        for row in rows
    )


def newest_figures(session: Session, *, region_id: int) -> tuple[int | None, date | None]:
    """Return the release that the region adopted and its last reference date, or None twice."""
    row = session.execute(
        select(PopulationSnapshot.id, PopulationSnapshot.last_date)
        .join(Region, Region.snapshot_id == PopulationSnapshot.id)
        .where(Region.id == region_id)
    ).first()
    return (None, None) if row is None else (row.id, row.last_date)
