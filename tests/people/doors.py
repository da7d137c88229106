"""What the tests of the doors share: somebody with a password, and the steps they take."""

from __future__ import annotations

import re

import pyotp
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from extranet.access import Role
from extranet.db import Database
from extranet.outbox.models import Mail
from extranet.people.models import Person
from extranet.people.services.passwords import hash_password
from tests.factories import make_official, make_region

PASSWORD = "vrijdag fietsen wij naar Arcen"
OTHER_PASSWORD = "zondag zwemmen we in de Maas"


def make_colleague(database: Database, **values: object) -> Person:
    """Make a person with a seat and a password."""
    with database.unit_of_work() as session:
        return make_official(
            session,
            region=make_region(session),
            role=Role.READER,
            password_hash=hash_password(PASSWORD, memory_kib=8),
            **values,
        )


def give_password(client: FlaskClient, email: str, password: str = PASSWORD) -> TestResponse:
    """Send the sign-in form."""
    return client.post("/aanmelden", data={"email": email, "password": password})


def give_code(client: FlaskClient, code: str) -> TestResponse:
    """Send the form of the second step."""
    return client.post("/aanmelden/code", data={"one_time_code": code})


def offered_secret(page: str) -> str:
    """Return the secret that a page offers to an authenticator app."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found is not None
    return found[1].replace(" ", "")


def recovery_codes(page: str) -> list[str]:
    """Return the recovery codes that a page shows."""
    return re.findall(r"<li><code>([0-9A-Z-]+)</code></li>", page)


def links(database: Database, path: str) -> list[str]:
    """Return the links to a path in all queued mails, oldest first."""
    with database.reading() as session:
        mails = session.scalars(select(Mail).order_by(Mail.id)).all()
        return [m.values["link"] for m in mails if f"/{path}/" in m.values["link"]]


def codes_of(secret: str) -> pyotp.TOTP:
    """Return the authenticator app of a secret."""
    return pyotp.TOTP(secret)
