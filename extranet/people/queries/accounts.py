"""Reads about accounts: one by number or address, and the operator's list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select, tuple_
from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.clock import now, today
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import Organisation, Region, Seat
from extranet.membership.queries.matching import containing, pattern_of
from extranet.people.models import LoginSession, Person, Tenure
from extranet.people.queries.seats import admin_spans
from extranet.people.rules import first_day_lost

NOBODY = Text("This person does not exist.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """An account in the operator's list; `closed_at` is None for one that is open."""

    id: int
    name: str
    email: str
    is_operator: bool
    closed_at: datetime | None
    has_second_factor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """A seat that somebody holds or will hold; `until_date` is the last day, None for no end."""

    region_id: int
    region: str
    organisation: str
    title: str
    role: str
    from_date: date
    until_date: date | None


_LINES = select(
    Person.id,
    Person.name,
    Person.email,
    Person.is_operator,
    Person.disabled_at.label("closed_at"),
    Person.totp_secret.is_not(None).label("has_second_factor"),
)
_ORDER = (Person.name, Person.id)
_LAST_SHOWN = select(*_ORDER).where(Person.id == bindparam("after"))
_HELD = (
    select(
        Region.id.label("region_id"),
        Region.name.label("region"),
        Organisation.name.label("organisation"),
        Seat.title,
        Seat.role,
        Tenure.from_date,
        Tenure.until_date,
    )
    .join(Seat, Seat.region_id == Region.id)
    .join(Organisation, Organisation.id == Seat.organisation_id)
    .join(Tenure, Tenure.seat_id == Seat.id)
    .where(
        Tenure.person_id == bindparam("person_id"),
        or_(Tenure.until_date.is_(None), Tenure.until_date >= bindparam("today")),
        or_(Seat.ended_on.is_(None), Seat.ended_on >= bindparam("today")),
    )
    .order_by(Region.name, Organisation.name, Seat.title, Tenure.id)
)


@cache
def _page(*, search: bool, after: bool) -> Select[*tuple[Any, ...]]:
    """Return the statement for a combination of filters; each is built once."""
    statement = _LINES.order_by(*_ORDER).limit(bindparam("limit"))
    if search:
        statement = statement.where(containing(Person.name, Person.email))
    if after:
        statement = statement.where(tuple_(*_ORDER) > _LAST_SHOWN.scalar_subquery())
    return statement


def list_accounts(
    session: Session, *, search: str = "", after: int | None = None, limit: int
) -> list[AccountLine]:
    """Return accounts by name; `search` is part of a name or address, or empty.

    With `after`, a person's number, the list goes on after that one.
    """
    values = {"pattern": pattern_of(search), "after": after, "limit": limit}
    rows = session.execute(_page(search=bool(search), after=after is not None), values)
    return [AccountLine(**row) for row in rows.mappings()]


def get_account(session: Session, person_id: int) -> AccountLine:
    """Return one account as the list has it; raise NotFound."""
    row = session.execute(_LINES.where(Person.id == person_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(NOBODY)
    return AccountLine(**row)


def seats_of(session: Session, person_id: int) -> list[HeldLine]:
    """Return the open seats that somebody holds or will hold, in every region."""
    rows = session.execute(_HELD, {"person_id": person_id, "today": today(session)})
    return [HeldLine(**row) for row in rows.mappings()]


def count_sessions(session: Session, person_id: int) -> int:
    """Return in how many browsers somebody is signed in."""
    return (
        session.scalar(
            select(func.count())
            .select_from(LoginSession)
            .where(
                LoginSession.person_id == person_id,
                LoginSession.ended_at.is_(None),
                LoginSession.expires_at > now(session),
                LoginSession.needs_second_factor.is_(False),
            )
        )
        or 0
    )


def regions_without_admin(
    session: Session, person_id: int, *, seats: Sequence[HeldLine]
) -> list[str]:
    """Return the regions, by name, that would miss an admin without this person's seats."""
    administered = {line.region_id: line.region for line in seats if line.role == Role.REGION_ADMIN}
    return [
        name
        for region_id, name in administered.items()
        if first_day_lost(
            admin_spans(session, region_id),
            admin_spans(session, region_id, without_person=person_id),
            today=today(session),
        )
    ]


def get_person(session: Session, person_id: int, *, for_update: bool = False) -> Person:
    """Return a person by number, to change with `for_update`; raise NotFound."""
    person = session.get(Person, person_id, with_for_update=for_update or None)
    if person is None:
        raise NotFound(NOBODY)
    return person


def get_person_by_email(session: Session, email: str) -> Person:
    """Return a person by address; raise NotFound."""
    person = find_person(session, email)
    if person is None:
        raise NotFound(NOBODY)
    return person


def find_person(session: Session, email: str) -> Person | None:
    """Return who has an account with this address, None when nobody has."""
    return session.scalar(select(Person).where(Person.email == email.strip().lower()))
