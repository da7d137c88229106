"""The list of who sits where: searched and paged in the database, and what an admin sees more."""

from __future__ import annotations

import re
from datetime import date, timedelta

from flask import Flask
from flask.testing import FlaskClient

from extranet.access import Role
from extranet.db import Database
from tests.basistaken.tasks import statements
from tests.conftest import SettableClock
from tests.factories import make_body, make_login, make_person, make_seat, make_tenure
from tests.membership.places import text_of
from tests.people.conftest import As
from tests.people.seats import Office, sit

PEOPLE = "/noord/mensen"
TODAY = date(2026, 11, 23)


def names(page: str) -> list[str]:
    """Return the names in the first column, without the days below them."""
    return re.findall(r'<th scope="row">([^<]*)', page.partition('id="invitations"')[0])


def test_search_finds_person_organisation_function_and_body(
    browse: As, database: Database, office: Office
) -> None:
    with database.unit_of_work() as session:
        body = make_body(session, region=office.region, name="Groep 100%")
        seat = make_seat(
            session, region=office.region, organisation=office.venlo, body=body, title="Trekker"
        )
        make_tenure(session, person=make_person(session, name="Ina Wind"), seat=seat)
        make_tenure(
            session,
            person=make_person(session, name="Voor Ganger"),
            seat=seat,
            from_date=date(2019, 1, 1),
            until_date=date(2019, 12, 31),
        )
    client = browse(office.reader)

    found = {
        text: names(client.get(PEOPLE, query_string={"zoek": text}).text)
        for text in ("geraedts", "VENLO", "trekker", "100%", "Voor Ganger", "Kees Anders", "%")
    }

    assert found == {
        "geraedts": ["Ruud Geraedts"],
        "VENLO": ["Anke Verbruggen", "Ina Wind"],
        "trekker": ["Ina Wind"],
        "100%": ["Ina Wind"],
        "Voor Ganger": [],
        "Kees Anders": [],
        "%": ["Ina Wind"],
    }


def test_pages_go_on_where_the_last_one_ended(
    browse: As, database: Database, office: Office
) -> None:
    with database.unit_of_work() as session:
        for number in range(60):
            seat = make_seat(
                session,
                region=office.region,
                organisation=office.weert,
                title=f"Zetel {number // 20}",
            )
            for start in (TODAY, TODAY + timedelta(days=40)):
                make_tenure(
                    session,
                    person=make_person(session, name=f"Persoon {number:02d}"),
                    seat=seat,
                    from_date=start,
                    until_date=start + timedelta(days=20),
                )
    client, address, seen = browse(office.reader), f"{PEOPLE}?zoek=Persoon", []

    for _page in range(2):
        page = client.get(address).text
        seen.append(names(page))
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = onward[1].replace("&amp;", "&") if onward else ""

    assert address == ""
    assert [len(page) for page in seen] == [100, 20]
    assert seen[0] + seen[1] == [f"Persoon {n:02d}" for n in range(60) for _twice in range(2)]


def test_admin_sees_which_account_is_closed_and_others_do_not(
    browse: As, database: Database, office: Office, clock: SettableClock
) -> None:
    with database.unit_of_work() as session:
        shut = sit(session, office.region, office.weert, Role.READER, "Dichte Deur")
        shut.person.disabled_at = clock.now()

    assert text_of(browse(office.admin).get(PEOPLE)).count("account gesloten") == 1
    assert "account gesloten" not in browse(office.reader).get(PEOPLE).text


def test_seat_that_comes_free_can_be_invited_to(
    browse: As, database: Database, office: Office
) -> None:
    client = browse(office.admin)
    link = f"/zetels/{office.reader.seat.id}/uitnodigen"
    before = link in client.get(PEOPLE).text
    with database.unit_of_work() as session:
        session.merge(office.reader.tenure).until_date = date(2026, 12, 31)

    page = client.get(PEOPLE)

    assert (before, link in page.text) == (False, True)
    assert "tot en met 31 december 2026" in text_of(page)


def test_employments_are_counted_over_the_whole_region(
    browse: As, database: Database, office: Office
) -> None:
    with database.unit_of_work() as session:
        session.merge(office.reader.tenure).employment = "hired"
        session.merge(office.stranger.tenure).employment = "hired"

    page = text_of(browse(office.reader).get(f"{PEOPLE}?zoek=anke"))

    assert re.search(r"Vast 1 Inhuur 1 Trainee 0", page)


def test_people_takes_the_same_few_statements_whatever_the_data(
    app: Flask, browse: As, database: Database, office: Office
) -> None:
    client, counts = browse(office.admin), []
    client.get(PEOPLE)

    for more in range(3):
        with database.unit_of_work() as session:
            for number in range(3 * more):
                sit(session, office.region, office.weert, Role.READER, f"Nog {more} {number}")
        with statements(app) as seen:
            assert client.get(PEOPLE).status_code == 200
        counts.append(len(seen))

    assert counts == [4, 4, 4]


def test_account_takes_the_same_few_statements_whatever_the_data(
    app: Flask, client: FlaskClient, browse: As, database: Database, office: Office
) -> None:
    own, counts = browse(office.reader), []
    own.get("/account")

    for more in (0, 3):
        with database.unit_of_work() as session:
            for number in range(more):
                make_login(session, person=office.reader.person)
                seat = make_seat(
                    session,
                    region=office.region,
                    organisation=office.weert,
                    title=f"Nog een {number}",
                )
                make_tenure(session, person=office.reader.person, seat=seat)
        with statements(app) as seen:
            assert own.get("/account").status_code == 200
        counts.append(len(seen))

    assert counts == [2, 2]


def test_sessions_of_an_account_are_paged(browse: As, database: Database, office: Office) -> None:
    own = browse(office.reader)
    with database.unit_of_work() as session:
        for _number in range(60):
            make_login(session, person=office.reader.person)

    first = own.get("/account").text
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    assert onward is not None
    second = own.get(onward[1]).text

    assert [page.count("/beeindigen") for page in (first, second)] == [50 + 1, 10 + 1]
    assert "Dit is hier" not in first
