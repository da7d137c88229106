"""Sessions: what ends one ends it at the next request; the list, the language, acting for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from extranet.db import Database
from extranet.membership.models import Region, Seat
from extranet.people.models import LoginSession, Person, Tenure
from extranet.people.queries import find_actor
from extranet.people.services import accounts, tenures
from tests.conftest import SettableClock, SignIn, make_config, running_app
from tests.factories import make_login, make_organisation, make_seat, make_tenure
from tests.people.doors import OTHER_PASSWORD, PASSWORD, give_password, make_colleague

Ending = Callable[[Database, Person, SettableClock], None]


def close(database: Database, person: Person, _clock: SettableClock) -> None:
    with database.unit_of_work() as session:
        found = session.get_one(Person, person.id)
        accounts.close_account(session, person=found, actor=None)


def end_the_tenure(database: Database, person: Person, clock: SettableClock) -> None:
    with database.unit_of_work() as session:
        tenure = session.scalars(select(Tenure).where(Tenure.person_id == person.id)).one()
        actor = find_actor(session, make_login(session, person=person))
        assert actor is not None
        tenures.end_tenure(
            session,
            actor=actor,
            tenure=tenure,
            seat=session.get_one(Seat, tenure.seat_id),
            until=clock.now().date() - timedelta(days=1),
        )


def let_it_expire(_database: Database, _person: Person, clock: SettableClock) -> None:
    clock.advance(hours=8)


def do_nothing_for_an_hour(_database: Database, _person: Person, clock: SettableClock) -> None:
    clock.advance(hours=1)


@pytest.mark.parametrize("ending", [close, end_the_tenure, let_it_expire, do_nothing_for_an_hour])
def test_ends_at_the_next_request(
    client: FlaskClient,
    database: Database,
    sign_in: SignIn,
    clock: SettableClock,
    ending: Ending,
) -> None:
    person = make_colleague(database)
    sign_in(client, person)
    assert client.get("/account").status_code == 200
    ending(database, person, clock)
    assert client.get("/account").status_code == 302


def test_region_is_gone_the_day_after_the_last_one(
    database: Database, clock: SettableClock
) -> None:
    person = make_colleague(database)
    with database.unit_of_work() as session:
        token = make_login(session, person=person)
        session.execute(update(LoginSession).values(expires_at=clock.now() + timedelta(days=3)))
        session.execute(update(LoginSession).values(last_used_at=clock.now() + timedelta(days=2)))
        session.execute(update(Tenure).values(until_date=clock.now().date()))
    seats = []
    for _day in range(2):
        with database.reading() as session:
            actor = find_actor(session, token)
            assert actor is not None
            seats.append(len(actor.seats))
        clock.advance(days=1)
    assert seats == [1, 0]


def test_new_password_signs_out_everywhere_else(
    app: Flask, client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    person = make_colleague(database)
    elsewhere = sign_in(app.test_client(), person)
    sign_in(client, person)
    data = {"current": PASSWORD, "password": OTHER_PASSWORD}
    assert client.post("/account/wachtwoord", data=data).status_code == 302
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302


def test_guessing_the_present_password_is_slowed_down(
    client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    sign_in(client, make_colleague(database))
    data = {"current": "not this one", "password": OTHER_PASSWORD}
    statuses = [client.post("/account/wachtwoord", data=data).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_sign_out_ends_the_session_for_a_kept_cookie(
    app: Flask, client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    sign_in(client, make_colleague(database))
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    assert client.post("/afmelden").location == "/aanmelden"
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(kept)
    assert thief.get("/account").status_code == 302


def test_ends_one_or_all_others_but_never_somebody_elses(
    app: Flask, client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    person, other = make_colleague(database), make_colleague(database)
    one, two = (sign_in(app.test_client(), person) for _ in range(2))
    theirs = sign_in(app.test_client(), other)
    sign_in(client, person)
    with database.reading() as session:
        ids = session.scalars(select(LoginSession.id).order_by(LoginSession.id)).all()
    assert client.post(f"/account/sessies/{ids[2]}/beeindigen").status_code == 404
    client.post(f"/account/sessies/{ids[0]}/beeindigen")
    open_after_one = [each.get("/account").status_code for each in (one, two, client)]
    client.post("/account/sessies/beeindigen")
    open_after_all = [each.get("/account").status_code for each in (two, client, theirs)]
    assert (open_after_one, open_after_all) == ([302, 200, 200], [302, 200, 200])


def test_signing_in_again_ends_the_session_that_the_browser_had(
    app: Flask, client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    person, other = make_colleague(database), make_colleague(database)
    elsewhere = sign_in(app.test_client(), person)
    sign_in(client, person)
    with client.session_transaction() as cookie:
        former = cookie["_user_id"]

    give_password(client, other.email)

    assert elsewhere.get("/account").status_code == 200
    with database.reading() as session:
        assert find_actor(session, former) is None


def test_password_again_ends_the_wait_for_a_code(client: FlaskClient, database: Database) -> None:
    person = make_colleague(database)
    for _time in range(3):
        give_password(client, person.email)

    with database.reading() as session:
        waiting = select(LoginSession).where(LoginSession.ended_at.is_(None))
        assert len(session.scalars(waiting).all()) == 1


def test_last_use_is_written_at_most_every_five_minutes(
    client: FlaskClient, database: Database, sign_in: SignIn, clock: SettableClock
) -> None:
    sign_in(client, make_colleague(database))
    start = clock.now()
    written = []
    for _request in range(4):
        client.get("/account")
        with database.reading() as session:
            written.append(session.scalars(select(LoginSession.last_used_at)).one() - start)
        clock.advance(minutes=2)
    assert [moment.seconds // 60 for moment in written] == [0, 0, 0, 6]


@pytest.mark.parametrize("minutes", [5, 15, 60])
def test_who_keeps_working_stays_and_who_stops_is_out_in_time(
    database: Database,
    database_url: str,
    clock: SettableClock,
    sign_in: SignIn,
    tmp_path: Path,
    minutes: int,
) -> None:
    config = replace(make_config(database_url, tmp_path), idle_minutes=minutes)
    with running_app(config, clock) as app:
        client = sign_in(app.test_client(), make_colleague(database))
        working = []
        for _request in range(12):
            clock.advance(seconds=minutes * 60 * 0.4)
            working.append(client.get("/account/aanwezig").status_code)
        clock.advance(seconds=minutes * 60 * 0.9 - 1)
        late = client.get("/account").status_code
        clock.advance(minutes=minutes)
        over = client.get("/account").status_code
    assert (working, late, over) == ([204] * 12, 200, 302)


def test_list_of_sessions_leaves_out_the_idle_ones(
    app: Flask, client: FlaskClient, database: Database, clock: SettableClock, sign_in: SignIn
) -> None:
    person = make_colleague(database)
    sign_in(app.test_client(), person)
    clock.advance(hours=1)
    page = sign_in(client, person).get("/account").text
    assert page.count("Dit is hier") == 1
    assert "/beeindigen" not in page


def test_language_of_the_account_follows_the_switch(
    client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    sign_in(client, make_colleague(database))
    page = client.get("/account").text
    assert 'action="/account/taal"' in page
    answer = client.post("/account/taal", data={"locale": "en", "next": "//evil.example"})
    assert answer.location == "/account"
    assert '<html lang="en">' in client.get("/account").text


def test_own_data_holds_no_secret_and_nobody_else(
    client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    person = make_colleague(database, totp_secret="B" * 32)
    other = make_colleague(database)
    sign_in(client, person)
    text = client.get("/account/mijn-gegevens").text
    data = json.loads(text)
    assert (data["email"], len(data["seats"]), len(data["sessions"])) == (person.email, 1, 1)
    secrets = ("B" * 32, "argon2", "token", other.email, other.name + '"')
    assert [secret for secret in secrets if secret in text] == []


def test_acting_for_needs_a_seat_there(
    client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    person, other = make_colleague(database), make_colleague(database)
    with database.reading() as session:
        theirs = _place(session, other)
    sign_in(client, person)
    for choice in (theirs, "", "regio:", f"{theirs.partition(':')[0]}:99999999999", "x:²"):
        assert client.post("/handelen-namens", data={"choice": choice}).status_code == 404


def test_acting_for_another_organisation_stays_in_the_region(
    client: FlaskClient, database: Database, sign_in: SignIn
) -> None:
    person = make_colleague(database)
    with database.unit_of_work() as session:
        seat = session.scalars(select(Seat)).one()
        second = make_organisation(session)
        added = make_seat(
            session, region=session.get_one(Region, seat.region_id), organisation=second
        )
        make_tenure(session, person=person, seat=added)
        slug = _place(session, person).partition(":")[0]
    sign_in(client, person)
    home = f"/{slug}/"
    for target, expected in (
        (f"/{slug}/leden", f"/{slug}/leden"),
        ("/another/leden", home),
        ("//evil.example/", home),
    ):
        data = {"choice": f"{slug}:{second.id}", "next": target}
        assert client.post("/handelen-namens", data=data).location == expected
    with database.reading() as session:
        assert session.scalars(select(LoginSession.acting_organisation_id)).one() == second.id


def _place(session: Session, person: Person) -> str:
    """Return the region and organisation of somebody's first seat, as the form sends them."""
    row = session.execute(
        select(Region.slug, Seat.organisation_id)
        .join(Seat, Seat.region_id == Region.id)
        .join(Tenure, Tenure.seat_id == Seat.id)
        .where(Tenure.person_id == person.id)
        .order_by(Seat.id)
    ).first()
    assert row is not None
    return f"{row.slug}:{row.organisation_id}"
