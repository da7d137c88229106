"""Security headers, on every response whatever happened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from extranet.access import Role
from extranet.config import Config
from extranet.web.headers import HEADERS
from tests.conftest import SettableClock, running_app
from tests.web.conftest import Door

pytestmark = pytest.mark.one_database
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
ADDRESSES = {
    "/aanmelden": 200,
    "/proef/deur": 302,
    "/bestaat/echt/niet": 404,
    "/proef/fout/unexpected": 500,
    "/proef/fout/toomany": 429,
    "/static/theme.css": 200,
    "/static/bestaat-niet.css": 404,
    "/.well-known/security.txt": 200,
    "/gezond": 200,
}


def policy_of(answer: TestResponse) -> dict[str, str]:
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


def is_whole(answer: TestResponse) -> bool:
    return {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_has_the_headers(probed: Flask, address: str):
    with probed.test_client().get(address) as answer:
        assert answer.status_code == ADDRESSES[address]
        assert policy_of(answer) == POLICY
        assert is_whole(answer)
        assert (answer.headers["X-Content-Type-Options"], answer.headers["X-Frame-Options"]) == (
            "nosniff",
            "DENY",
        )
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize("method", ["OPTIONS", "DELETE", "TRACE"])
def test_other_methods_have_the_headers_too(probed: Flask, method: str):
    assert is_whole(probed.test_client().open("/aanmelden", method=method))


def test_text_names_its_character_set(probed: Flask):
    client = probed.test_client()
    for address in ("/aanmelden", "/bestaat/echt/niet", "/.well-known/security.txt"):
        assert client.get(address).content_type.endswith("; charset=utf-8")


def test_pages_are_kept_nowhere_and_files_for_long(door: Door):
    client = door(Role.READER)
    found = {}
    for address in ("/proef/", "/proef/proef", "/bestaat/echt/niet", "/static/x.css", "/aanmelden"):
        found[address] = client.get(address).headers["Cache-Control"]
    with client.get("/static/theme.css") as file:
        long = file.headers["Cache-Control"]

    assert found == dict.fromkeys(found, "no-store")
    assert "max-age=31536000" in long


def test_https_has_strict_transport_and_a_host_cookie(config: Config, clock: SettableClock):
    secure = replace(config, base_url="https://extranet.example.org")
    with running_app(secure, clock) as app:
        answer = app.test_client().get("/aanmelden", base_url="https://extranet.example.org")

    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert cookie.startswith("__Host-extranet=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
