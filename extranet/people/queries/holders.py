"""Who holds which role in a region today, with what a mail to them needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.clock import today
from extranet.membership.models import Seat
from extranet.people.models import Person, Tenure


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who holds a seat today, with what a mail to them needs."""

    person_id: int
    name: str
    email: str
    locale: str
    organisation_id: int


_HOLDERS = (
    select(
        Person.id.label("person_id"),
        Person.name,
        Person.email,
        Person.locale,
        Seat.organisation_id,
    )
    .join(Tenure, Tenure.person_id == Person.id)
    .join(Seat, Seat.id == Tenure.seat_id)
    .where(
        Seat.region_id == bindparam("region_id"),
        Seat.coalition_id.is_(None),
        Seat.role.in_(bindparam("roles", expanding=True)),
        or_(Seat.ended_on.is_(None), Seat.ended_on >= bindparam("today")),
        Tenure.from_date <= bindparam("today"),
        or_(Tenure.until_date.is_(None), Tenure.until_date >= bindparam("today")),
        Person.disabled_at.is_(None),
    )
    .distinct()
    .order_by(Person.name, Person.id, Seat.organisation_id)
)


def holders_of(session: Session, region_id: int, roles: Iterable[Role]) -> list[Holder]:
    """Return who holds a seat with one of these roles in a region today, by name.

    Somebody with seats at two organisations is in it twice.
    """
    values = {
        "region_id": region_id,
        "roles": sorted(roles),
        "today": today(session),
    }
    return [Holder(**row) for row in session.execute(_HOLDERS, values).mappings()]
