"""Pages of the site itself, and where somebody may be sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from extranet import migrations
from extranet.db import Database
from extranet.web.pages import safe_target
from extranet.web.paging import Page, asked_key, page_of
from tests.backends import Backend
from tests.conftest import SettableClock, SignIn, make_config, running_app
from tests.factories import make_person

HOME = "https://extranet.example.org"


@pytest.mark.parametrize("target", ["/", "/nml/", "/nml/bijdragen?jaar=2027#venray", "/a/../b"])
def test_path_of_this_site_is_safe(target: str):
    assert safe_target(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "nml/",
        "//elders.example.org",
        "///elders.example.org",
        "/\\elders.example.org",
        "\\\\elders.example.org",
        "https://elders.example.org",
        "https:elders.example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        " //elders.example.org",
        "\t//elders.example.org",
        "/\t/elders.example.org",
        "/\n/elders.example.org",
        "/\r\nSet-Cookie: x=y",
        "/a\\..\\elders.example.org",
        "/\x00",
    ],
)
def test_anything_else_is_not_safe(target: str | None):
    assert safe_target(target) is None


PIECES = st.sampled_from(["/", "//", "\\", ":", "@", "?", "#", ".", "..", "\t", "\n", "%2f", "%5c"])
WORDS = st.sampled_from(["https", "elders.example.org", "javascript", "nml", "[::1]", "["])


@given(st.lists(PIECES | WORDS | st.text(max_size=3), max_size=8).map("".join))
def test_safe_target_never_leaves_the_site(target: str):
    found = safe_target(target)

    # A browser drops tabs and line breaks and reads a backslash as a slash.
    read = target.translate({9: None, 10: None, 13: None, 92: "/"}).strip()
    if found is not None:
        assert found == target
        assert urlsplit(urljoin(HOME, read)).netloc == urlsplit(HOME).netloc


@pytest.mark.one_database
def test_language_is_remembered_and_leads_back(client: FlaskClient):
    answer = client.post("/taal", data={"locale": "en", "next": "/wachtwoord-vergeten?a=b"})

    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert (answer.status_code, answer.location) == (302, "/wachtwoord-vergeten?a=b")
    assert {"extranet_locale=en", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert '<html lang="en">' in client.get("/aanmelden").text


@pytest.mark.one_database
@pytest.mark.parametrize("language", ["xx", "", "nl; Domain=example.org"])
def test_unknown_language_is_not_remembered(client: FlaskClient, language: str):
    answer = client.post("/taal", data={"locale": language, "next": "//elders.example.org"})

    assert (answer.location, answer.headers.getlist("Set-Cookie")) == ("/", [])
    assert '<html lang="nl">' in client.get("/aanmelden").text


@pytest.mark.one_database
def test_cookie_with_nonsense_reads_as_dutch(client: FlaskClient):
    client.set_cookie("extranet_locale", "../../etc")

    assert '<html lang="nl">' in client.get("/aanmelden").text


def test_language_of_the_account_goes_before_the_cookie(
    client: FlaskClient, database: Database, sign_in: SignIn
):
    with database.unit_of_work() as session:
        person = make_person(session, locale="en")
    sign_in(client, person).set_cookie("extranet_locale", "nl")

    assert '<html lang="en">' in client.get("/account").text


def test_health_asks_the_database(client: FlaskClient):
    answer = client.get("/gezond")

    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


@pytest.mark.parametrize("revision", [None, "0001"])
def test_site_without_the_right_schema_is_not_healthy(
    backend: Backend, tmp_path: Path, clock: SettableClock, revision: str | None
):
    with backend.empty() as url:
        database = Database(url)
        if revision is not None:
            migrations.upgrade(database, revision)
        with running_app(make_config(url, tmp_path), clock) as app:
            early = app.test_client().get("/gezond")
            migrations.upgrade(database)
            late = app.test_client().get("/gezond")
        database.dispose()

    assert (early.status_code, late.status_code) == (503, 200)
    assert early.json == {"status": "the database schema is not the one that this version needs"}


@pytest.mark.one_database
def test_security_contact_is_valid_for_less_than_a_year(client: FlaskClient, clock: SettableClock):
    answer = client.get("/.well-known/security.txt")

    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())
    expires = datetime.fromisoformat(lines["Expires"])
    assert answer.content_type == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:security@localhost"
    assert lines["Preferred-Languages"] == "nl, en"
    assert timedelta(days=30) < expires - clock.now() < timedelta(days=365)


@pytest.mark.one_database
@pytest.mark.parametrize("address", ["/toegankelijkheid", "/privacy"])
def test_statement_is_open_to_everybody(client: FlaskClient, address: str):
    assert client.get(address).status_code == 200


def test_page_knows_whether_more_follows():
    assert page_of([], [], size=2) == Page([], None)
    assert page_of(["a", "b"], [1, 2], size=2) == Page(["a", "b"], None)
    assert page_of(["a", "b", "c"], [1, 2, 3], size=2) == Page(["a", "b"], 2)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5", 5),
        ("0", 0),
        (str(2**31 - 1), 2**31 - 1),
        (str(2**31), None),
        ("9" * 5000, None),
        ("", None),
        ("-5", None),
        ("5.0", None),
        ("²", None),
        ("x", None),
    ],
)
def test_asked_key_is_a_number_or_the_first_page(app: Flask, text: str, wanted: int | None):
    with app.test_request_context("/", query_string={"na": text}):
        assert asked_key() == wanted


@pytest.mark.one_database
@pytest.mark.parametrize("address", ["/", "/aanmelden", "/privacy", "/bestaat/echt/niet"])
def test_every_page_of_the_demo_says_that_it_is_made_up(demo_app: Flask, address: str):
    assert "Voorbeeldgegevens" in demo_app.test_client().get(address).text


@pytest.mark.one_database
def test_page_outside_the_demo_says_nothing_of_examples(client: FlaskClient):
    assert "Voorbeeldgegevens" not in client.get("/").text
