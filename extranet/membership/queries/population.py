"""Reads about population releases: what there is, and the figures of municipalities in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import (
    Membership,
    MembershipKind,
    Organisation,
    OrganisationKind,
    PopulationFigure,
    PopulationSnapshot,
    Region,
)
from extranet.membership.queries.members import running
from extranet.membership.queries.regions import snapshot_of

NO_SNAPSHOT = Text("There is no such population release.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotLine:
    """A release with its newest reference date and how many regions work with it."""

    id: int
    name: str
    table_id: str
    source: str
    licence: str
    released_on: date
    imported_at: datetime
    first_date: date
    last_date: date
    municipality_count: int
    inhabitant_count: int
    region_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTotal:
    """How many municipalities and inhabitants a release has on a reference date."""

    reference_date: date
    municipalities: int
    inhabitants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFigure:
    """The inhabitants of a municipality on a reference date."""

    reference_date: date
    inhabitants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFigure:
    """A figure with the name of its municipality, '' where the national list does not have it."""

    code: str
    name: str
    reference_date: date
    inhabitants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFigures:
    """The inhabitants of a member by the release in use and by another; None without a figure."""

    code: str
    name: str
    before: int | None
    after: int | None


_REGION_COUNT = (
    select(func.count()).where(Region.snapshot_id == PopulationSnapshot.id).scalar_subquery()
)
_LINES = select(
    PopulationSnapshot.id,
    PopulationSnapshot.name,
    PopulationSnapshot.table_id,
    PopulationSnapshot.source,
    PopulationSnapshot.licence,
    PopulationSnapshot.released_on,
    PopulationSnapshot.imported_at,
    PopulationSnapshot.first_date,
    PopulationSnapshot.last_date,
    PopulationSnapshot.municipality_count,
    PopulationSnapshot.inhabitant_count,
    _REGION_COUNT.label("region_count"),
).order_by(
    PopulationSnapshot.last_date.desc(),
    PopulationSnapshot.released_on.desc(),
    PopulationSnapshot.id.desc(),
)
_LINE = _LINES.where(PopulationSnapshot.id == bindparam("snapshot_id"))
_IN_SNAPSHOT = PopulationFigure.snapshot_id == bindparam("snapshot_id")
_DATES = (
    select(PopulationFigure.reference_date)
    .where(_IN_SNAPSHOT)
    .distinct()
    .order_by(PopulationFigure.reference_date)
)
_TOTALS = (
    select(
        PopulationFigure.reference_date,
        func.count().label("municipalities"),
        func.sum(PopulationFigure.inhabitants).label("inhabitants"),
    )
    .where(_IN_SNAPSHOT)
    .group_by(PopulationFigure.reference_date)
    .order_by(PopulationFigure.reference_date.desc())
)
_FIGURES = select(PopulationFigure.code, PopulationFigure.inhabitants).where(
    _IN_SNAPSHOT,
    PopulationFigure.reference_date == bindparam("reference_date"),
    PopulationFigure.code.in_(bindparam("codes", expanding=True)),
)
_HISTORY = (
    select(
        PopulationSnapshot.name,
        PopulationSnapshot.source,
        PopulationSnapshot.table_id,
        PopulationSnapshot.licence,
        PopulationFigure.reference_date,
        PopulationFigure.inhabitants,
    )
    .join(Region, Region.snapshot_id == PopulationSnapshot.id)
    .join(PopulationFigure, PopulationFigure.snapshot_id == PopulationSnapshot.id)
    .where(Region.id == bindparam("region_id"), PopulationFigure.code == bindparam("code"))
    .order_by(PopulationFigure.reference_date)
)
_NAMED = (
    select(
        PopulationFigure.code,
        func.coalesce(Organisation.name, "").label("name"),
        PopulationFigure.reference_date,
        PopulationFigure.inhabitants,
    )
    .outerjoin(Organisation, Organisation.code == PopulationFigure.code)
    .where(_IN_SNAPSHOT)
    .order_by(PopulationFigure.reference_date, PopulationFigure.code)
)
_ALL = select(
    PopulationFigure.code, PopulationFigure.reference_date, PopulationFigure.inhabitants
).where(_IN_SNAPSHOT)
_MUNICIPALITIES = (
    select(Organisation.code, Organisation.name)
    .join(Membership, Membership.organisation_id == Organisation.id)
    .where(
        Membership.region_id == bindparam("region_id"),
        Membership.kind == MembershipKind.DEELNEMER,
        Organisation.kind == OrganisationKind.GEMEENTE,
        running("day", "day"),
    )
    .order_by(Organisation.name)
)
_USERS = (
    select(Region.slug, Region.name)
    .where(Region.snapshot_id == bindparam("snapshot_id"))
    .order_by(Region.name)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureHistory:
    """A municipality's inhabitants by date, oldest first, with the release they come from."""

    snapshot_name: str
    source: str
    table_id: str
    licence: str
    figures: tuple[DatedFigure, ...]


