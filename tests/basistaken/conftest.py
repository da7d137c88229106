"""A region with a basistaak, and people who sign in there."""

import pytest

from extranet.access import Role
from tests.basistaken.tasks import make_task
from tests.factories import (
    make_body,
    make_membership,
    make_official,
    make_organisation,
    make_region,
    make_seat,
    make_tenure,
)


@pytest.fixture
def place(database):
    """A region with a chaired basistaak, a second region with one that must not show."""
    with database.unit_of_work() as session:
        region = make_region(session, slug="noord")
        organisation = make_organisation(session, name="Weert")
        make_membership(session, region=region, organisation=organisation)
        chair = make_seat(
            session, region=region, organisation=organisation, title="Voorzitter warmte"
        )
        body = make_body(session, region=region, name="Ontwikkelgroep warmte")
        task = make_task(
            session,
            region=region,
            slug="warmte",
            name="Warmte",
            chair_seat_id=chair.id,
            body_id=body.id,
        )
        other = make_region(session, slug="zuid")
        make_task(session, region=other, slug="geheim", name="Geheime taak")
    return {
        "region": region,
        "other": other,
        "organisation": organisation,
        "chair": chair,
        "task": task,
    }


@pytest.fixture
def enter(database, client, sign_in, place):
    """Sign somebody with a role in."""

    def enter(role=Role.READER):
        with database.unit_of_work() as session:
            person = make_official(
                session, region=place["region"], role=role, organisation=place["organisation"]
            )
        return sign_in(client, person)

    return enter


@pytest.fixture
def enter_as_chair(database, client, sign_in, place):
    """Sign the reader in who chairs the basistaak."""
    with database.unit_of_work() as session:
        person = make_official(
            session,
            region=place["region"],
            organisation=place["organisation"],
            name="Loes Cuypers",
        )
        make_tenure(session, person=person, seat=place["chair"])
    return sign_in(client, person)
