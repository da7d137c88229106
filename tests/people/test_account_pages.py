"""The operator finds an account, closes it, opens it again and takes a second factor away."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.activity.models import ActivityEntry
from extranet.db import Database
from extranet.errors import InvalidInput
from extranet.people.models import Person, RecoveryCode
from extranet.people.queries.accounts import regions_without_admin, seats_of
from extranet.people.services.accounts import close_account, reopen_account
from extranet.people.services.second_factor import make_recovery_codes
from tests.basistaken.tasks import statements
from tests.conftest import SettableClock, SignIn
from tests.factories import make_person
from tests.membership.places import text_of
from tests.people.conftest import As
from tests.people.seats import Office, Sitting, actor_of, make_office, sit

ACCOUNTS = "/beheer/accounts"


@pytest.fixture
def operator(app: Flask, database: Database, sign_in: SignIn) -> FlaskClient:
    with database.unit_of_work() as session:
        person = make_person(session, name="Olga Operator", is_operator=True)
    return sign_in(app.test_client(), person)


def names(page: str) -> list[str]:
    return re.findall(rf'<th scope="row"><a href="{ACCOUNTS}/\d+">([^<]*)', page)


def actions(database: Database) -> list[str]:
    with database.reading() as session:
        found = session.scalars(select(ActivityEntry.action).order_by(ActivityEntry.id))
        return [action for action in found if action.startswith("person.")]


def test_search_finds_by_name_and_by_address(
    operator: FlaskClient, database: Database, office: Office
) -> None:
    with database.unit_of_work() as session:
        make_person(session, name="Zoë Elders", email="post_100%@example.org")

    found = {
        text: names(operator.get(ACCOUNTS, query_string={"zoek": text}).text)
        for text in ("GERAEDTS", "post_1", office.admin.person.email.upper(), "nergens", "_")
    }

    assert found == {
        "GERAEDTS": ["Ruud Geraedts"],
        "post_1": ["Zoë Elders"],
        office.admin.person.email.upper(): ["Anke Verbruggen"],
        "nergens": [],
        "_": ["Zoë Elders"],
    }


def test_list_is_paged_by_key_also_among_namesakes(
    operator: FlaskClient, database: Database
) -> None:
    with database.unit_of_work() as session:
        people = [make_person(session, name="Jan Jansen") for _ in range(60)]
    address, seen = f"{ACCOUNTS}?zoek=Jansen", []
    while address:
        page = operator.get(address).text
        seen += re.findall(rf'{ACCOUNTS}/(\d+)"', page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = onward[1].replace("&amp;", "&") if onward else ""

    assert list(map(int, seen)) == [person.id for person in people]


def test_closing_puts_somebody_out_at_the_next_request(
    operator: FlaskClient, browse: As, database: Database, office: Office
) -> None:
    theirs, address = browse(office.reader), f"{ACCOUNTS}/{office.reader.person.id}"
    before = theirs.get("/noord/mensen").status_code

    assert operator.post(f"{address}/sluiten").location == address
    assert (before, theirs.get("/noord/mensen").status_code) == (200, 302)
    assert "gesloten" in text_of(operator.get(address))

    operator.post(f"{address}/sluiten")
    operator.post(f"{address}/heropenen")
    operator.post(f"{address}/heropenen")
    assert actions(database) == ["person.closed", "person.reopened"]
    assert browse(office.reader).get("/noord/mensen").status_code == 200


def test_own_account_cannot_be_closed(operator: FlaskClient, database: Database) -> None:
    with database.reading() as session:
        own = session.scalars(select(Person.id).where(Person.is_operator)).one()

    page = operator.get(f"{ACCOUNTS}/{own}").text
    answer = operator.post(f"{ACCOUNTS}/{own}/sluiten")

    assert f"{ACCOUNTS}/{own}/sluiten" not in page
    assert answer.status_code == 422
    assert operator.get(ACCOUNTS).status_code == 200


def test_removing_the_second_factor_signs_out_everywhere(
    operator: FlaskClient, browse: As, database: Database, office: Office
) -> None:
    person_id = office.reader.person.id
    with database.unit_of_work() as session:
        session.get_one(Person, person_id).totp_secret = "B" * 32
        make_recovery_codes(session, person_id=person_id)
    theirs, others = browse(office.reader), browse(office.admin)

    operator.post(f"{ACCOUNTS}/{person_id}/tweede-factor")

    assert [client.get("/account").status_code for client in (theirs, others)] == [302, 200]
    with database.reading() as session:
        assert session.get_one(Person, person_id).totp_secret is None
        assert session.scalars(select(RecoveryCode)).all() == []


def test_account_that_does_not_exist_is_not_found(operator: FlaskClient) -> None:
    assert operator.get(f"{ACCOUNTS}/999").status_code == 404
    for act in ("sluiten", "heropenen", "tweede-factor"):
        assert operator.post(f"{ACCOUNTS}/999/{act}").status_code == 404


def test_page_shows_seats_and_no_secret(
    operator: FlaskClient, database: Database, office: Office
) -> None:
    with database.unit_of_work() as session:
        person = session.get_one(Person, office.reader.person.id)
        person.totp_secret, person.password_hash = "C" * 32, "argon2-of-ruud"

    page = operator.get(f"{ACCOUNTS}/{office.reader.person.id}")

    assert "Regio Noord Weert Functie van Ruud Lezer" in text_of(page)
    assert "Functie van Anke" not in page.text
    assert [word for word in ("C" * 32, "argon2") if word in page.text] == []


def test_page_warns_about_a_region_that_would_miss_an_admin(
    operator: FlaskClient, database: Database, office: Office
) -> None:
    address, warning = f"{ACCOUNTS}/{office.admin.person.id}", "Zonder dit account heeft"
    alone = text_of(operator.get(address))
    with database.unit_of_work() as session:
        sit(session, office.region, office.weert, Role.REGION_ADMIN, "Tweede Beheerder")

    assert f"{warning} Regio Noord geen regiobeheerder." in alone
    assert warning not in text_of(operator.get(address))


def test_closed_admin_is_no_admin_of_the_region(session: Session, clock: SettableClock) -> None:
    office = make_office(session)
    second: Sitting = sit(session, office.region, office.weert, Role.REGION_ADMIN, "Tweede")
    close_account(session, person=second.person, actor=None)
    seats = seats_of(session, office.admin.person.id)

    orphans = regions_without_admin(session, office.admin.person.id, seats=seats)
    reopen_account(session, person=second.person, actor=None)

    assert orphans == ["Regio Noord"]
    assert regions_without_admin(session, office.admin.person.id, seats=seats) == []


def test_service_refuses_to_close_the_actors_own_account(session: Session) -> None:
    office = make_office(session)

    with pytest.raises(InvalidInput):
        close_account(
            session,
            person=office.admin.person,
            actor=actor_of(session, office.admin.person),
        )


def test_list_takes_the_same_few_statements_whatever_the_data(
    app: Flask, operator: FlaskClient, database: Database
) -> None:
    counts = []
    operator.get(ACCOUNTS)
    for more in (0, 3):
        with database.unit_of_work() as session:
            for _number in range(more):
                make_person(session)
        with statements(app) as seen:
            assert operator.get(ACCOUNTS).status_code == 200
        counts.append(len(seen))

    assert counts == [2, 2]
