"""Make things that tests need, each with sensible values and everything it depends on.

Every function takes a writing session, flushes, and returns the mapped object.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from itertools import count
from typing import TypeVar

from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.clock import now
from extranet.membership.models import (
    Body,
    BodyKind,
    LegalForm,
    Membership,
    MembershipKind,
    Organisation,
    OrganisationKind,
    PopulationFigure,
    PopulationSnapshot,
    Region,
    Seat,
)
from extranet.people.models import Employment, LoginSession, Person, Tenure
from extranet.people.queries import hash_token

T = TypeVar("T")
LONG_AGO = date(2020, 1, 1)
_numbers = count(1)


def make_region(session: Session, *, slug: str | None = None, **values: object) -> Region:
    """Make a region with a centrumregeling."""
    number = next(_numbers)
    region = Region(
        **{
            "slug": slug or f"regio-{number}",
            "name": f"Regio {number}",
            "legal_form": LegalForm.CENTRUMREGELING,
            "legal_form_from": LONG_AGO,
            **values,
        }
    )
    return _saved(session, region)


def make_organisation(
    session: Session,
    *,
    code: str | None = None,
    name: str | None = None,
    kind: OrganisationKind = OrganisationKind.GEMEENTE,
) -> Organisation:
    """Make an organisation; without a code a municipality that does not exist."""
    number = next(_numbers)
    organisation = Organisation(
        code=code or f"gm:{9000 + number}", name=name or f"Gemeente {number}", kind=kind
    )
    return _saved(session, organisation)


def make_membership(
    session: Session,
    *,
    region: Region,
    organisation: Organisation | None = None,
    kind: MembershipKind = MembershipKind.DEELNEMER,
    from_date: date = LONG_AGO,
    until_date: date | None = None,
    is_centrum: bool = False,
) -> Membership:
    """Make an organisation a member of a region."""
    organisation = organisation or make_organisation(session)
    membership = Membership(
        region_id=region.id,
        organisation_id=organisation.id,
        kind=kind,
        is_centrum=is_centrum,
        from_date=from_date,
        until_date=until_date,
        joining_published_on=from_date,
    )
    return _saved(session, membership)


def make_body(
    session: Session,
    *,
    region: Region,
    name: str | None = None,
    kind: BodyKind = BodyKind.ONTWIKKELGROEP,
) -> Body:
    """Make a body of a region."""
    name = name or f"Ontwikkelgroep {next(_numbers)}"
    return _saved(session, Body(region_id=region.id, name=name, kind=kind))


def make_seat(
    session: Session,
    *,
    region: Region,
    organisation: Organisation,
    role: Role = Role.READER,
    body: Body | None = None,
    title: str = "Beleidsmedewerker",
) -> Seat:
    """Make a seat on behalf of an organisation."""
    seat = Seat(
        region_id=region.id,
        organisation_id=organisation.id,
        role=role,
        title=title,
        body_id=body.id if body else None,
    )
    return _saved(session, seat)


def make_person(
    session: Session, *, name: str | None = None, email: str | None = None, **values: object
) -> Person:
    """Make a person with an account, without a password."""
    number = next(_numbers)
    person = Person(
        **{
            "email": email or f"persoon{number}@example.org",
            "name": name or f"Persoon {number}",
            "created_at": now(session),
            **values,
        }
    )
    return _saved(session, person)


def make_tenure(
    session: Session,
    *,
    person: Person,
    seat: Seat,
    from_date: date = LONG_AGO,
    until_date: date | None = None,
) -> Tenure:
    """Put a person on a seat."""
    tenure = Tenure(
        person_id=person.id,
        seat_id=seat.id,
        from_date=from_date,
        until_date=until_date,
        employment=Employment.PERMANENT,
    )
    return _saved(session, tenure)


def make_official(
    session: Session,
    *,
    region: Region,
    role: Role = Role.READER,
    organisation: Organisation | None = None,
    **values: object,
) -> Person:
    """Make a person who holds a seat with a role at a member of the region."""
    if organisation is None:
        organisation = make_organisation(session)
        make_membership(session, region=region, organisation=organisation)
    person = make_person(session, **values)
    seat = make_seat(session, region=region, organisation=organisation, role=role)
    make_tenure(session, person=person, seat=seat)
    return person


def make_login(session: Session, *, person: Person) -> str:
    """Sign a person in and return the session token that the cookie carries."""
    token = secrets.token_urlsafe(32)
    moment = now(session)
    _saved(
        session,
        LoginSession(
            token_hash=hash_token(token),
            person_id=person.id,
            created_at=moment,
            last_used_at=moment,
            expires_at=moment + timedelta(hours=8),
        ),
    )
    return token


def make_snapshot(
    session: Session,
    *,
    figures: dict[str, int],
    reference_date: date = date(2026, 1, 1),
    name: str | None = None,
    source: str = "CBS",
    released_on: date = date(2026, 6, 23),
) -> PopulationSnapshot:
    """Make a population snapshot with figures by organisation code on one reference date."""
    snapshot = PopulationSnapshot(
        name=name or f"Bevolking {next(_numbers)}",
        table_id="03759ned",
        source=source,
        licence="CC BY 4.0",
        released_on=released_on,
        imported_at=now(session),
        fingerprint=secrets.token_hex(32),
        first_date=reference_date,
        last_date=reference_date,
        municipality_count=len(figures),
        inhabitant_count=sum(figures.values()),
    )
    _saved(session, snapshot)
    for code, inhabitants in figures.items():
        session.add(
            PopulationFigure(
                snapshot_id=snapshot.id,
                reference_date=reference_date,
                code=code,
                inhabitants=inhabitants,
            )
        )
    session.flush()
    return snapshot


def _saved(session: Session, thing: T) -> T:
    session.add(thing)
    session.flush()
    return thing
