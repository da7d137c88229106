"""A file store beside the database, and a region to keep documents of."""

from __future__ import annotations

import pytest

from extranet.access import Role
from extranet.config import Config
from extranet.files import FileStore
from extranet.membership.models import Organisation, Region
from tests.factories import make_membership, make_official, make_organisation, make_region


@pytest.fixture
def files(config: Config) -> FileStore:
    """The store that the application works with, too."""
    return FileStore(config)


@pytest.fixture
def noord(database) -> Region:
    """A committed region."""
    with database.unit_of_work() as session:
        return make_region(session, slug="noord", name="Regio Noord")


@pytest.fixture
def weert(database, noord) -> Organisation:
    """A committed member of the region."""
    with database.unit_of_work() as session:
        organisation = make_organisation(session, name="Weert")
        make_membership(session, region=noord, organisation=organisation)
    return organisation


@pytest.fixture
def enter(database, client, sign_in, noord, weert):
    """Sign somebody with a role at the member in."""

    def enter(role: Role = Role.READER, name: str = "Loes Cuypers"):
        with database.unit_of_work() as session:
            person = make_official(session, region=noord, role=role, organisation=weert, name=name)
        return sign_in(client, person)

    return enter
