"""Reads about the seats of a region and who sits on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.clock import today
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import Body, Organisation, Seat
from extranet.membership.queries import Member, memberships_in
from extranet.membership.queries.matching import containing, pattern_of
from extranet.membership.queries.regions import get_region
from extranet.people.models import Person, Tenure
from extranet.people.rules import Span

NO_SEAT = Text("This seat does not exist.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who sits on a seat or will; `until_date` is the last day, None for no end."""

    tenure_id: int
    person_id: int
    name: str
    from_date: date
    until_date: date | None
    employment: str
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLine:
    """An open seat as the people page shows it, with who sits on it now or later, in order."""

    seat_id: int
    title: str
    role: str
    ended_on: date | None
    organisation_id: int
    organisation: str
    body: str | None
    holders: tuple[Holder, ...]


_OPEN = or_(Seat.ended_on.is_(None), Seat.ended_on >= bindparam("today"))
_NOT_LEFT = or_(Tenure.until_date.is_(None), Tenure.until_date >= bindparam("today"))
_HELD_BY_A_MATCH = exists(
    select(Tenure.id)
    .join(Person, Person.id == Tenure.person_id)
    .where(Tenure.seat_id == Seat.id, _NOT_LEFT, containing(Person.name))
)
_ORDER = (Organisation.name, Seat.title, Seat.id)
_SEATS = (
    select(
        Seat.id.label("seat_id"),
        Seat.title,
        Seat.role,
        Seat.ended_on,
        Organisation.id.label("organisation_id"),
        Organisation.name.label("organisation"),
        Body.name.label("body"),
    )
    .join(Organisation, Organisation.id == Seat.organisation_id)
    .outerjoin(Body, Body.id == Seat.body_id)
    .where(Seat.region_id == bindparam("region_id"), _OPEN)
    .order_by(*_ORDER)
    .limit(bindparam("limit"))
)
_MATCHES = or_(containing(Organisation.name, Seat.title, Body.name), _HELD_BY_A_MATCH)
_LAST_SHOWN = (
    select(*_ORDER)
    .join(Organisation, Organisation.id == Seat.organisation_id)
    .where(Seat.id == bindparam("after"))
)
_ADMINS = (
    select(Seat.id, Seat.ended_on, Tenure.person_id, Tenure.from_date, Tenure.until_date)
    .join(Tenure, Tenure.seat_id == Seat.id)
    .join(Person, Person.id == Tenure.person_id)
    .where(
        Seat.region_id == bindparam("region_id"),
        Seat.role == Role.REGION_ADMIN,
        Person.disabled_at.is_(None),
        _NOT_LEFT,
    )
)


@cache
def _page(*, search: bool, after: bool) -> Select[*tuple[Any, ...]]:
    """Return the statement for a combination of filters; a page counts seats, not people."""
    seats = _SEATS
    if search:
        seats = seats.where(_MATCHES)
    if after:
        seats = seats.where(tuple_(*_ORDER) > _LAST_SHOWN.scalar_subquery())
    page = seats.subquery("page")
    return (
        select(
            *page.c,
            Tenure.id.label("tenure_id"),
            Tenure.from_date,
            Tenure.until_date,
            Tenure.employment,
            Person.id.label("person_id"),
            Person.name,
            Person.disabled_at,
        )
        .select_from(page)
        .outerjoin(Tenure, and_(Tenure.seat_id == page.c.seat_id, _NOT_LEFT))
        .outerjoin(Person, Person.id == Tenure.person_id)
        .order_by(page.c.organisation, page.c.title, page.c.seat_id, Tenure.from_date, Tenure.id)
    )


def list_seats(
    session: Session, region_id: int, *, search: str = "", after: int | None = None, limit: int
) -> list[SeatLine]:
    """Return the open seats of a region by organisation, with who sits or will sit on them.

    `search` is part of a name, organisation, function or body, or empty. With `after`, a seat's
    number, the list goes on after that one.
    """
    values = {
        "region_id": region_id,
        "today": today(session),
        "pattern": pattern_of(search),
        "after": after,
        "limit": limit,
    }
    rows = session.execute(_page(search=bool(search), after=after is not None), values).all()
    return [_line(list(group)) for _, group in groupby(rows, key=lambda row: row.seat_id)]


