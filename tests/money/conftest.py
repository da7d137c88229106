"""Somebody with a role at a member of a region with a budget, in a browser without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from extranet.access import Role
from extranet.db import Database
from extranet.money.models import BudgetVersion
from tests.conftest import SignIn
from tests.factories import make_official
from tests.money.budgets import Place, make_adopted, make_draft, make_place

Enter = Callable[..., FlaskClient]


@pytest.fixture
def place(database: Database) -> Place:
    """A region called noord."""
    with database.unit_of_work() as session:
        return make_place(session, slug="noord")


@pytest.fixture
def draft(database: Database, place: Place) -> BudgetVersion:
    """A draft for 2027 with one line."""
    with database.unit_of_work() as session:
        return make_draft(session, place)


@pytest.fixture
def adopted(database: Database, place: Place) -> BudgetVersion:
    """An adopted budget for 2027."""
    with database.unit_of_work() as session:
        return make_adopted(session, place)


@pytest.fixture
def enter(database: Database, client: FlaskClient, sign_in: SignIn, place: Place) -> Enter:
    """Sign somebody in who holds a seat with a role at a member, Venlo unless told."""

    def enter(
        role: Role = Role.READER, *, member: str = "Venlo", locale: str = "nl"
    ) -> FlaskClient:
        with database.unit_of_work() as session:
            person = make_official(
                session,
                region=place.region,
                role=role,
                organisation=place.members[member],
                locale=locale,
            )
        return sign_in(client, person)

    return enter
