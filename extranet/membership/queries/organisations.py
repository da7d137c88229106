"""Reads about the national list of organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import Membership, Organisation, Region
from extranet.membership.queries.matching import containing, pattern_of

NO_ORGANISATION = Text("There is no such organisation.")
Successor = aliased(Organisation)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationLine:
    """An organisation, with the one that took it over or will (herindeling), if any."""

    id: int
    code: str
    name: str
    kind: str
    successor_code: str | None
    successor_name: str | None
    successor_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An organisation that a region might take in; with a membership that runs or is to come."""

    code: str
    name: str
    kind: str
    successor_name: str | None
    successor_from: date | None
    member_from: date | None
    member_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionOfOrganisation:
    """A membership of an organisation, with its region."""

    region_slug: str
    region_name: str
    part: str
    is_centrum: bool
    from_date: date
    until_date: date | None


_LINES = (
    select(
        Organisation.id,
        Organisation.code,
        Organisation.name,
        Organisation.kind,
        Successor.code.label("successor_code"),
        Successor.name.label("successor_name"),
        Organisation.successor_from,
    )
    .outerjoin(Successor, Successor.id == Organisation.successor_id)
    .order_by(Organisation.name, Organisation.id)
)
_AFTER_NAME = (
    select(Organisation.name).where(Organisation.id == bindparam("after")).scalar_subquery()
)
_AFTER = or_(
    Organisation.name > _AFTER_NAME,
    and_(Organisation.name == _AFTER_NAME, Organisation.id > bindparam("after")),
)
_ONE = _LINES.where(Organisation.code == bindparam("code"))

_CANDIDATES = (
    select(
        Organisation.code,
        Organisation.name,
        Organisation.kind,
        Successor.name.label("successor_name"),
        Organisation.successor_from,
        Membership.from_date.label("member_from"),
        Membership.until_date.label("member_until"),
    )
    .outerjoin(Successor, Successor.id == Organisation.successor_id)
    .outerjoin(
        Membership,
        and_(
            Membership.organisation_id == Organisation.id,
            Membership.region_id == bindparam("region_id"),
            or_(Membership.until_date.is_(None), Membership.until_date >= bindparam("day")),
        ),
    )
    .where(containing(Organisation.name, Organisation.code))
    .order_by(Organisation.name, Organisation.id, Membership.from_date)
    .limit(bindparam("limit"))
)
_REGIONS = (
    select(
        Region.slug.label("region_slug"),
        Region.name.label("region_name"),
        Membership.kind.label("part"),
        Membership.is_centrum,
        Membership.from_date,
        Membership.until_date,
    )
    .join(Membership, Membership.region_id == Region.id)
    .where(Membership.organisation_id == bindparam("organisation_id"))
    .order_by(Region.name, Membership.from_date)
)


@cache
def _page(*, search: bool, kind: bool, after: bool, limit: bool) -> Select[*tuple[Any, ...]]:
    """Return the statement for a combination of filters; each is built once."""
    statement = _LINES
    if search:
        statement = statement.where(containing(Organisation.name, Organisation.code))
    if kind:
        statement = statement.where(Organisation.kind == bindparam("kind"))
    if after:
        statement = statement.where(_AFTER)
    return statement.limit(bindparam("limit")) if limit else statement


def list_organisations(
    session: Session,
    *,
    search: str = "",
    kind: str = "",
    after: int | None = None,
    limit: int | None = None,
) -> list[OrganisationLine]:
    """Return organisations by name; with `after`, a number, the list goes on after that one.

    `search` is part of a name or code; `search` and `kind` may be empty.
    """
    statement = _page(
        search=bool(search), kind=bool(kind), after=after is not None, limit=limit is not None
    )
    values = {"pattern": pattern_of(search), "kind": kind, "after": after, "limit": limit}
    return [OrganisationLine(**row) for row in session.execute(statement, values).mappings()]


def get_organisation_line(session: Session, code: str) -> OrganisationLine:
    """Return one organisation as the list has it; raise NotFound when there is none."""
    row = session.execute(_ONE, {"code": code}).mappings().one_or_none()
    if row is None:
        raise NotFound(NO_ORGANISATION)
    return OrganisationLine(**row)


def find_organisation(
    session: Session, code: str, *, for_update: bool = False
) -> Organisation | None:
    """Return the organisation with this official code, None when there is none."""
    statement = select(Organisation).where(Organisation.code == code)
    if for_update:
        statement = statement.with_for_update()
    return session.scalars(statement).one_or_none()


def get_organisation(session: Session, code: str, *, for_update: bool = False) -> Organisation:
    """Return the organisation with this official code; raise NotFound when there is none."""
    organisation = find_organisation(session, code, for_update=for_update)
    if organisation is None:
        raise NotFound(NO_ORGANISATION)
    return organisation


def candidates(
    session: Session, region_id: int, *, search: str, day: date, limit: int
) -> list[Candidate]:
    """Return organisations whose name or code contains `search`, for a region to choose from."""
    values = {
        "region_id": region_id,
        "day": day,
        "pattern": pattern_of(search),
        "limit": limit,
    }
    return [Candidate(**row) for row in session.execute(_CANDIDATES, values).mappings()]


def regions_of(session: Session, organisation_id: int) -> list[RegionOfOrganisation]:
    """Return every membership of an organisation, in whatever region."""
    rows = session.execute(_REGIONS, {"organisation_id": organisation_id}).mappings()
    return [RegionOfOrganisation(**row) for row in rows]
