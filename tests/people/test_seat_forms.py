"""The forms of seats: nothing is chosen for whoever fills them in."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from extranet.access import Role
from extranet.db import Database
from extranet.membership.models import Region
from extranet.people.models import Tenure
from tests.conftest import SignIn
from tests.factories import make_membership, make_official, make_organisation, make_region
from tests.people.doors import make_colleague


@pytest.fixture
def admin(client: FlaskClient, database: Database, sign_in: SignIn) -> FlaskClient:
    """A region admin of a region with two members."""
    with database.unit_of_work() as session:
        region = make_region(session, slug="noord")
        for name in ("Weert", "Venlo"):
            organisation = make_organisation(session, name=name)
            make_membership(session, region=region, organisation=organisation)
        person = make_official(
            session, region=region, organisation=organisation, role=Role.REGION_ADMIN
        )
    return sign_in(client, person)


def acting(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(acting)" type="hidden" value="([^"]*)"', page))


def test_new_seat_asks_for_member_and_role(admin: FlaskClient):
    address = "/noord/beheer/mensen/zetels/nieuw"
    page = admin.get(address).text

    empty = {"title": "Adviseur", "body_id": "0", "organisation_id": "", "role": ""}
    answer = admin.post(address, data={**acting(page), **empty})

    labels = dict(re.findall(r'<label [^>]*for="(\w+)">(.*?)</label>', page))
    optional = [name for name, text in labels.items() if "niet verplicht" in text]
    assert optional == ["body_id"]
    assert re.findall(r'<option selected value="">(.*?)<', page) == ["Kies", "Kies"]
    assert answer.status_code == 422
    assert answer.text.count("Maak een keuze.") == 4  # in the summary and beside the fields


def test_successor_is_employed_somehow_and_nobody_is_not(admin: FlaskClient, database: Database):
    with database.unit_of_work() as session:
        region = session.scalars(select(Region)).one()
        person = make_official(session, region=region, role=Role.READER)
        tenure = session.scalars(select(Tenure).where(Tenure.person_id == person.id)).one()
    address = f"/noord/beheer/mensen/bezetting/{tenure.id}/overdragen"
    form = {**acting(admin.get(address).text), "version": tenure.version, "until": "1-12-2026"}

    somebody = admin.post(address, data={**form, "successor": person.id, "employment": ""})
    nobody = admin.post(address, data={**form, "successor": "0", "employment": ""})

    assert somebody.status_code == 422
    assert "Maak een keuze." in somebody.text
    assert nobody.status_code == 302


def test_name_with_hidden_characters_is_refused(
    client: FlaskClient, database: Database, sign_in: SignIn
):
    sign_in(client, make_colleague(database, name="Saskia"))

    answer = client.post(
        "/account", data={"name": "Saskia\N{RIGHT-TO-LEFT OVERRIDE}nessjihT", "locale": "nl"}
    )

    assert answer.status_code == 422
    assert "een teken dat niemand kan zien" in answer.text
    assert "<summary>Saskia</summary>" in client.get("/account").text
