"""The same pages a second time, under the address and for the purse of a domain above."""

import re

import pytest
from flask import g, request
from sqlalchemy import func, select

from extranet.access import Role
from extranet.money.models import BudgetVersion, Household
from extranet.money.queries.versions import find_version, years_of
from extranet.money.rules import Purse
from extranet.money.views import blueprint
from extranet.money.views.place import MoneyPlace
from extranet.outbox.models import Mail
from tests.factories import make_official
from tests.money.budgets import make_adopted, make_draft, make_other, make_place
from tests.money.filling import send

HERE = "/noord/tweede"
DRAFT = f"{HERE}/begroting/2027/versies/1"
LINE = {
    "name": "Onderzoek",
    "kind": "cost",
    "lasting": "structural",
    "net_0": "100",
    "vat_treatment": "exempt",
    "funding_source": "0",
}
SOURCE = {"name": "Rijk", "kind": "rijk", "certainty": "expected", "sector": ""}


@pytest.fixture
def other(database, place):
    """A household beside the base, in which Venlo and Weert take part."""
    with database.unit_of_work() as session:
        return make_other(session, place, members=("Venlo", "Weert"))


@pytest.fixture
def purses(app, other):
    """The pages of money once more, for the purse that this list ends with."""
    asked = [other.purse]

    def choose():
        if request.blueprint == "tweede":
            g.money_place = MoneyPlace(purse=asked[-1])

    app.register_blueprint(blueprint, name="tweede", url_prefix="/<region>/tweede")
    app.before_request(choose)
    return asked


def links_of(response):
    """Return where links and forms in the content of a page lead."""
    body = response.text.partition("<main")[2].partition("</main")[0]
    return set(re.findall(r'(?:href|action)="(/noord[^"]*)"', body))


def leaving(links):
    """Return the links to pages of money under the address of the base."""
    return [link for link in links if re.match(r"/noord/(begroting|bijdragen)", link)]


@pytest.mark.usefixtures("purses")
def test_every_page_is_there_and_stays_under_its_own_address(database, enter, place, other):
    with database.unit_of_work() as session:
        make_adopted(session, place)
        make_adopted(session, place, year=2026, purse=other.purse)
        make_draft(session, place, purse=other.purse)
    client = enter(Role.REGION_ADMIN)
    to_see = [f"{HERE}/{page}" for page in ("begroting", "bijdragen", "bijdragen/eigen")] + [
        f"{DRAFT}/vergelijking"
    ]
    seen = set()

    while to_see:
        page = to_see.pop()
        response = client.get(page)
        seen.add(page)
        if response.status_code == 405:  # the address of a button
            continue
        assert response.status_code == 200, page
        if not response.content_type.startswith("text/html"):
            continue
        assert leaving(links_of(response)) == [], page
        to_see += [
            link for link in links_of(response) if link.startswith(HERE) and link not in seen
        ]

    for page in (
        f"{HERE}/begroting/financieringsbronnen/nieuw",
        f"{HERE}/begroting/nieuw",
        f"{DRAFT}/vaststellen",
        f"{DRAFT}/verdeelsleutel/vaste-voet",
        f"{DRAFT}/begroting.xlsx",
        f"{HERE}/bijdragen/2026/{place.code('Venlo')}/brief.pdf",
    ):
        assert page in seen
    assert client.get(f"{HERE}/bijdragen/2026/{place.code('Beesel')}").status_code == 404


@pytest.mark.usefixtures("purses")
def test_budget_is_made_and_adopted_in_the_other_purse(database, enter, place, other):
    with database.unit_of_work() as session:
        base = make_draft(session, place)
        make_official(
            session, region=place.region, role=Role.CONTACT, organisation=place.members["Weert"]
        )
    client = enter(Role.REGION_ADMIN)

    steps = [
        send(client, f"{HERE}/begroting/nieuw", year="2027", title="Warmte", copy="empty"),
        send(client, f"{HERE}/begroting/financieringsbronnen/nieuw", **SOURCE),
        send(client, f"{DRAFT}/regels/nieuw", **LINE),
        send(client, f"{DRAFT}/verdeelsleutel/gelijke-delen"),
        send(
            client,
            f"{DRAFT}/vaststellen",
            body=place.body.id,
            adopted_on="12-11-2026",
            evidence="Besluitenlijst",
        ),
    ]

    assert [step.headers.get("Location") for step in steps] == [
        DRAFT,
        f"{HERE}/begroting/financieringsbronnen",
        DRAFT,
        f"{DRAFT}/verdeelsleutel",
        f"{HERE}/bijdragen/2027",
    ]
    with database.reading() as session:
        found = find_version(session, purse=other.purse, year=2027)
        assert found is not None
        assert session.get_one(BudgetVersion, base.id).state == "draft"
        mail = session.scalars(select(Mail)).one()
    address = f"http://localhost{HERE}/bijdragen/2027/{place.code('Weert')}"
    assert [member["address"] for member in mail.values["members"]] == [address]
    assert "€\N{NO-BREAK SPACE}50,00" in client.get(f"{HERE}/bijdragen/2027").text


def test_purse_of_another_region_is_not_found(database, enter, purses):
    with database.unit_of_work() as session:
        away = make_place(session)
        make_adopted(session, away)
    client = enter(Role.REGION_ADMIN)

    purses.append(Purse(region_id=away.region.id))

    for page in ("begroting", "begroting/2027", "bijdragen/2027"):
        assert client.get(f"{HERE}/{page}").status_code == 404


@pytest.mark.usefixtures("purses")
def test_source_of_the_base_is_not_found_in_the_other_purse(enter, database):
    client = enter(Role.REGION_ADMIN)
    send(client, "/noord/begroting/financieringsbronnen/nieuw", **SOURCE)

    for page in ("1", "1/verwijderen"):
        assert client.get(f"/noord/begroting/financieringsbronnen/{page}").status_code == 200
        assert client.get(f"{HERE}/begroting/financieringsbronnen/{page}").status_code == 404
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Household)) == 2


def test_frozen_draft_can_be_read_and_says_so(database, enter, place):
    with database.unit_of_work() as session:
        draft = make_draft(session, place)
        session.get_one(Household, draft.household_id).frozen_at = database.clock.now()
        assert years_of(session, purse=place.purse)[0].draft == 1
    client = enter(Role.REGION_ADMIN)

    page = client.get("/noord/begroting/2027/versies/1").text

    assert "ligt vast" in page
    for button in ("regels/nieuw", "vaststellen", "weggooien"):
        assert f"versies/1/{button}" not in page
    assert client.get("/noord/begroting/2027/versies/1/regels/nieuw").status_code == 409
    assert client.get("/noord/begroting/2027/versies/1/begroting.csv").status_code == 200
