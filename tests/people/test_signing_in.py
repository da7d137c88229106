"""Signing in: equal answers, slow guessing, a fresh session, and no lock while hashing."""

from __future__ import annotations

from collections.abc import Callable

import argon2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from extranet.db import Database
from extranet.people.models import LoginSession, Person
from extranet.people.services import accounts
from extranet.web.database import get_database
from tests.conftest import SettableClock
from tests.people.doors import OTHER_PASSWORD, PASSWORD, give_password, make_colleague

STRANGER = "niemand@example.org"


def test_refuses_unknown_wrong_and_closed_alike(client: FlaskClient, database: Database) -> None:
    known, closed = make_colleague(database), make_colleague(database)
    with database.unit_of_work() as session:
        person = session.get_one(Person, closed.id)
        accounts.close_account(session, person=person, actor=None)
    answers = set()
    for email, password in (
        (known.email, OTHER_PASSWORD),
        (STRANGER, OTHER_PASSWORD),
        (closed.email, PASSWORD),
    ):
        answer = give_password(client, email, password)
        answers.add((answer.status_code, answer.text.replace(email, "")))
    assert len(answers) == 1
    assert {status for status, _page in answers} == {422}


def test_checks_one_password_whether_or_not_the_account_exists(
    client: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = make_colleague(database)
    calls: list[str] = []
    real = argon2.PasswordHasher.verify

    def counted(hasher: argon2.PasswordHasher, stored: str, password: str) -> bool:
        calls.append(stored)
        return real(hasher, stored, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counted)
    give_password(client, known.email, OTHER_PASSWORD)
    give_password(client, STRANGER, OTHER_PASSWORD)
    assert len(calls) == 2


def test_checks_the_password_outside_a_transaction(
    app: Flask, client: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = make_colleague(database)
    with app.app_context():
        engine = get_database().engine
    writing = [0]
    seen: list[int] = []
    event.listen(engine, "begin", lambda _c: writing.__setitem__(0, writing[0] + 1))
    event.listen(engine, "commit", lambda _c: writing.__setitem__(0, writing[0] - 1))
    real = argon2.PasswordHasher.verify

    def watched(hasher: argon2.PasswordHasher, stored: str, password: str) -> bool:
        seen.append(writing[0])
        return real(hasher, stored, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", watched)
    give_password(client, known.email)
    assert seen == [0]


def test_refuses_an_empty_form_in_words(client: FlaskClient) -> None:
    answer = give_password(client, "", "")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_slows_guessing_at_one_account_down(client: FlaskClient, database: Database) -> None:
    known = make_colleague(database)
    statuses = [give_password(client, known.email, OTHER_PASSWORD).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    last = give_password(client, known.email, PASSWORD)
    assert last.status_code == 429
    assert int(last.headers["Retry-After"]) == 15 * 60


def test_slows_guessing_at_a_stranger_down_alike(client: FlaskClient) -> None:
    statuses = [give_password(client, STRANGER, OTHER_PASSWORD).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_slows_guessing_from_one_address_down(client: FlaskClient) -> None:
    tried = [f"persoon{n}@example.com" for n in range(101)]
    statuses = [give_password(client, email, OTHER_PASSWORD).status_code for email in tried]
    assert statuses == [422] * 100 + [429]


def test_lets_in_again_when_the_window_has_passed(
    client: FlaskClient, database: Database, clock: SettableClock
) -> None:
    known = make_colleague(database)
    for _ in range(11):
        give_password(client, known.email, OTHER_PASSWORD)
    clock.advance(minutes=15)
    assert give_password(client, known.email).status_code == 302


def test_success_does_not_use_the_limits_up(client: FlaskClient, database: Database) -> None:
    known = make_colleague(database)
    assert {give_password(client, known.email).status_code for _ in range(110)} == {302}


def test_starts_with_a_fresh_cookie(client: FlaskClient, database: Database) -> None:
    known = make_colleague(database)
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    give_password(client, known.email)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie


def test_keeps_only_a_hash_of_the_session_token(client: FlaskClient, database: Database) -> None:
    known = make_colleague(database)
    give_password(client, known.email)
    with client.session_transaction() as cookie:
        token = cookie["pending"]
    with database.reading() as session:
        stored = session.scalars(select(LoginSession.token_hash)).one()
    assert len(token) >= 43
    assert token not in stored


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_never_leads_to_another_site(client: FlaskClient, database: Database, target: str) -> None:
    page = client.get("/aanmelden", query_string={"next": target})
    assert '<input id="next" name="next" type="hidden" value="">' in page.text
    known = make_colleague(database)
    data = {"email": known.email, "password": PASSWORD, "next": target}
    client.post("/aanmelden", data=data)
    with client.session_transaction() as cookie:
        assert cookie["next"] == ""


def test_refuses_a_form_without_token(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = give_password(app.test_client(), STRANGER)
    assert answer.status_code == 400
    assert "<h1" in answer.text


def test_renews_a_hash_with_older_settings(
    client: FlaskClient, database: Database, make_hash: Callable[[str], str]
) -> None:
    known = make_colleague(database)
    old = make_hash(PASSWORD)
    with database.unit_of_work() as session:
        session.get_one(Person, known.id).password_hash = old
    assert give_password(client, known.email).status_code == 302
    with database.reading() as session:
        renewed = session.get_one(Person, known.id).password_hash
    assert renewed != old
    assert give_password(client, known.email).status_code == 302


@pytest.fixture
def make_hash() -> Callable[[str], str]:
    """Hash with fewer passes than today's settings."""
    return argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash
