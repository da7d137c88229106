"""The pages about somebody's time on a seat: hand over, withdraw at once, correct the days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from extranet.access import Role
from extranet.db import Database
from tests.conftest import SettableClock
from tests.factories import (
    make_person,
    make_tenure,
)
from tests.membership.places import text_of
from tests.people.conftest import As
from tests.people.seats import Office, sit, tenures_on

TODAY = date(2026, 11, 23)
PEOPLE = "/noord/mensen"
TENURES = "/noord/beheer/mensen/bezetting"


def test_handover_starts_the_successor_the_day_after(
    admin: FlaskClient, database: Database, office: Office
) -> None:
    reader, admin_person = office.reader, office.admin.person
    answer = admin.post(
        f"{TENURES}/{reader.tenure.id}/overdragen",
        data=office.form(
            until="30-11-2026", successor=admin_person.id, employment="permanent", version=1
        ),
    )

    assert answer.location == PEOPLE
    assert tenures_on(database, reader.seat) == [
        (reader.person.id, date(2020, 1, 1), date(2026, 11, 30)),
        (admin_person.id, date(2026, 12, 1), None),
    ]


def test_leaver_and_closed_accounts_cannot_succeed(
    admin: FlaskClient, database: Database, office: Office, clock: SettableClock
) -> None:
    with database.unit_of_work() as session:
        shut = sit(session, office.region, office.weert, Role.READER, "Dichte Deur")
        shut.person.disabled_at = clock.now()
    address = f"{TENURES}/{office.reader.tenure.id}/overdragen"
    page = admin.get(address).text

    offered = [f'<option value="{p.id}"' in page for p in (office.admin.person, shut.person)]
    assert offered == [True, False]
    assert f'<option value="{office.reader.person.id}"' not in page
    for person in (office.reader.person, shut.person, office.stranger.person):
        data = office.form(until="30-11-2026", successor=person.id, employment="hired", version=1)
        assert admin.post(address, data=data).status_code == 422
    assert len(tenures_on(database, office.reader.seat)) == 1


@pytest.mark.parametrize("started", [date(2020, 1, 1), TODAY, TODAY + timedelta(days=9)])
def test_access_is_withdrawn_at_once(
    admin: FlaskClient, browse: As, database: Database, office: Office, started: date
) -> None:
    with database.unit_of_work() as session:
        tenure = session.merge(office.reader.tenure)
        tenure.from_date = started
    theirs = browse(office.reader)
    before = theirs.get(PEOPLE).status_code

    answer = admin.post(
        f"{TENURES}/{office.reader.tenure.id}/overdragen",
        data=office.form(at_once="y", successor=0, employment="hired", version=tenure.version),
    )

    assert answer.location == PEOPLE
    assert before == (200 if started <= TODAY else 404)
    assert theirs.get(PEOPLE).status_code == 302
    assert browse(office.reader).get(PEOPLE).status_code == 404
    assert "Ruud Geraedts" not in text_of(admin.get(PEOPLE))


def test_withdrawn_seat_can_be_given_to_another_at_once(
    admin: FlaskClient, browse: As, database: Database, office: Office
) -> None:
    with database.unit_of_work() as session:
        other = sit(session, office.region, office.venlo, Role.READER, "Ina Opvolger")
        session.merge(office.reader.tenure).from_date = TODAY

    data = office.form(at_once="y", successor=other.person.id, employment="hired", version=2)
    admin.post(f"{TENURES}/{office.reader.tenure.id}/overdragen", data=data)

    assert tenures_on(database, office.reader.seat)[1] == (other.person.id, TODAY, None)


@pytest.mark.parametrize("values", [{"until": ""}, {"until": "gisteren"}, {"until": "1-1-2019"}])
def test_handover_asks_for_a_last_day(
    admin: FlaskClient, office: Office, values: dict[str, str]
) -> None:
    answer = admin.post(
        f"{TENURES}/{office.reader.tenure.id}/overdragen",
        data=office.form(successor=0, employment="hired", version=1, **values),
    )

    assert answer.status_code == 422


def test_days_and_employment_are_corrected(
    admin: FlaskClient, browse: As, database: Database, office: Office
) -> None:
    address = f"{TENURES}/{office.reader.tenure.id}/wijzigen"
    assert 'value="01-01-2020"' in admin.get(address).text

    def correct(version: int, **values: str) -> int:
        data = office.form(employment="trainee", version=version, **values)
        return admin.post(address, data=data).status_code

    assert correct(1, from_date="1-12-2026", until_date="31-12-2026") == 302
    assert browse(office.reader).get(PEOPLE).status_code == 404
    assert correct(2, from_date="1-11-2026", until_date="") == 302
    assert browse(office.reader).get(PEOPLE).status_code == 200
    assert tenures_on(database, office.reader.seat)[0][1:] == (date(2026, 11, 1), None)
    assert "Trainee" in text_of(admin.get(PEOPLE))


def test_correcting_refuses_days_that_cannot_be(
    admin: FlaskClient, database: Database, office: Office
) -> None:
    with database.unit_of_work() as session:
        make_tenure(
            session,
            person=make_person(session),
            seat=office.reader.seat,
            from_date=date(2018, 1, 1),
            until_date=date(2019, 12, 31),
        )
    address = f"{TENURES}/{office.reader.tenure.id}/wijzigen"

    for first, last in (
        ("1-12-2026", "30-11-2026"),
        ("1-1-2020", "22-11-2026"),
        ("31-12-2019", ""),
        ("", ""),
    ):
        data = office.form(from_date=first, until_date=last, employment="hired", version=1)
        assert admin.post(address, data=data).status_code == 422, (first, last)
