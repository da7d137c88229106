"""How a region stands today, in two statements, and its activity, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from extranet.activity.models import ActivityEntry
from extranet.basistaken.models import Basistaak
from extranet.clock import today
from extranet.coalitions.models import Coalition
from extranet.membership.models import (
    Membership,
    MembershipKind,
    Organisation,
    OrganisationKind,
    PopulationFigure,
    PopulationSnapshot,
    Region,
)
from extranet.money.models import BudgetVersion, Contribution
from extranet.money.queries.in_force import version_in_force
from extranet.people.models import Person

BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a region stands for one of its members.

    `counts` is the number of members by kind of organisation, partners apart; `amount_cents` is
    what the member pays in `year`, both None without a budget in force, the amount alone for who
    pays nothing.
    """

    counts: dict[str, int]
    partners: int
    inhabitants: int
    reference_date: date | None
    source: str
    table_id: str
    year: int | None
    amount_cents: int | None

    @property
    def gets_back(self) -> bool:
        """Tell whether the amount is money that comes back to the member."""
        return self.amount_cents is not None and self.amount_cents < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What an operator keeps, in figures; `newest_release` is '' where there is none."""

    regions: int
    organisations: int
    newest_release: str


_INSTALLATION = select(
    select(func.count(Region.id)).scalar_subquery().label("regions"),
    select(func.count(Organisation.id)).scalar_subquery().label("organisations"),
    select(PopulationSnapshot.name)
    .order_by(PopulationSnapshot.released_on.desc(), PopulationSnapshot.id.desc())
    .limit(1)
    .scalar_subquery()
    .label("newest_release"),
)
_VERSION = version_in_force()
_AMOUNT = (
    select(Contribution.amount_cents)
    .where(
        Contribution.version_id == BudgetVersion.id,
        Contribution.year == BudgetVersion.year,
        Contribution.organisation_id == bindparam("organisation_id"),
    )
    .correlate(BudgetVersion)
    .scalar_subquery()
)
_STANDING = (
    select(
        Membership.kind.label("part"),
        Organisation.kind,
        func.count(Membership.id).label("members"),
        func.coalesce(func.sum(PopulationFigure.inhabitants), 0).label("inhabitants"),
        PopulationSnapshot.last_date,
        PopulationSnapshot.source,
        PopulationSnapshot.table_id,
        BudgetVersion.year,
        _AMOUNT.label("amount_cents"),
    )
    .select_from(Region)
    .outerjoin(
        Membership,
        and_(
            Membership.region_id == Region.id,
            Membership.from_date <= bindparam("day"),
            or_(Membership.until_date.is_(None), Membership.until_date >= bindparam("day")),
        ),
    )
    .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
    .outerjoin(PopulationSnapshot, PopulationSnapshot.id == Region.snapshot_id)
    .outerjoin(
        PopulationFigure,
        and_(
            PopulationFigure.snapshot_id == Region.snapshot_id,
            PopulationFigure.reference_date == PopulationSnapshot.last_date,
            PopulationFigure.code == Organisation.code,
            Membership.kind == MembershipKind.DEELNEMER,
        ),
    )
    .outerjoin(BudgetVersion, BudgetVersion.id == _VERSION)
    .where(Region.id == bindparam("region_id"))
    .group_by(
        Membership.kind,
        Organisation.kind,
        PopulationSnapshot.last_date,
        PopulationSnapshot.source,
        PopulationSnapshot.table_id,
        BudgetVersion.id,
        BudgetVersion.year,
    )
)
_TASKS = (
    select(Basistaak.slug, Basistaak.name, Basistaak.state)
    .where(Basistaak.region_id == bindparam("region_id"))
    .order_by(Basistaak.position, Basistaak.id)
)
_ACTIVITY = (
    select(
        ActivityEntry.id,
        ActivityEntry.at,
        ActivityEntry.action,
        ActivityEntry.person_id,
        ActivityEntry.subject_label,
        ActivityEntry.before,
        ActivityEntry.after,
        Person.name.label("person"),
        Organisation.name.label("organisation"),
    )
    .outerjoin(Person, Person.id == ActivityEntry.person_id)
    .outerjoin(Organisation, Organisation.id == ActivityEntry.organisation_id)
    .order_by(ActivityEntry.id.desc())
    .limit(bindparam("count"))
)
_IN_REGION = _ACTIVITY.where(ActivityEntry.region_id == bindparam("region_id"))
_IN_COALITION = _ACTIVITY.where(ActivityEntry.coalition_id == bindparam("coalition_id"))
_BEFORE = ActivityEntry.id < bindparam("before_id")
_IN_REGION_BEFORE, _IN_COALITION_BEFORE = _IN_REGION.where(_BEFORE), _IN_COALITION.where(_BEFORE)


def standing_of(session: Session, *, region_id: int, organisation_id: int) -> Standing:
    """Return how a region stands today for one of its members."""
    day = today(session)
    rows = session.execute(
        _STANDING,
        {
            "region_id": region_id,
            "organisation_id": organisation_id,
            "day": day,
            "this_year": day.year,
        },
    ).all()
    counts = {kind.value: 0 for kind in OrganisationKind}
    paying = [row for row in rows if row.part == MembershipKind.DEELNEMER]
    counts |= {row.kind: row.members for row in paying}
    first = rows[0]
    return Standing(
        counts=counts,
        partners=sum(row.members for row in rows if row.part == MembershipKind.PARTNER),
        inhabitants=sum(row.inhabitants for row in paying),
        reference_date=first.last_date,
        source=first.source or "",
        table_id=first.table_id or "",
        year=first.year,
        amount_cents=first.amount_cents,
    )


def installation_of(session: Session) -> Installation:
    """Return what the operator keeps."""
    row = session.execute(_INSTALLATION).one()
    return Installation(
        regions=row.regions,
        organisations=row.organisations,
        newest_release=row.newest_release or "",
    )


def tasks_of(session: Session, *, region_id: int) -> Sequence[Any]:
    """Return the basistaken of a region with their state: slug, name, state."""
    return session.execute(_TASKS, {"region_id": region_id}).all()


def activity_of(
    session: Session, *, region_id: int, count: int, before_id: int | None = None
) -> Sequence[Any]:
    """Return the newest entries of a region, or the ones before an entry, newest first."""
    values = {"region_id": region_id, "count": count}
    if before_id is None:
        return session.execute(_IN_REGION, values).all()
    return session.execute(_IN_REGION_BEFORE, {**values, "before_id": before_id}).all()


def activity_in_coalition(
    session: Session, *, coalition_id: int, count: int, before_id: int | None = None
) -> Sequence[Any]:
    """Return the newest entries about a coalition, or the ones before an entry, newest first."""
    values = {"coalition_id": coalition_id, "count": count}
    if before_id is None:
        return session.execute(_IN_COALITION, values).all()
    return session.execute(_IN_COALITION_BEFORE, {**values, "before_id": before_id}).all()


def workspaces_of_guest(session: Session, coalition_ids: Iterable[int]) -> Sequence[Any]:
    """Return the coalitions that somebody is a guest of: region's slug, slug, name."""
    wanted = sorted(set(coalition_ids))
    if not wanted:
        return ()
    return session.execute(
        select(Region.slug.label("region"), Coalition.slug, Coalition.name)
        .join(Region, Region.id == Coalition.region_id)
        .where(Coalition.id.in_(wanted))
        .order_by(Coalition.name)
    ).all()


def every_activity(session: Session, *, region_id: int) -> Iterator[Sequence[Any]]:
    """Yield the whole log of a region in batches, newest first; at least one, perhaps empty."""
    rows = activity_of(session, region_id=region_id, count=BATCH)
    yield rows
    while len(rows) == BATCH:
        rows = activity_of(session, region_id=region_id, count=BATCH, before_id=rows[-1].id)
        yield rows


def names_of(session: Session, person_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of people by number; who is gone has none."""
    wanted = sorted(set(person_ids))
    if not wanted:
        return {}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in rows}
