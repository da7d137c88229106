"""A seat is for one person at a time, whoever invites, accepts or succeeds."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extranet.db import Database
from extranet.errors import Conflict, InvalidInput
from extranet.membership.models import Seat
from extranet.people.models import Person, Tenure
from extranet.people.services.invitations import accept_as_new, invite
from extranet.people.services.tenures import end_tenure
from tests.conftest import SettableClock
from tests.factories import make_person, make_seat, make_tenure
from tests.people.doors import PASSWORD
from tests.people.seats import Office, actor_of, make_office
from tests.side_by_side import side_by_side

TODAY = date(2026, 11, 23)


def send(session: Session, seat: Seat, email: str, from_date: date | None = None) -> str:
    """Invite somebody to a seat and return the token."""
    link = invite(
        session,
        email=email,
        name="Noor",
        seat=seat,
        actor=None,
        base_url="",
        days=14,
        from_date=from_date,
    )
    return urlsplit(link).path.rpartition("/")[2]


def accept(session: Session, token: str) -> None:
    accept_as_new(session, token=token, name="Noor", password_hash="x", locale="nl")


def people_on(database: Database, seat: Seat) -> int:
    with database.reading() as session:
        count = select(func.count()).select_from(Tenure).where(Tenure.seat_id == seat.id)
        return session.scalar(count) or 0


def test_invite_refuses_a_seat_that_somebody_holds(session: Session) -> None:
    office = make_office(session)

    with pytest.raises(InvalidInput) as refusal:
        send(session, office.reader.seat, "noor@example.org")

    assert list(refusal.value.fields) == ["from_date"]


def test_invite_takes_a_seat_from_the_day_that_it_is_free(session: Session) -> None:
    office = make_office(session)
    office.reader.tenure.until_date = date(2026, 12, 31)

    with pytest.raises(InvalidInput):
        send(session, office.reader.seat, "noor@example.org", date(2026, 12, 31))
    assert send(session, office.reader.seat, "noor@example.org", date(2027, 1, 1))


def test_invite_takes_a_seat_that_was_withdrawn_today(session: Session) -> None:
    office = make_office(session)
    end_tenure(
        session,
        actor=actor_of(session, office.admin.person),
        tenure=office.reader.tenure,
        seat=office.reader.seat,
        until=None,
    )

    assert send(session, office.reader.seat, "noor@example.org")


def test_invite_refuses_a_seat_to_which_another_is_invited(
    session: Session, clock: SettableClock
) -> None:
    office = make_office(session)
    seat = make_seat(session, region=office.region, organisation=office.weert)
    send(session, seat, "eerste@example.org")
    send(session, seat, "eerste@example.org")

    with pytest.raises(InvalidInput) as refusal:
        send(session, seat, "tweede@example.org")
    clock.advance(days=15)

    assert list(refusal.value.fields) == ["email"]
    assert send(session, seat, "tweede@example.org")


def test_second_who_accepts_is_told_and_gets_no_account(
    client: FlaskClient, database: Database, office: Office
) -> None:
    with database.unit_of_work() as session:
        seat = make_seat(session, region=office.region, organisation=office.weert)
        token = send(session, seat, "noor@example.org")
        make_tenure(session, person=make_person(session), seat=seat)

    answer = client.post(f"/uitnodiging/{token}", data={"name": "Noor Nieuw", "password": PASSWORD})

    assert answer.status_code == 409
    assert "Op deze zetel zit intussen iemand anders." in answer.text
    assert people_on(database, seat) == 1
    with database.reading() as session:
        assert session.scalar(select(Person.id).where(Person.email == "noor@example.org")) is None


def test_seat_that_closed_meanwhile_cannot_be_accepted(
    client: FlaskClient, database: Database, office: Office
) -> None:
    with database.unit_of_work() as session:
        seat = make_seat(session, region=office.region, organisation=office.weert)
        token = send(session, seat, "noor@example.org", date(2026, 12, 1))
        seat.ended_on = date(2026, 11, 30)

    answer = client.post(f"/uitnodiging/{token}", data={"name": "Noor Nieuw", "password": PASSWORD})

    assert answer.status_code == 404
    assert people_on(database, seat) == 0


def test_two_who_accept_at_the_same_moment_do_not_share_a_seat(
    database: Database, office: Office, clock: SettableClock
) -> None:
    with database.unit_of_work() as session:
        seat = make_seat(session, region=office.region, organisation=office.weert)
        one = send(session, seat, "een@example.org")
        clock.advance(days=14)
        two = send(session, seat, "twee@example.org")
        clock.advance(days=-1)

    refusal = side_by_side(database, lambda s: accept(s, one), lambda s: accept(s, two))

    assert isinstance(refusal, Conflict)
    assert people_on(database, seat) == 1


def test_one_address_accepts_two_seats_at_the_same_moment_with_one_account(
    database: Database, office: Office
) -> None:
    with database.unit_of_work() as session:
        seats = [
            make_seat(session, region=office.region, organisation=office.weert) for _ in range(2)
        ]
        one, two = (send(session, seat, "noor@example.org") for seat in seats)

    refusal = side_by_side(database, lambda s: accept(s, one), lambda s: accept(s, two))

    assert isinstance(refusal, Conflict)
    assert [people_on(database, seat) for seat in seats] == [1, 0]


def test_successor_does_not_join_who_comes_already(session: Session) -> None:
    office = make_office(session)
    make_tenure(
        session,
        person=make_person(session),
        seat=office.reader.seat,
        from_date=date(2027, 1, 1),
    )

    with pytest.raises(InvalidInput) as refusal:
        end_tenure(
            session,
            actor=actor_of(session, office.admin.person),
            tenure=office.reader.tenure,
            seat=office.reader.seat,
            until=TODAY,
            successor_id=office.admin.person.id,
        )

    assert list(refusal.value.fields) == ["successor"]
