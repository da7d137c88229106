"""Links in mails: invitations and resets work once, expire, and bear the configured address."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from extranet.access import Role
from extranet.config import Config
from extranet.db import Database
from extranet.membership.models import Seat
from extranet.outbox.models import Mail
from extranet.people.models import Invitation, PasswordReset, Person, Tenure
from extranet.people.services import invitations
from extranet.web.database import get_database
from tests.conftest import SettableClock, SignIn
from tests.factories import make_organisation, make_region, make_seat
from tests.people.doors import OTHER_PASSWORD, PASSWORD, give_password, links, make_colleague

NEWCOMER = "nieuw@example.org"
JOINING = {"name": "Noor Nieuw", "password": PASSWORD}


def make_empty_seat(database: Database) -> Seat:
    """Make a seat that nobody holds."""
    with database.unit_of_work() as session:
        region, organisation = make_region(session), make_organisation(session)
        return make_seat(session, region=region, organisation=organisation, role=Role.CONTACT)


def invite(database: Database, email: str, seat: Seat | None) -> str:
    """Invite somebody and return the path of the link."""
    with database.unit_of_work() as session:
        link = invitations.invite(
            session,
            email=email,
            name="Noor",
            seat=seat,
            actor=None,
            base_url="https://extranet.example/",
            days=14,
        )
    return urlsplit(link).path


def ask_reset(client: FlaskClient, database: Database, email: str) -> str:
    """Ask for a new password and return the path of the newest link."""
    client.post("/wachtwoord-vergeten", data={"email": email})
    return urlsplit(links(database, "wachtwoord-herstellen")[-1]).path


def test_invitation_makes_account_and_tenure_once(client: FlaskClient, database: Database) -> None:
    seat = make_empty_seat(database)
    path = invite(database, NEWCOMER, seat)
    assert seat.title in client.get(path).text
    assert client.post(path, data=JOINING).status_code == 302
    assert client.post(path, data=JOINING).status_code == 404
    with database.reading() as session:
        person = session.scalars(select(Person).where(Person.email == NEWCOMER)).one()
        tenure = session.scalars(select(Tenure)).one()
    assert (person.name, person.is_operator) == ("Noor Nieuw", False)
    assert (tenure.person_id, tenure.seat_id) == (person.id, seat.id)
    assert tenure.from_date == date(2026, 11, 23)


def test_invitation_keeps_only_a_hash_of_its_token(database: Database) -> None:
    path = invite(database, NEWCOMER, None)
    token = path.rsplit("/", 1)[1]
    with database.reading() as session:
        stored = session.scalars(select(Invitation)).one()
    assert len(token) >= 43
    assert token not in stored.token_hash


def test_invitation_expires(client: FlaskClient, database: Database, clock: SettableClock) -> None:
    path = invite(database, NEWCOMER, None)
    clock.advance(days=14)
    assert client.get(path).status_code == 404
    assert client.post(path, data=JOINING).status_code == 404


def test_invitation_stops_when_it_is_withdrawn(client: FlaskClient, database: Database) -> None:
    path = invite(database, NEWCOMER, None)
    with database.unit_of_work() as session:
        session.scalars(select(Invitation)).one().revoked_at = database.clock.now()
    assert client.get(path).status_code == 404


def test_inviting_again_stops_the_first_link(client: FlaskClient, database: Database) -> None:
    seat = make_empty_seat(database)
    first, second = invite(database, NEWCOMER, seat), invite(database, NEWCOMER, seat)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_every_dead_invitation_gives_the_same_answer(
    client: FlaskClient, database: Database, clock: SettableClock
) -> None:
    path = invite(database, NEWCOMER, None)
    clock.advance(days=14)
    assert said(client.get(path)) == said(client.get("/uitnodiging/never-existed"))


def test_used_links_say_so_and_where_to_sign_in(
    client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    invitation = invite(database, NEWCOMER, make_empty_seat(database))
    client.post(invitation, data=JOINING)
    reset = ask_reset(client, database, NEWCOMER)
    client.post(reset, data={"password": OTHER_PASSWORD})

    for path in (invitation, reset, "/wachtwoord-herstellen/never-existed"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "<h1" in answer.text
        assert "Deze link werkt niet meer" in said(answer)
        assert 'href="/aanmelden"' in answer.text
        assert NEWCOMER not in answer.text


def said(answer: TestResponse) -> str:
    """Return what a page says in its main part; a form around it carries a token of its own."""
    return answer.text.partition("<main")[2].partition("</main>")[0]


def test_link_alone_gives_nothing_to_an_account_that_exists(
    client: FlaskClient, database: Database
) -> None:
    known = make_colleague(database)
    path = invite(database, known.email, None)
    assert client.post(path, data=JOINING).status_code == 409
    assert client.post(f"{path}/aannemen").location == "/aanmelden"
    with database.reading() as session:
        assert session.get_one(Person, known.id).is_operator is False


def test_owner_of_the_account_accepts_signed_in(
    client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    known, seat = make_colleague(database), make_empty_seat(database)
    path = invite(database, known.email, seat)
    sign_in(client, known)
    assert client.post(f"{path}/aannemen").status_code == 302
    with database.reading() as session:
        seats = session.scalars(select(Tenure.seat_id).where(Tenure.person_id == known.id)).all()
    assert seat.id in seats


def test_somebody_else_cannot_accept(
    client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    known, other = make_colleague(database), make_colleague(database)
    path = invite(database, known.email, None)
    sign_in(client, other)
    assert client.post(f"{path}/aannemen").status_code == 403
    with database.reading() as session:
        assert session.get_one(Person, other.id).is_operator is False
        assert session.scalars(select(Invitation)).one().accepted_at is None


@pytest.mark.parametrize("password", ["kort", "aaaaaaaaaaaaaa", "123456789012", "Noor2026noor!"])
def test_invitation_refuses_a_weak_password(
    client: FlaskClient, database: Database, password: str
) -> None:
    path = invite(database, NEWCOMER, None)
    assert client.post(path, data={**JOINING, "password": password}).status_code == 422
    assert client.post(path, data=JOINING).status_code == 302


def test_reset_answers_alike_with_and_without_account(
    app: Flask, client: FlaskClient, database: Database
) -> None:
    known = make_colleague(database)
    with app.app_context():
        engine = get_database().engine
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    pages, counts = set(), set()
    for email in (known.email, "niemand@example.org"):
        statements.clear()
        page = client.post("/wachtwoord-vergeten", data={"email": email}).text
        # A token says in which second it was made.
        pages.add(re.sub(r'name="csrf_token"[^>]*', "", page))
        counts.add(len(statements))
    assert len(pages) == 1
    assert len(counts) == 1
    assert len(links(database, "wachtwoord-herstellen")) == 1


def test_reset_sets_the_password_once_and_keeps_the_second_factor(
    client: FlaskClient, database: Database
) -> None:
    known = make_colleague(database, totp_secret="A" * 32)
    path = ask_reset(client, database, known.email)
    assert client.post(path, data={"password": OTHER_PASSWORD}).status_code == 302
    assert client.post(path, data={"password": PASSWORD}).status_code == 404
    assert give_password(client, known.email).status_code == 422
    assert give_password(client, known.email, OTHER_PASSWORD).location == "/aanmelden/code"


def test_reset_ends_every_session(
    client: FlaskClient, database: Database, sign_in: SignIn, app: Flask
) -> None:
    known = make_colleague(database)
    sign_in(client, known)
    stranger = app.test_client()
    stranger.post(ask_reset(stranger, database, known.email), data={"password": OTHER_PASSWORD})
    assert client.get("/account").status_code == 302


def test_reset_expires(client: FlaskClient, database: Database, clock: SettableClock) -> None:
    path = ask_reset(client, database, make_colleague(database).email)
    clock.advance(minutes=10)
    assert client.get(path).status_code == 404
    assert client.post(path, data={"password": OTHER_PASSWORD}).status_code == 404


def test_new_password_stops_the_other_links(client: FlaskClient, database: Database) -> None:
    known = make_colleague(database)
    first = ask_reset(client, database, known.email)
    second = ask_reset(client, database, known.email)
    client.post(second, data={"password": OTHER_PASSWORD})
    assert client.get(first).status_code == 404


def test_link_is_kept_in_the_mail_no_longer_than_it_works(
    client: FlaskClient, database: Database
) -> None:
    known = make_colleague(database)
    ask_reset(client, database, known.email)
    invite(database, NEWCOMER, None)
    with database.reading() as session:
        kept = session.scalars(select(Mail.kept_until).order_by(Mail.id)).all()
        reset = session.scalars(select(PasswordReset.expires_at)).one()
        invitation = session.scalars(select(Invitation.expires_at)).one()
    assert kept == [reset, invitation]


def test_mail_bears_the_configured_address(
    client: FlaskClient, database: Database, config: Config
) -> None:
    known = make_colleague(database)
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    client.post("/wachtwoord-vergeten", data={"email": known.email}, headers=headers)
    link = links(database, "wachtwoord-herstellen")[0]
    assert link.startswith(f"{config.base_url}/wachtwoord-herstellen/")
