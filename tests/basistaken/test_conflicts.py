"""Who changes what somebody else changed meanwhile sees both texts, in words."""

import re

from extranet.access import Role
from extranet.basistaken.models import Basistaak, BasistaakLine
from tests.basistaken.tasks import make_budget
from tests.basistaken.test_pages import acting, task_form
from tests.factories import make_body, make_seat


def test_stale_change_is_a_conflict_that_shows_both_texts(database, enter, place):
    client = enter(Role.PROGRAMME_TEAM)
    with database.unit_of_work() as session:
        session.get_one(Basistaak, place["task"].id).aim = "Intussen anders."

    answer = client.post(
        "/noord/basistaken/warmte/wijzigen", data=task_form(place, aim="Mijn tekst.", version="1")
    )

    assert answer.status_code == 409
    assert "Intussen anders." in answer.text
    assert "Mijn tekst." in answer.text


def test_stale_change_shows_body_and_chair_in_words(database, enter, place):
    client = enter(Role.PROGRAMME_TEAM)
    with database.unit_of_work() as session:
        old = make_body(session, region=place["region"], name="Groep Warmte")
        new = make_body(session, region=place["region"], name="Groep Zon")
        seat = make_seat(
            session,
            region=place["region"],
            organisation=place["organisation"],
            title="Trekker warmte",
        )
        task = session.get_one(Basistaak, place["task"].id)
        task.body_id, task.chair_seat_id = new.id, seat.id

    answer = client.post(
        "/noord/basistaken/warmte/wijzigen",
        data=task_form(place, body_id=str(old.id), version="1"),
    )

    assert answer.status_code == 409
    told = changed(answer)
    assert "Jij vulde in: Groep Warmte Nu staat er: Groep Zon" in told
    assert "Jij vulde in: Geen Nu staat er: Trekker warmte" in told


def test_stale_choice_of_lines_shows_both_in_words(database, enter, place):
    with database.unit_of_work() as session:
        make_budget(session, region=place["region"], lines={"onderzoek": 100_000, "team": 500_000})
        session.add(BasistaakLine(basistaak_id=place["task"].id, line_key="team"))
        session.get_one(Basistaak, place["task"].id).aim = "Intussen anders."

    answer = enter(Role.PROGRAMME_TEAM).post(
        "/noord/basistaken/warmte/begrotingsregels",
        data={"acting": acting(place), "version": "1", "line_keys": ["onderzoek"]},
    )

    assert answer.status_code == 409
    assert "Jij vulde in: onderzoek Nu staat er: team" in changed(answer)


def changed(answer):
    """Return what a form that came back says of the differences, without tags."""
    told = answer.text.partition('<dl class="ex-facts ex-changed">')[2].partition("</dl>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", told))
