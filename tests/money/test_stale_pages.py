"""Forms of a budget that somebody changed meanwhile: both texts in words, and a way on."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from extranet.access import Role
from extranet.db import Database
from extranet.money.models import BudgetLine, BudgetVersion
from tests.money.budgets import Place, adopt, make_change, make_draft, make_line
from tests.money.conftest import Enter

DRAFT = "/noord/begroting/2027/versies/1"
LINE = {
    "name": "Onderzoek",
    "kind": "cost",
    "lasting": "incidental",
    "net_0": "1.000,00",
    "vat_0": "210",
    "vat_treatment": "passed_on",
    "funding_source": "0",
}


@pytest.fixture
def client(enter: Enter, database: Database, place: Place) -> FlaskClient:
    """The controller, beside a draft for 2027 with one line."""
    with database.unit_of_work() as session:
        make_draft(session, place)
    return enter(Role.CONTROLLER)


def carried(page: str) -> dict[str, str]:
    """Return what the form of a page carries along."""
    found = re.findall(r'name="(acting|version)" type="hidden" value="([^"]*)"', page)
    assert found
    return dict(found)


def told(page: str) -> str:
    """Return what a form that came back says of the fields that differ, in words."""
    facts = page.partition('<dl class="ex-facts ex-changed">')[2].partition("</dl>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", facts)).strip()


def test_line_tells_only_what_differs_in_the_words_of_the_form(client: FlaskClient):
    address = f"{DRAFT}/regels/1"
    old = carried(client.get(address).text)
    client.post(address, data={**old, **LINE})
    mine = {**LINE, "vat_treatment": "exempt", "net_1": "1000", "net_2": "0"}

    page = client.post(address, data={**old, **mine}).text

    assert told(page) == (
        "2028 zonder btw Jij vulde in: 1.000,00 Nu staat er: 0,00 "
        "Btw Jij vulde in: Vrijgesteld "
        "Nu staat er: Doorgeschoven: gemeenten en provincie kunnen hun deel terugvragen"
    )


def test_line_that_came_back_can_be_sent_again(client: FlaskClient, database: Database):
    address = f"{DRAFT}/regels/1"
    old = carried(client.get(address).text)
    client.post(address, data={**old, **LINE})
    mine = {**LINE, "name": "Toch zo"}

    late = client.post(address, data={**old, **mine})
    done = client.post(address, data={**carried(late.text), **mine})

    assert (late.status_code, done.status_code) == (409, 302)
    assert 'value="Toch zo"' in late.text
    with database.reading() as session:
        assert session.scalars(select(BudgetLine.name)).one() == "Toch zo"


def test_component_of_the_key_tells_what_stands_there_now(client: FlaskClient):
    address = f"{DRAFT}/verdeelsleutel/vaste-voet"
    old = carried(client.get(address).text)
    client.post(address, data={**old, "foot_cents": "10,00", "kinds": ["gemeente"]})

    page = client.post(address, data={**old, "foot_cents": "12,34"}).text

    assert told(page) == (
        "Bedrag per deelnemer per jaar Jij vulde in: 12,34 Nu staat er: 10,00 "
        "Wie de voet betaalt Jij vulde in: niets Nu staat er: Gemeenten"
    )


def test_adoption_comes_back_with_the_decision_and_the_plan_of_now(
    client: FlaskClient, database: Database, place: Place
):
    address = f"{DRAFT}/vaststellen"
    decision = {"body": place.body.id, "adopted_on": "12-11-2026", "evidence": "Besluitenlijst"}
    seen = carried(client.get(address).text)
    with database.unit_of_work() as session:
        draft = session.scalars(select(BudgetVersion)).one()
        make_line(session, draft, name="Snel nog iets")

    late = client.post(address, data={**seen, **decision})
    done = client.post(address, data={**carried(late.text), **decision})

    assert (late.status_code, done.status_code) == (409, 302)
    assert 'value="12-11-2026"' in late.text
    assert 'value="Besluitenlijst"' in late.text
    assert "Snel nog iets" not in late.text


def test_year_of_many_digits_is_refused(client: FlaskClient):
    values = {"year": "9" * 400, "title": "Begroting", "copy": "empty"}
    opened = carried(client.get("/noord/begroting/nieuw").text)

    answer = client.post("/noord/begroting/nieuw", data={**opened, **values})

    assert answer.status_code == 422
    assert "Schrijf het jaar met vier cijfers" in answer.text


@pytest.mark.parametrize(("number", "is_needed"), [(1, False), (2, True)])
def test_reason_of_a_change_stays_needed(
    client: FlaskClient, database: Database, place: Place, *, number: int, is_needed: bool
):
    if number == 2:
        with database.unit_of_work() as session:
            adopt(session, place, session.scalars(select(BudgetVersion)).one())
            make_change(session, place)
    address = f"/noord/begroting/2027/versies/{number}/gegevens"
    page = client.get(address).text

    answer = client.post(address, data={**carried(page), "title": "Wijziging", "reason": " "})

    label = page.partition('for="reason"')[2].partition("</label>")[0]
    assert ("niet verplicht" in label) is not is_needed
    assert ("Schrijf op waarom" in answer.text) is is_needed
    assert answer.status_code == (422 if is_needed else 302)
