"""Answer for a party, through the pages."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from extranet.access import Role
from extranet.activity.models import ActivityEntry
from extranet.agreements.models import Consent
from tests.agreements.agreements import answer, state
from tests.agreements.owner import HOME

ANSWER = {
    "answer": "consent",
    "remark": "",
    "body_name": "College",
    "decided_on": "20-11-2026",
    "evidence": "Besluitenlijst, punt 4",
    "version": "0",
}


def code(agreed, name):
    return agreed.members[name].code


SPEAKING = {Role.CONTACT, Role.CONTROLLER, Role.PORTFOLIO_HOLDER}
KEEPING = {Role.REGION_ADMIN, Role.PROGRAMME_TEAM}


@pytest.mark.parametrize("role", Role)
def test_who_speaks_answers_for_their_own_and_a_keeper_records_any_answer(
    database, agreed, enter, sent, role
):
    client = enter(role)
    pages = {
        name: f"{HOME}/versies/1/antwoord/{code(agreed, name)}"
        for name in ("Gemeente 01", "Gemeente 02")
    }
    may = {"Gemeente 01": role in SPEAKING | KEEPING, "Gemeente 02": role in KEEPING}

    shown = {name: client.get(page).status_code for name, page in pages.items()}
    done = {
        name: client.post(page, data={**agreed.acting(), **ANSWER}).status_code
        for name, page in pages.items()
    }

    assert shown == {name: 200 if allowed else 403 for name, allowed in may.items()}
    assert done == {name: 302 if allowed else 403 for name, allowed in may.items()}
    assert client.get(f"{HOME}/versies/1/antwoord/gm:0000").status_code == 404
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Consent)) == sum(may.values())


def test_keeper_sees_that_it_is_on_behalf_of_a_party_and_is_named(agreed, enter, sent):
    keeper = enter(Role.PROGRAMME_TEAM)
    page = f"{HOME}/versies/1/antwoord/{code(agreed, 'Gemeente 02')}"

    assert "Leg namens Gemeente 02 vast" in keeper.get(page).text
    keeper.post(page, data={**agreed.acting(), **ANSWER})

    assert ", namens Gemeente 01" in keeper.get(HOME).text


def test_answer_keeps_who_recorded_it_for_whom(database, agreed, enter, sent):
    client = enter(Role.CONTACT)
    page = f"{HOME}/versies/1/antwoord/{code(agreed, 'Gemeente 01')}"

    client.post(page, data={**agreed.acting(), **ANSWER, "answer": "remark", "remark": "In mei."})

    with database.reading() as session:
        consent = session.scalars(select(Consent)).one()
        entry = session.scalars(
            select(ActivityEntry).where(ActivityEntry.action == "agreement.answered")
        ).one()
    assert (consent.answer, consent.remark, consent.body_name) == ("remark", "In mei.", "College")
    assert consent.recorded_for_id == agreed.ids[0]
    assert consent.recorded_by == entry.person_id
    assert entry.organisation_id == agreed.ids[0]
    assert entry.subject_label == "Gemeente 01 (Infoavonden, 1)"


def test_two_who_answer_for_one_party_see_both_answers(agreed, enter, sent):
    page = f"{HOME}/versies/1/antwoord/{code(agreed, 'Gemeente 01')}"
    first, second = enter(Role.CONTACT), enter(Role.PORTFOLIO_HOLDER)

    done = first.post(page, data={**agreed.acting(), **ANSWER})
    late = second.post(
        page, data={**agreed.acting(), **ANSWER, "answer": "decline", "remark": "Te duur."}
    )

    assert (done.status_code, late.status_code) == (302, 409)
    assert "Te duur." in late.text
    assert "Stemt in" in late.text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"answer": ""}, "Maak een keuze"),
        ({"answer": "decline"}, "waarom je organisatie niet instemt"),
        ({"decided_on": "24-11-2026"}, "deze dag"),
        ({"body_name": ""}, "Vul dit in"),
    ],
)
def test_wrong_answer_is_refused_beside_its_field(agreed, enter, sent, values, words):
    page = f"{HOME}/versies/1/antwoord/{code(agreed, 'Gemeente 01')}"

    answered = enter(Role.CONTACT).post(page, data={**agreed.acting(), **ANSWER, **values})

    assert answered.status_code == 422
    assert words.lower() in answered.text.lower()


def test_last_answer_says_what_it_does_and_brings_into_force(database, agreed, enter, sent, clock):
    with database.unit_of_work() as session:
        for name in ("Gemeente 02", "Gemeente 03"):
            answer(session, agreed, name)
    clock.set(datetime(2026, 12, 2, 9, tzinfo=UTC))
    client = enter(Role.CONTACT)
    page = f"{HOME}/versies/1/antwoord/{code(agreed, 'Gemeente 01')}"

    assert "Alle andere partijen hebben ingestemd" in client.get(page).text
    client.post(page, data={**agreed.acting(), **ANSWER})

    assert state(database, agreed) == "in_force"
    assert client.get(page).status_code == 409
