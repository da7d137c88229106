"""A region to look at, and people who stand in different relations to it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from extranet.access import Role
from extranet.db import Database
from tests.conftest import SignIn
from tests.factories import make_official, make_person
from tests.membership.places import Enter, Place, make_place


@pytest.fixture
def place(database: Database) -> Place:
    """A region of three municipalities, committed."""
    with database.unit_of_work() as session:
        return make_place(session)


@pytest.fixture
def enter(database: Database, client: FlaskClient, sign_in: SignIn, place: Place) -> Enter:
    """Sign somebody in by the relation in which they stand to the region."""

    def enter(who: str) -> FlaskClient:
        if who == "stranger":
            return client
        with database.unit_of_work() as session:
            if who == "operator":
                person = make_person(session, is_operator=True)
            elif who == "outsider":
                person = make_official(
                    session,
                    region=place.other,
                    organisation=place.organisations["Kerkrade"],
                    role=Role.REGION_ADMIN,
                )
            else:
                role = Role.REGION_ADMIN if who == "admin" else Role.READER
                person = make_official(
                    session,
                    region=place.region,
                    organisation=place.organisations["Venray"],
                    role=role,
                )
        return sign_in(client, person)

    return enter
