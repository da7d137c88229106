"""The pages of an agreement under a coalition, and somebody with a role who opens them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from extranet.access import Role
from extranet.db import Database
from extranet.people.models import Person
from tests.agreements.agreements import Agreed, make_agreed, send
from tests.agreements.owner import make_coalition
from tests.conftest import SignIn
from tests.factories import make_official, make_person, make_tenure

Enter = Callable[..., FlaskClient]


@pytest.fixture
def agreed(database: Database) -> Agreed:
    """The draft of an agreement between the three municipalities of a coalition."""
    with database.unit_of_work() as session:
        made = make_agreed(session)
        make_coalition(session, made)
    return made


@pytest.fixture
def enter(database: Database, app: Flask, sign_in: SignIn, agreed: Agreed) -> Enter:
    """Sign somebody in who holds a seat with a role at a municipality, the first unless told."""

    def enter(
        role: Role = Role.READER, member: str = "Gemeente 01", locale: str = "nl"
    ) -> FlaskClient:
        with database.unit_of_work() as session:
            person: Person = make_official(
                session,
                region=agreed.region,
                role=role,
                organisation=agreed.members[member],
                locale=locale,
            )
        return sign_in(app.test_client(), person)

    return enter


@pytest.fixture
def lead(database: Database, app: Flask, sign_in: SignIn, agreed: Agreed) -> FlaskClient:
    """The browser of who leads the coalition."""
    with database.unit_of_work() as session:
        seat = agreed.lead_seat(session)
        person = make_person(session, name="Lotte Leider")
        make_tenure(session, person=person, seat=seat)
    return sign_in(app.test_client(), person)


@pytest.fixture
def sent(database: Database, agreed: Agreed) -> None:
    """The agreement, sent to its parties."""
    with database.unit_of_work() as session:
        send(session, agreed)
