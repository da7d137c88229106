"""A coalition to look at, and people who stand in different relations to it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from extranet.coalitions.models import Plustaak
from extranet.db import Database
from tests.coalitions.alliances import Alliance, Enter, make_alliance, make_participation
from tests.coalitions.taking_part import make_running
from tests.conftest import SignIn


@pytest.fixture
def alliance(database: Database) -> Alliance:
    """An active coalition of three municipalities, committed."""
    with database.unit_of_work() as session:
        return make_alliance(session)


@pytest.fixture
def enter(client: FlaskClient, sign_in: SignIn, alliance: Alliance) -> Enter:
    """Sign somebody in by the relation in which they stand to the coalition."""

    def enter(who: str) -> FlaskClient:
        return client if who == "stranger" else sign_in(client, alliance.people[who])

    return enter


@pytest.fixture
def running(database: Database, alliance: Alliance) -> Plustaak:
    """A plustaak of the three, committed; a municipality more in the coalition alone."""
    with database.unit_of_work() as session:
        make_participation(
            session,
            coalition=alliance.coalition,
            organisation=alliance.organisations["Horst aan de Maas"],
        )
        return make_running(session, alliance)
