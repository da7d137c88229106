"""Who gets which page: the sign-in page, a 404, a 403, or what they asked for."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from extranet.access import Role
from extranet.db import Database
from extranet.membership.models import Seat
from tests.conftest import SettableClock, SignIn
from tests.factories import make_official, make_person, make_region
from tests.web.conftest import Door


def test_stranger_is_sent_to_sign_in_and_comes_back(probed: Flask):
    answer = probed.test_client().get("/proef/proef/begroting?jaar=2027&na=5")

    target = urlsplit(answer.location)
    assert (answer.status_code, target.path) == (302, "/aanmelden")
    assert parse_qs(target.query) == {"next": ["/proef/proef/begroting?jaar=2027&na=5"]}


def test_stranger_who_posts_is_not_sent_back_to_an_address_that_only_takes_posts(probed: Flask):
    answer = probed.test_client().post("/proef/proef/formulier")

    assert (answer.status_code, answer.location) == (302, "/aanmelden")


def test_region_that_exists_and_one_that_does_not_look_the_same_to_a_stranger(probed: Flask):
    answers = [probed.test_client().get(f"/{slug}/proef") for slug in ("proef", "bestaat-niet")]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_another_region_is_a_404_just_as_one_that_does_not_exist(door: Door):
    client = door(Role.REGION_ADMIN)

    pages = [client.get(f"/{slug}/proef") for slug in ("elders", "bestaat-niet")]

    assert [page.status_code for page in pages] == [404, 404]
    assert [page.text.replace("elders", "bestaat-niet") for page in pages] == [pages[1].text] * 2
    assert "Regio Elders" not in pages[0].text


def test_reader_views_and_may_not_edit(door: Door):
    client = door(Role.READER)

    assert client.get("/proef/proef").status_code == 200
    assert client.get("/proef/proef/begroting").status_code == 403


def test_controller_edits(door: Door):
    assert door(Role.CONTROLLER).get("/proef/proef/begroting").status_code == 200


def test_page_of_the_operator_does_not_exist_for_others(door: Door, operator: FlaskClient):
    assert door(Role.REGION_ADMIN).get("/proef/beheer").status_code == 404
    assert operator.get("/proef/beheer").status_code == 200


def test_operator_without_a_seat_has_no_region(operator: FlaskClient, official: Door):
    official(Role.READER)

    assert operator.get("/proef/proef").status_code == 404


def test_view_without_rule_is_closed_even_when_it_came_after_the_boot(probed: Flask):
    answer = probed.test_client().get("/proef/zonder")

    assert answer.status_code == 404
    assert "open to all" not in answer.text


def test_region_is_filled_in_by_itself_in_addresses(probed: Flask):
    with probed.test_request_context("/proef/proef"):
        probed.preprocess_request()

        assert probed.url_for("overview.home") == "/proef/"
        assert probed.url_for("overview.home", region="elders") == "/elders/"
        assert probed.url_for("overview.start") == "/"


def test_seat_that_ended_yesterday_opens_nothing_today(
    probed: Flask, database: Database, sign_in: SignIn, clock: SettableClock
):
    with database.unit_of_work() as session:
        region = make_region(session, slug="proef")
        person = make_official(session, region=region)
    client, today = sign_in(probed.test_client(), person), clock.now().date()
    statuses = []

    for last_day in (None, today, today - timedelta(days=1)):
        with database.unit_of_work() as session:
            session.execute(update(Seat).values(ended_on=last_day))
        statuses.append(client.get("/proef/proef").status_code)

    assert statuses == [200, 200, 404]


def test_closed_account_opens_nothing(
    probed: Flask, database: Database, sign_in: SignIn, clock: SettableClock
):
    with database.unit_of_work() as session:
        person = make_official(session, region=make_region(session, slug="proef"))
    client = sign_in(probed.test_client(), person)
    before = client.get("/proef/proef").status_code

    with database.unit_of_work() as session:
        session.merge(person).disabled_at = clock.now()

    assert (before, client.get("/proef/proef").status_code) == (200, 302)


def test_person_without_any_seat_gets_in_but_into_no_region(
    probed: Flask, database: Database, sign_in: SignIn
):
    with database.unit_of_work() as session:
        make_region(session, slug="proef")
        person = make_person(session)
    client = sign_in(probed.test_client(), person)

    assert client.get("/proef/deur").status_code == 200
    assert client.get("/proef/proef").status_code == 404


def test_forged_cookie_is_a_stranger(probed: Flask):
    client = probed.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "1"

    assert client.get("/proef/deur").status_code == 302
