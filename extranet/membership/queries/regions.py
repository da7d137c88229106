"""Reads about regions and what they have chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import Membership, PopulationSnapshot, Region

NO_REGION = Text("There is no such region.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A population release as a region shows it: its name, source, licence and newest date."""

    id: int
    name: str
    source: str
    table_id: str
    licence: str
    last_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLine:
    """A region in the operator's list, with the number of its members on a day."""

    id: int
    slug: str
    name: str
    code: str | None
    legal_form: str
    legal_form_from: date | None
    is_example: bool
    member_count: int
    snapshot_name: str | None


_SNAPSHOT = (
    select(
        PopulationSnapshot.id,
        PopulationSnapshot.name,
        PopulationSnapshot.source,
        PopulationSnapshot.table_id,
        PopulationSnapshot.licence,
        PopulationSnapshot.last_date,
    )
    .join(Region, Region.snapshot_id == PopulationSnapshot.id)
    .where(Region.id == bindparam("region_id"))
)

_REGIONS = (
    select(
        Region.id,
        Region.slug,
        Region.name,
        Region.code,
        Region.legal_form,
        Region.legal_form_from,
        Region.is_example,
        func.count(Membership.id).label("member_count"),
        PopulationSnapshot.name.label("snapshot_name"),
    )
    .outerjoin(
        Membership,
        and_(
            Membership.region_id == Region.id,
            Membership.from_date <= bindparam("day"),
            or_(Membership.until_date.is_(None), Membership.until_date >= bindparam("day")),
        ),
    )
    .outerjoin(PopulationSnapshot, PopulationSnapshot.id == Region.snapshot_id)
    .group_by(Region.id, PopulationSnapshot.name)
    .order_by(Region.name, Region.id)
)
_REGION = _REGIONS.where(Region.slug == bindparam("slug"))


def snapshot_of(session: Session, region_id: int) -> Snapshot | None:
    """Return the population release that a region works with, None when it chose none yet."""
    row = session.execute(_SNAPSHOT, {"region_id": region_id}).mappings().one_or_none()
    return None if row is None else Snapshot(**row)


def list_regions(session: Session, *, day: date) -> list[RegionLine]:
    """Return all regions by name, with the members that they have on a day."""
    rows = session.execute(_REGIONS, {"day": day}).mappings()
    return [RegionLine(**row) for row in rows]


def get_region_line(session: Session, slug: str, *, day: date) -> RegionLine:
    """Return one region as the list has it; raise NotFound when there is none."""
    row = session.execute(_REGION, {"slug": slug, "day": day}).mappings().one_or_none()
    if row is None:
        raise NotFound(NO_REGION)
    return RegionLine(**row)


def get_region(session: Session, region_id: int, *, for_update: bool = False) -> Region:
    """Return a region to show or change; raise NotFound when there is none.

    `for_update` keeps other writers waiting until this transaction ends.
    """
    region = session.get(Region, region_id, with_for_update=for_update or None)
    if region is None:
        raise NotFound(NO_REGION)
    return region