def holders_of(session: Session, *, seat_id: int) -> Sequence[Any]:
    """Return who sits or will sit on a seat, in order: name, first and last day."""
    return session.execute(
        select(Person.name, Tenure.from_date, Tenure.until_date)
        .join(Tenure, Tenure.person_id == Person.id)
        .where(Tenure.seat_id == bindparam("seat_id"), _NOT_LEFT)
        .order_by(Tenure.from_date, Tenure.id),
        {"seat_id": seat_id, "today": today(session)},
    ).all()


def count_employments(session: Session, region_id: int) -> Mapping[str, int]:
    """Return how many people sit or will sit on the open seats of a region, by employment."""
    rows = session.execute(
        select(Tenure.employment, func.count())
        .join(Seat, Seat.id == Tenure.seat_id)
        .where(Seat.region_id == bindparam("region_id"), _OPEN, _NOT_LEFT)
        .group_by(Tenure.employment),
        {"region_id": region_id, "today": today(session)},
    )
    return {row[0]: row[1] for row in rows}


def members_to_seat(session: Session, region_id: int) -> dict[int, Member]:
    """Return who is or becomes a member of a region, by organisation number, in order of name.

    Of an organisation that leaves and comes back it is the last membership.
    """
    found = memberships_in(session, region_id, from_date=today(session), until_date=date.max)
    latest: dict[int, Member] = {}
    for member in found:
        known = latest.get(member.organisation_id)
        if known is None or known.from_date < member.from_date:
            latest[member.organisation_id] = member
    return latest


def successors_of(session: Session, region_id: int, *, person_id: int) -> Sequence[Any]:
    """Return who may take a seat over from a person: the others in the region with an account."""
    return session.execute(
        select(Person.id, Person.name)
        .join(Tenure, Tenure.person_id == Person.id)
        .join(Seat, Seat.id == Tenure.seat_id)
        .where(
            Seat.region_id == bindparam("region_id"),
            _OPEN,
            _NOT_LEFT,
            Person.disabled_at.is_(None),
            Person.id != bindparam("person_id"),
        )
        .distinct()
        .order_by(Person.name, Person.id),
        {"region_id": region_id, "today": today(session), "person_id": person_id},
    ).all()


def get_seat(session: Session, *, region_id: int, seat_id: int, for_update: bool = False) -> Seat:
    """Return a seat of this region; raise NotFound for any other.

    `for_update` keeps other writers waiting; as everywhere the region comes before what is in it.
    """
    if for_update:
        get_region(session, region_id, for_update=True)
    seat = session.get(Seat, seat_id, with_for_update=for_update or None)
    if seat is None or seat.region_id != region_id:
        raise NotFound(NO_SEAT)
    return seat


def get_tenure(
    session: Session, *, region_id: int, tenure_id: int, for_update: bool = False
) -> tuple[Tenure, Seat]:
    """Return somebody's time on a seat of this region; raise NotFound for any other.

    `for_update` keeps other writers waiting, from the region on.
    """
    if for_update:
        get_region(session, region_id, for_update=True)
    statement = (
        select(Tenure, Seat)
        .join(Seat, Seat.id == Tenure.seat_id)
        .where(Tenure.id == tenure_id, Seat.region_id == region_id)
    )
    if for_update:
        statement = statement.with_for_update()
    row = session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(Text("This person does not sit on this seat."))
    return row[0], row[1]


def admin_spans(
    session: Session,
    region_id: int,
    *,
    seat_ends: Mapping[int, date | None] | None = None,
    without_person: int = 0,
) -> list[Span]:
    """Return when the region has an admin with an open account, from today on, by tenure.

    `seat_ends` gives seats, by number, another last day than the one that is stored.
    """
    ends = seat_ends or {}
    rows = session.execute(_ADMINS, {"region_id": region_id, "today": today(session)})
    return [
        Span(first=row.from_date, last=_earliest(row.until_date, ends.get(row.id, row.ended_on)))
        for row in rows
        if row.person_id != without_person
    ]


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _line(rows: Sequence[Any]) -> SeatLine:
    """Make one line of the rows of one seat; a vacant one has a single row without a tenure."""
    first = rows[0]
    return SeatLine(
        seat_id=first.seat_id,
        title=first.title,
        role=first.role,
        ended_on=first.ended_on,
        organisation_id=first.organisation_id,
        organisation=first.organisation,
        body=first.body,
        holders=tuple(_holder(row) for row in rows if row.tenure_id is not None),
    )


def _holder(row: Any) -> Holder:
    return Holder(
        tenure_id=row.tenure_id,
        person_id=row.person_id,
        name=row.name,
        from_date=row.from_date,
        until_date=row.until_date,
        employment=row.employment,
        is_closed=row.disabled_at is not None,
    )
