"""Over https behind a proxy: forms work, and a form from elsewhere does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from extranet.config import Config
from extranet.web.access import public
from tests.conftest import SettableClock, running_app

pytestmark = pytest.mark.one_database

OWN = "https://extranet.example.org"
# What a proxy passes on that was told nothing, and one that is set up as operations.md says.
BARE = {"Host": "127.0.0.1:8000", "X-Forwarded-For": "192.0.2.7"}
TOLD = {
    "Host": "extranet.example.org",
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Proto": "https",
}


@pytest.fixture
def proxied(config: Config, clock: SettableClock) -> Iterator[Flask]:
    """The application behind one proxy, with a view that says where a request came in."""
    with running_app(replace(config, base_url=OWN, trusted_proxies=1), clock) as app:
        place = public(lambda: [request.url, request.remote_addr])
        app.add_url_rule("/proef/plaats", "place", place)
        yield app


@pytest.fixture
def client(proxied: Flask) -> FlaskClient:
    """A browser whose cookies go to the site's own address."""
    return proxied.test_client()


def sign_in(client: FlaskClient, headers: dict[str, str], referer: str) -> TestResponse:
    """Open the sign-in form through the proxy and send it."""
    page = client.get("/aanmelden", base_url=OWN, headers=headers)
    (token, *_) = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)
    data = {"csrf_token": token, "email": "niemand@example.org", "password": "geen idee"}
    return client.post(
        "/aanmelden", base_url=OWN, data=data, headers={**headers, "Referer": referer}
    )


@pytest.mark.parametrize("headers", [BARE, TOLD], ids=["bare", "told"])
def test_form_works_over_https_behind_a_proxy(client: FlaskClient, headers: dict[str, str]):
    answer = sign_in(client, headers, f"{OWN}/aanmelden")

    assert answer.status_code == 422
    assert "Het e-mailadres of het wachtwoord" in answer.text


@pytest.mark.parametrize("referer", ["https://elders.example.org/", "http://127.0.0.1:8000/", ""])
def test_form_from_elsewhere_is_refused(client: FlaskClient, referer: str):
    assert sign_in(client, TOLD, referer).status_code == 400


@pytest.mark.parametrize("headers", [BARE, TOLD], ids=["bare", "told"])
def test_visitor_and_address_are_those_outside(client: FlaskClient, headers: dict[str, str]):
    answer = client.get("/proef/plaats", base_url=OWN, headers=headers)

    assert answer.json == [f"{OWN}/proef/plaats", "192.0.2.7"]


def test_without_proxies_nobody_is_believed(config: Config, clock: SettableClock):
    with running_app(config, clock) as app:
        place = public(lambda: [request.url, request.remote_addr])
        app.add_url_rule("/proef/plaats", "place", place)
        headers = {**TOLD, "X-Forwarded-Host": "elders.example.org"}
        answer = app.test_client().get("/proef/plaats", headers=headers)

    assert answer.json == ["http://extranet.example.org/proef/plaats", "127.0.0.1"]
