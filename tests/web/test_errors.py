"""Errors as pages: what happened, what one can do, a way back, and nothing lost."""

from __future__ import annotations

import io
import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from extranet.access import Role
from extranet.web.database import get_database
from tests.web.conftest import Door

pytestmark = pytest.mark.one_database

PAGES = {
    "notfound": (404, "Deze pagina bestaat niet"),
    "notallowed": (403, "Je mag deze pagina niet gebruiken"),
    "invalid": (422, "Dit kan niet"),
    "conflict": (409, "Intussen is er iets veranderd"),
    "stale": (409, "Intussen is er iets veranderd"),
    "toomany": (429, "Te veel pogingen"),
    "unavailable": (503, "Dit werkt nu even niet"),
    "unexpected": (500, "Hier ging iets mis"),
}


@pytest.fixture
def client(probed: Flask) -> FlaskClient:
    """A stranger's browser."""
    return probed.test_client()


def heading(page: str) -> str:
    return re.sub(r"\s+", " ", re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[0]).strip()


def helps(page: str) -> bool:
    """Tell whether a page says what one can do and where one can go."""
    advice = page.partition("<h2>Wat je kunt doen</h2>")[2]
    return "<li>" in advice and 'href="/"' in advice


@pytest.mark.parametrize("kind", PAGES)
def test_error_has_a_page_that_helps(client: FlaskClient, kind: str):
    answer = client.get(f"/proef/fout/{kind}")

    assert (answer.status_code, heading(answer.text)) == PAGES[kind]
    assert helps(answer.text)


def test_error_page_of_somebody_signed_in_keeps_the_menu(door: Door):
    page = door(Role.READER).get("/proef/proef/begroting")

    assert (page.status_code, heading(page.text)) == PAGES["notallowed"]
    assert helps(page.text)
    assert 'href="/proef/"' in page.text


def test_error_page_is_in_the_readers_language(client: FlaskClient):
    client.set_cookie("extranet_locale", "en")

    assert heading(client.get("/bestaat/echt/niet").text) == "This page does not exist"


def test_page_that_came_from_our_own_site_links_back_to_it(client: FlaskClient):
    def way_back(referer: str) -> bool:
        page = client.get("/bestaat/echt/niet", headers={"Referer": referer}).text
        return f'href="{referer}"' in page

    assert way_back("http://localhost/aanmelden")
    assert not way_back("https://elders.example.org/aanmelden")
    assert not way_back("http://localhost.example.org/")


def test_too_many_says_how_long_to_wait(client: FlaskClient):
    answer = client.get("/proef/fout/toomany")

    assert answer.headers["Retry-After"] == "90"
    assert "Probeer het over 2 minuten opnieuw." in answer.text


def test_wrong_method_says_which_ones_are_taken(client: FlaskClient):
    answer = client.delete("/aanmelden")

    assert answer.status_code == 405
    assert heading(answer.text) == "Deze pagina bestaat niet"
    assert helps(answer.text)
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize("as_file", [True, False])
def test_too_large_a_file_is_a_page_in_words(probed: Flask, as_file: bool):  # noqa: FBT001 - a case
    probed.config.update(MAX_CONTENT_LENGTH=1000, WTF_CSRF_ENABLED=True)
    data = {"file": (io.BytesIO(b"x" * 2000), "cijfers.csv")} if as_file else {"name": "x" * 2000}

    answer = probed.test_client().post("/aanmelden", data=data)

    assert (answer.status_code, heading(answer.text)) == (413, "Dit bestand is te groot")
    assert helps(answer.text)


def test_unexpected_error_is_logged_and_tells_nothing(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
):
    answer = client.get("/proef/fout/unexpected")

    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.message == "unexpected error at GET /proef/fout/unexpected"
    assert record.exc_info is not None
    assert "a secret detail" in str(record.exc_info[1])
    assert [w for w in ("Traceback", "RuntimeError", "a secret detail") if w in answer.text] == []


def test_database_that_does_not_answer_is_a_page_for_who_is_signed_in_too(
    door: Door, probed: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    client = door(Role.READER)

    def no_answer() -> None:
        raise ConnectionError("the database is gone")

    with probed.app_context():
        monkeypatch.setattr(get_database(), "reading", no_answer)
    answer = client.get("/proef/proef")

    assert (answer.status_code, heading(answer.text)) == PAGES["unexpected"]
    assert helps(answer.text)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_missing_token_is_a_page_with_what_was_typed_but_no_secrets(probed: Flask):
    probed.config.update(WTF_CSRF_ENABLED=True)

    answer = probed.test_client().post(
        "/aanmelden",
        data={
            "toelichting": "Een lange toelichting <b>",
            "password": "geheim-een",
            "current": "geheim-twee",
            "one_time_code": "geheim-drie",
            "code": "gm:0983",
            "csrf_token": "geheim-vier",
        },
    )

    assert (answer.status_code, heading(answer.text)) == (400, "Deze pagina is verlopen")
    assert helps(answer.text)
    assert "Een lange toelichting &lt;b&gt;" in answer.text
    assert "gm:0983" in answer.text
    assert "geheim" not in answer.text


def test_valid_token_of_another_visitor_is_refused(probed: Flask):
    probed.config.update(WTF_CSRF_ENABLED=True)
    theirs = probed.test_client().get("/aanmelden").text
    (token, *_) = re.findall(r'name="csrf_token" value="([^"]+)"', theirs)

    answer = probed.test_client().post("/aanmelden", data={"csrf_token": token})

    assert answer.status_code == 400


@pytest.mark.parametrize("address", ["/a/%00", "/a/%ff", "/a/" + "a" * 5000, "/a/%0d%0aX:y"])
def test_strange_address_is_a_404(client: FlaskClient, address: str):
    answer = client.get(address)

    assert answer.status_code == 404
    assert "X" not in answer.headers


def test_strange_host_is_no_error_of_ours(client: FlaskClient):
    answer = client.get("/bestaat/echt/niet", headers={"Host": "a b<c>"})

    assert answer.status_code in (400, 404)
