"""Reads about the bodies of a region and the seats at an organisation.

Who holds a seat is for `people` to tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import Body, Organisation, Seat

NO_BODY = Text("There is no such body.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLine:
    """A body with the organisation it belongs to (a college or raad) and its open seats."""

    id: int
    name: str
    kind: str
    organisation_id: int | None
    organisation_name: str | None
    seat_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLine:
    """An open seat: its title, its role, and the body it is in, if any."""

    id: int
    title: str
    role: str
    body_name: str | None


_OPEN = or_(Seat.ended_on.is_(None), Seat.ended_on >= bindparam("day"))
_BODIES = (
    select(
        Body.id,
        Body.name,
        Body.kind,
        Body.organisation_id,
        Organisation.name.label("organisation_name"),
        func.count(Seat.id).label("seat_count"),
    )
    .outerjoin(Organisation, Organisation.id == Body.organisation_id)
    .outerjoin(Seat, and_(Seat.body_id == Body.id, _OPEN))
    .where(Body.region_id == bindparam("region_id"))
    .group_by(Body.id, Organisation.name)
    .order_by(Body.name)
)
_SEATS = (
    select(Seat.id, Seat.title, Seat.role, Body.name.label("body_name"))
    .outerjoin(Body, Body.id == Seat.body_id)
    .where(
        Seat.region_id == bindparam("region_id"),
        Seat.organisation_id == bindparam("organisation_id"),
        _OPEN,
    )
    .order_by(Seat.title, Seat.id)
)


def bodies_of(session: Session, region_id: int, *, day: date) -> list[BodyLine]:
    """Return the bodies of a region by name, with the seats that are open on a day."""
    rows = session.execute(_BODIES, {"region_id": region_id, "day": day}).mappings()
    return [BodyLine(**row) for row in rows]


def seats_at(
    session: Session, region_id: int, organisation_id: int, *, day: date
) -> list[SeatLine]:
    """Return the seats at an organisation in a region that are open on a day, by title."""
    values = {"region_id": region_id, "organisation_id": organisation_id, "day": day}
    return [SeatLine(**row) for row in session.execute(_SEATS, values).mappings()]


def get_body(session: Session, region_id: int, body_id: int, *, for_update: bool = False) -> Body:
    """Return a body of this region to change; raise NotFound when it has none such."""
    statement = select(Body).where(Body.id == body_id, Body.region_id == region_id)
    if for_update:
        statement = statement.with_for_update()
    body = session.scalars(statement).one_or_none()
    if body is None:
        raise NotFound(NO_BODY)
    return body
