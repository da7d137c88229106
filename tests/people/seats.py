"""A region with people on its seats, and another one that must not show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Actor, Role
from extranet.db import Database
from extranet.membership.models import Organisation, Region, Seat
from extranet.people.models import Person, Tenure
from extranet.people.queries import find_actor
from tests.factories import (
    make_login,
    make_membership,
    make_organisation,
    make_person,
    make_region,
    make_seat,
    make_tenure,
)


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """Somebody on a seat."""

    person: Person
    seat: Seat
    tenure: Tenure


@dataclass(frozen=True, kw_only=True)
class Office:
    """A region with an admin and a reader, at Venlo and Weert, and the admin of another region."""

    region: Region
    other: Region
    venlo: Organisation
    weert: Organisation
    admin: Sitting
    reader: Sitting
    stranger: Sitting

    def form(self, **values: object) -> dict[str, object]:
        """Return a form as a page of the region sends it: on behalf of Venlo."""
        return {"acting": f"{self.region.id}-{self.venlo.id}", **values}


def sit(
    session: Session, region: Region, organisation: Organisation, role: Role, name: str
) -> Sitting:
    """Put a new person on a new seat."""
    person = make_person(session, name=name)
    title = f"Functie van {name.partition(' ')[0]}"
    seat = make_seat(session, region=region, organisation=organisation, role=role, title=title)
    return Sitting(person=person, seat=seat, tenure=make_tenure(session, person=person, seat=seat))


def make_office(session: Session) -> Office:
    """Make both regions."""
    region = make_region(session, slug="noord", name="Regio Noord")
    other = make_region(session, slug="zuid", name="Regio Zuid")
    venlo, weert, kerkrade = (
        make_organisation(session, name=name) for name in ("Venlo", "Weert", "Kerkrade")
    )
    for organisation in (venlo, weert):
        make_membership(session, region=region, organisation=organisation)
    make_membership(session, region=other, organisation=kerkrade)
    return Office(
        region=region,
        other=other,
        venlo=venlo,
        weert=weert,
        admin=sit(session, region, venlo, Role.REGION_ADMIN, "Anke Verbruggen"),
        reader=sit(session, region, weert, Role.READER, "Ruud Geraedts"),
        stranger=sit(session, other, kerkrade, Role.REGION_ADMIN, "Kees Anders"),
    )


def actor_of(session: Session, person: Person) -> Actor:
    """Return who acts when this person does."""
    actor = find_actor(session, make_login(session, person=person))
    assert actor is not None
    return actor


def tenures_on(database: Database, seat: Seat) -> list[tuple[int, date, date | None]]:
    """Return person, first and last day of who sat, sits or will sit on a seat, oldest first."""
    with database.reading() as session:
        found = session.scalars(select(Tenure).where(Tenure.seat_id == seat.id).order_by(Tenure.id))
        return [(t.person_id, t.from_date, t.until_date) for t in found]
