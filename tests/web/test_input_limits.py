"""Whatever an address or a form carries, the answer is a page in words, never an error of ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.routing.converters import IntegerConverter

from extranet.access import Role
from extranet.db import Database
from tests.conftest import SignIn
from tests.factories import make_official, make_region

SLUG = "noord"
LARGE = (2**31 - 1, 2**31, 2**63)
QUERIES = ("na", "zoek", "q", "soort", "wie", "staat", "jaar", "versie", "next", "met")
DOORS = ("/aanmelden", "/wachtwoord-vergeten", "/account", "/taal", "/handelen-namens")


@pytest.fixture
def client(app: Flask, database: Database, sign_in: SignIn) -> FlaskClient:
    """Somebody who may open everything: a region admin who is operator too."""
    with database.unit_of_work() as session:
        region = make_region(session, slug=SLUG)
        person = make_official(session, region=region, role=Role.REGION_ADMIN, is_operator=True)
    return sign_in(app.test_client(), person)


def addresses(app: Flask, method: str, number: int, text: str) -> Iterator[str]:
    """Give the address of every route with this number and this text in it."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and method in (rule.methods or ()):
            yield _path(adapter.build(rule.endpoint, _values(rule), method=method), number, text)


def _values(rule: Rule) -> dict[str, object]:
    """Return marks for the parameters of a route that `_path` fills in afterwards."""
    values = {
        name: 987654 if isinstance(rule._converters[name], IntegerConverter) else "MARK"
        for name in rule.arguments
    }
    return values | ({"region": SLUG} if "region" in values else {})


def _path(path: str, number: int, text: str) -> str:
    return path.replace("987654", str(number)).replace("MARK", text)


def test_large_number_in_any_address_is_no_error(app: Flask, client: FlaskClient):
    wrong = [
        (path, status)
        for number in LARGE
        for path in addresses(app, "GET", number, "x")
        if (status := client.get(path, buffered=True).status_code) >= 500
    ]

    assert wrong == []


def test_large_number_posted_to_any_address_is_no_error(app: Flask, client: FlaskClient):
    wrong = [
        (path, status)
        for number in LARGE
        for path in addresses(app, "POST", number, "x")
        if path != "/afmelden" and (status := client.post(path, buffered=True).status_code) >= 500
    ]

    assert wrong == []


def test_nul_in_any_address_is_a_page_that_does_not_exist(app: Flask, client: FlaskClient):
    with_text = [path for path in addresses(app, "GET", 1, "a%00b") if "%00" in path]

    assert len(with_text) > 10
    assert {client.get(path, buffered=True).status_code for path in with_text} == {404}


@pytest.mark.parametrize("value", ["a\0b", str(2**31), str(2**63), "²"])
def test_strange_query_is_no_error(app: Flask, client: FlaskClient, value: str):
    query = dict.fromkeys(QUERIES, value)
    expected = {422} if "\0" in value else {200, 204, 302, 404}

    statuses = {
        client.get(path, query_string=query, buffered=True).status_code
        for path in addresses(app, "GET", 1, "x")
    }

    assert statuses - expected == set()


def test_nul_in_any_form_is_refused_in_words(app: Flask, client: FlaskClient):
    stranger = app.test_client()
    answers = [
        each.post(path, data=data)
        for each in (client, stranger)
        for path in DOORS
        for data in ({"email": "a\0b@example.org", "name": "x"}, {"na\0me": "x"})
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert all("Laat het weg." in answer.text for answer in answers)


def test_largest_key_still_asks_for_a_page(client: FlaskClient):
    first = client.get(f"/{SLUG}/activiteit").text.partition("<main")[2]
    answers = [
        client.get(f"/{SLUG}/activiteit?na={key}").text.partition("<main")[2]
        for key in (2**31 - 1, 2**31)
    ]

    assert answers[1] == first
    assert answers[0] != first