def figures(
    session: Session, snapshot_id: int, reference_date: date, codes: Collection[str]
) -> dict[str, int]:
    """Return the inhabitants by official code; a code without a figure is not in it."""
    values = {
        "snapshot_id": snapshot_id,
        "reference_date": reference_date,
        "codes": sorted(codes),
    }
    return {row.code: row.inhabitants for row in session.execute(_FIGURES, values)}


def reference_dates(session: Session, snapshot_id: int) -> list[date]:
    """Return the reference dates (peildata) of a release, oldest first."""
    return list(session.scalars(_DATES, {"snapshot_id": snapshot_id}))


def date_totals(session: Session, snapshot_id: int) -> list[DateTotal]:
    """Return how much a release holds on each reference date, newest first."""
    rows = session.execute(_TOTALS, {"snapshot_id": snapshot_id}).mappings()
    return [DateTotal(**row) for row in rows]


def named_figures(session: Session, snapshot_id: int) -> list[NamedFigure]:
    """Return every figure of a release by date and code, for an export."""
    rows = session.execute(_NAMED, {"snapshot_id": snapshot_id}).mappings()
    return [NamedFigure(**row) for row in rows]


def figure_history(session: Session, region_id: int, code: str) -> FigureHistory | None:
    """Return a municipality's figures by the release that the region works with, if any."""
    rows = session.execute(_HISTORY, {"region_id": region_id, "code": code}).all()
    if not rows:
        return None
    return FigureHistory(
        snapshot_name=rows[0].name,
        source=rows[0].source,
        table_id=rows[0].table_id,
        licence=rows[0].licence,
        figures=tuple(
            DatedFigure(reference_date=row.reference_date, inhabitants=row.inhabitants)
            for row in rows
        ),
    )


def known_figures(session: Session, snapshot_id: int) -> dict[tuple[str, date], int]:
    """Return all figures of a release by code and date, to compare a new release with."""
    rows = session.execute(_ALL, {"snapshot_id": snapshot_id})
    return {(row.code, row.reference_date): row.inhabitants for row in rows}


def list_snapshots(session: Session) -> list[SnapshotLine]:
    """Return the releases, the one with the newest figures first."""
    return [SnapshotLine(**row) for row in session.execute(_LINES).mappings()]


def newest_snapshot(session: Session) -> SnapshotLine | None:
    """Return the release with the newest figures, None when there is none."""
    row = session.execute(_LINES.limit(1)).mappings().one_or_none()
    return None if row is None else SnapshotLine(**row)


def get_snapshot(session: Session, snapshot_id: int) -> SnapshotLine:
    """Return one release; raise NotFound when there is none such."""
    row = session.execute(_LINE, {"snapshot_id": snapshot_id}).mappings().one_or_none()
    if row is None:
        raise NotFound(NO_SNAPSHOT)
    return SnapshotLine(**row)


def find_snapshot_by_fingerprint(session: Session, fingerprint: str) -> PopulationSnapshot | None:
    """Return the release with exactly these figures, None when it is not here yet."""
    return session.scalars(
        select(PopulationSnapshot).where(PopulationSnapshot.fingerprint == fingerprint)
    ).one_or_none()


def users_of(session: Session, snapshot_id: int) -> list[tuple[str, str]]:
    """Return slug and name of the regions that work with a release, by name."""
    rows = session.execute(_USERS, {"snapshot_id": snapshot_id})
    return [(row.slug, row.name) for row in rows]


def compare_for_region(
    session: Session, region_id: int, *, snapshot: SnapshotLine, day: date
) -> list[MemberFigures]:
    """Return what another release would change for the municipalities that are members on a day.

    Before is the release in use on its newest date, after is `snapshot` on its newest date.
    """
    members = session.execute(_MUNICIPALITIES, {"region_id": region_id, "day": day}).all()
    codes = [row.code for row in members]
    current = snapshot_of(session, region_id)
    before = figures(session, current.id, current.last_date, codes) if current else {}
    after = figures(session, snapshot.id, snapshot.last_date, codes)
    return [
        MemberFigures(
            code=row.code, name=row.name, before=before.get(row.code), after=after.get(row.code)
        )
        for row in members
    ]
