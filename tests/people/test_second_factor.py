"""The second factor: led to before anything else, codes that work once, recovery codes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from extranet.app import create_app
from extranet.db import Database
from extranet.errors import InvalidInput
from extranet.people.models import Person
from extranet.people.services import second_factor
from extranet.web.database import get_database
from tests.conftest import SettableClock, SignIn, make_config
from tests.people.doors import (
    PASSWORD,
    codes_of,
    give_code,
    give_password,
    make_colleague,
    offered_secret,
    recovery_codes,
)


def set_up(client: FlaskClient, person: Person, clock: SettableClock) -> tuple[str, list[str]]:
    """Sign in for the first time; return the secret and the recovery codes."""
    give_password(client, person.email)
    secret = offered_secret(client.get("/aanmelden/code").text)
    page = give_code(client, codes_of(secret).at(clock.now()))
    return secret, recovery_codes(page.text)


def test_password_alone_opens_nothing(client: FlaskClient, database: Database) -> None:
    give_password(client, make_colleague(database).email)
    answer = client.get("/account")
    assert (answer.status_code, answer.location) == (302, "/aanmelden?next=/account")


def test_set_up_opens_the_account_and_shows_ten_codes(
    client: FlaskClient, database: Database, clock: SettableClock
) -> None:
    _secret, codes = set_up(client, make_colleague(database), clock)
    assert len(set(codes)) == 10
    assert client.get("/account").status_code == 200


def test_page_to_set_up_has_no_inline_style(client: FlaskClient, database: Database) -> None:
    give_password(client, make_colleague(database).email)
    page = client.get("/aanmelden/code").text
    assert "<svg" in page
    assert " style=" not in page


def test_session_token_changes_with_the_second_factor(
    client: FlaskClient, database: Database, clock: SettableClock
) -> None:
    person = make_colleague(database)
    give_password(client, person.email)
    with client.session_transaction() as cookie:
        before = cookie["pending"]
    secret = offered_secret(client.get("/aanmelden/code").text)
    give_code(client, codes_of(secret).at(clock.now()))
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != before
        assert "pending" not in cookie


def test_code_works_once(client: FlaskClient, database: Database, clock: SettableClock) -> None:
    person = make_colleague(database)
    secret, _codes = set_up(client, person, clock)
    used = codes_of(secret).at(clock.now())
    give_password(client, person.email)
    assert give_code(client, used).status_code == 422
    clock.advance(seconds=30)
    assert give_code(client, codes_of(secret).at(clock.now())).status_code == 302


def test_code_lives_as_long_as_the_app_shows_it(
    client: FlaskClient, database: Database, clock: SettableClock
) -> None:
    person = make_colleague(database)
    secret, _codes = set_up(client, person, clock)
    clock.advance(minutes=5)
    code = codes_of(secret).at(clock.now())
    after = codes_of(secret).at(clock.now() + timedelta(seconds=30))
    give_password(client, person.email)
    statuses = [give_code(client, after).status_code]
    clock.advance(seconds=30)
    statuses.append(give_code(client, code).status_code)
    clock.advance(seconds=-1)
    statuses.append(give_code(client, code).status_code)
    assert statuses == [422, 422, 302]


def test_recovery_code_works_once_however_it_is_typed(
    client: FlaskClient, database: Database, clock: SettableClock
) -> None:
    person = make_colleague(database)
    _secret, codes = set_up(client, person, clock)
    typed = codes[0].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    give_password(client, person.email)
    assert give_code(client, typed).status_code == 302
    give_password(client, person.email)
    assert give_code(client, codes[0]).status_code == 422
    assert give_code(client, codes[1]).status_code == 302


def test_recovery_code_of_somebody_else_is_refused(
    client: FlaskClient, database: Database, clock: SettableClock
) -> None:
    _secret, codes = set_up(client, make_colleague(database), clock)
    other = make_colleague(database)
    set_up(client, other, clock)
    give_password(client, other.email)
    assert give_code(client, codes[0]).status_code == 422


def test_guessing_codes_is_slowed_down(
    client: FlaskClient, database: Database, clock: SettableClock
) -> None:
    person = make_colleague(database)
    set_up(client, person, clock)
    give_password(client, person.email)
    assert [give_code(client, "000000").status_code for _ in range(7)] == [422] * 6 + [429]


def test_step_of_the_password_lasts_a_quarter_of_an_hour(
    client: FlaskClient, database: Database, clock: SettableClock
) -> None:
    person = make_colleague(database)
    secret, _codes = set_up(client, person, clock)
    give_password(client, person.email)
    clock.advance(minutes=15)
    answer = give_code(client, codes_of(secret).at(clock.now()))
    assert answer.location == "/aanmelden"


def test_another_phone_needs_the_password(
    client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    sign_in(client, make_colleague(database))
    assert client.get("/account/tweede-factor/nieuw").location == "/account/tweede-factor"
    wrong = client.post("/account/tweede-factor", data={"current": "not this one"})
    assert wrong.status_code == 422
    assert client.get("/account/tweede-factor/nieuw").location == "/account/tweede-factor"


def test_another_phone_replaces_the_first_and_signs_out_elsewhere(
    app: Flask, client: FlaskClient, database: Database, clock: SettableClock
) -> None:
    person = make_colleague(database)
    first, _codes = set_up(client, person, clock)
    elsewhere = app.test_client()
    clock.advance(seconds=30)
    give_password(elsewhere, person.email)
    give_code(elsewhere, codes_of(first).at(clock.now()))
    client.post("/account/tweede-factor", data={"current": PASSWORD})
    second = offered_secret(client.get("/account/tweede-factor/nieuw").text)
    code = codes_of(second).at(clock.now())
    answer = client.post("/account/tweede-factor/nieuw", data={"one_time_code": code})
    assert len(recovery_codes(answer.text)) == 10
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302


def test_new_recovery_codes_end_the_old_ones(
    client: FlaskClient, database: Database, clock: SettableClock
) -> None:
    person = make_colleague(database)
    _secret, old = set_up(client, person, clock)
    page = client.post("/account/herstelcodes", data={"current": PASSWORD})
    new = recovery_codes(page.text)
    give_password(client, person.email)
    assert give_code(client, old[0]).status_code == 422
    assert give_code(client, new[0]).status_code == 302


def test_two_requests_cannot_both_use_one_code(database: Database, clock: SettableClock) -> None:
    person = make_colleague(database)
    secret = second_factor.new_secret()
    with database.unit_of_work() as session:
        stored = session.get_one(Person, person.id)
        code = codes_of(secret).at(clock.now())
        second_factor.set_up(session, person=stored, secret=secret, code=code)
    clock.advance(seconds=30)
    code = codes_of(secret).at(clock.now())
    with database.reading() as session:
        stale = session.get_one(Person, person.id)
    with database.unit_of_work() as session:
        second_factor.verify(session, person=stale, code=code)
    with pytest.raises(InvalidInput), database.unit_of_work() as session:
        second_factor.verify(session, person=stale, code=code)


def test_demo_needs_no_second_factor(
    database: Database,
    database_url: str,
    clock: SettableClock,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    config = make_config(database_url, tmp_path_factory.mktemp("demo"), demo=True)
    app = create_app(config, clock=clock)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    give_password(client, make_colleague(database).email)
    assert client.get("/account").status_code == 200
    with app.app_context():
        get_database().dispose()


def test_account_without_a_second_factor_offers_to_set_one_up(
    client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    sign_in(client, make_colleague(database))
    assert link_to_the_factor(client) == "Instellen"

    sign_in(client, make_colleague(database, totp_secret="A" * 32))
    assert link_to_the_factor(client) == "Andere telefoon of nieuwe herstelcodes"


def link_to_the_factor(client: FlaskClient) -> str:
    found = re.search(r'href="/account/tweede-factor">(.*?)<', client.get("/account").text)
    assert found is not None
    return found[1]
