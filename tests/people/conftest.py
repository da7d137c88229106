"""A region with people on its seats, committed, and browsers of theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from extranet.db import Database
from tests.conftest import SignIn
from tests.people.seats import Office, Sitting, make_office

As = Callable[[Sitting], FlaskClient]


@pytest.fixture
def office(database: Database) -> Office:
    """A region with an admin and a reader, and another region with its own admin."""
    with database.unit_of_work() as session:
        return make_office(session)


@pytest.fixture
def browse(app: Flask, sign_in: SignIn) -> As:
    """Sign somebody in, in a browser of their own."""
    return lambda sitting: sign_in(app.test_client(), sitting.person)


@pytest.fixture
def admin(browse: As, office: Office) -> FlaskClient:
    """The browser of the region's admin."""
    return browse(office.admin)
