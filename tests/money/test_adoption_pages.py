"""Adopting in the browser: first say what is frozen and who is told, then do it."""

import pytest
from sqlalchemy import func, select

from extranet.access import Role
from extranet.outbox.models import Mail
from tests.factories import make_official
from tests.money.budgets import in_force, make_line
from tests.money.filling import hidden, send

DRAFT = "/noord/begroting/2027/versies/1"


def test_adopting_says_first_what_it_freezes_and_who_is_told(database, enter, place, draft):
    with database.unit_of_work() as session:
        make_official(
            session,
            region=place.region,
            role=Role.CONTACT,
            organisation=place.members["Weert"],
            name="Saskia Thijssen",
        )
    client = enter(Role.REGION_ADMIN)

    page = client.get(f"{DRAFT}/vaststellen").text

    for shown in ("Saskia Thijssen", "1 persoon", "Weert", "nooit meer", "peildatum"):
        assert shown in page
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Mail)) == 0
    assert draft.number == 1


def decide(client, place, **values):
    given = {"body": place.body.id, "adopted_on": "12-11-2026", "evidence": "Besluitenlijst"}
    return send(client, f"{DRAFT}/vaststellen", **{**given, **values})


@pytest.mark.usefixtures("draft")
def test_adopting_freezes_and_mails_the_address_of_the_site(database, enter, place):
    client = enter(Role.CONTROLLER, member="Weert")

    done = decide(client, place)

    assert done.headers["Location"] == "/noord/bijdragen/2027"
    assert "1 persoon krijgt een mail" in client.get(done.headers["Location"]).text
    with database.reading() as session:
        mail = session.scalars(select(Mail)).one()
    address = f"http://localhost/noord/bijdragen/2027/{place.code('Weert')}"
    assert [member["address"] for member in mail.values["members"]] == [address]
    assert in_force(database, place).number == 1
    assert client.get(f"{DRAFT}/regels/nieuw").status_code == 409
    assert decide_again(client, place) == 409


def decide_again(client, place):
    form = {"acting": place.acting("Weert"), "version": "x", "body": place.body.id}
    values = {**form, "adopted_on": "12-11-2026", "evidence": "Besluitenlijst"}
    return client.post(f"{DRAFT}/vaststellen", data=values).status_code


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"adopted_on": ""}, "Vul de datum in."),
        ({"adopted_on": "gisteren"}, "31-12-2027"),
        ({"adopted_on": "24-11-2026"}, "moet nog komen"),
        ({"evidence": " "}, "te lezen is"),
    ],
)
def test_adopting_asks_for_a_real_decision(database, enter, place, values, message):
    response = decide(enter(Role.REGION_ADMIN), place, **values)

    assert response.status_code == 422
    assert message in response.text
    assert in_force(database, place) is None


def test_adopting_what_changed_meanwhile_is_a_conflict(database, enter, place, draft):
    client = enter(Role.REGION_ADMIN)
    seen = hidden(client, f"{DRAFT}/vaststellen")
    with database.unit_of_work() as session:
        make_line(session, session.merge(draft), name="Snel nog iets")
    values = {"body": place.body.id, "adopted_on": "12-11-2026", "evidence": "B"}

    response = client.post(f"{DRAFT}/vaststellen", data={**seen, **values})

    assert response.status_code == 409
    assert in_force(database, place) is None


def test_draft_with_a_gap_cannot_be_adopted(enter, draft):
    client = enter(Role.REGION_ADMIN)
    send(client, f"{DRAFT}/verdeelsleutel/tarief", rate="1,25")

    page = client.get(f"{DRAFT}/vaststellen").text

    assert 'name="evidence"' not in page
    assert "2030" in page
    assert draft.number == 1
