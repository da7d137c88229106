from datetime import date

import pytest
from sqlalchemy import func, select

from extranet.access import Role
from extranet.activity.models import ActivityEntry
from extranet.basistaken.models import Basistaak, BasistaakLine, ProgressNote, TaskState
from tests.basistaken.tasks import make_budget, make_note, make_task, statements
from tests.factories import (
    make_body,
    make_official,
    make_region,
    make_seat,
    make_tenure,
)

EDITORS = {Role.PROGRAMME_TEAM, Role.REGION_ADMIN}


def acting(place):
    return f"{place['region'].id}-{place['organisation'].id}"


def note_form(place, **values):
    return {"acting": acting(place), "noted_on": "20-11-2026", "text": "Af.", **values}


def task_form(place, **values):
    return {
        "acting": acting(place),
        "name": "Zon",
        "aim": "Op daken.",
        "state": "running",
        "body_id": "0",
        "chair_seat_id": "0",
        **values,
    }


def test_list_shows_state_chair_body_and_latest_note(database, enter_as_chair, place):
    with database.unit_of_work() as session:
        for text, day in (("Oudst", 1), ("Nieuwst", 9), ("Midden", 5)):
            make_note(
                session,
                task=place["task"],
                organisation=place["organisation"],
                text=text,
                noted_on=date(2026, 11, day),
            )

    page = enter_as_chair.get("/noord/basistaken").text

    for shown in (
        "Warmte",
        "Ontwikkelgroep warmte",
        "Voorzitter warmte",
        "Loes Cuypers",
        "Nieuwst",
    ):
        assert shown in page
    for hidden in ("Oudst", "Midden", "Geheime taak"):
        assert hidden not in page


def test_list_narrows_by_state(database, enter, place):
    with database.unit_of_work() as session:
        make_task(session, region=place["region"], name="Wind", state=TaskState.DONE)
    client = enter()

    page = client.get("/noord/basistaken?staat=done").text

    assert "Wind" in page
    assert "Warmte" not in page
    assert client.get("/noord/basistaken?staat=onzin").text.count("Warmte") > 0


def test_empty_list_offers_adding_only_to_who_may(database, client, sign_in):
    with database.unit_of_work() as session:
        region = make_region(session, slug="leeg")
        people = [make_official(session, region=region, role=r) for r in (Role.READER, *EDITORS)]

    offers = [
        "/leeg/basistaken/nieuw" in sign_in(client, p).get("/leeg/basistaken").text for p in people
    ]

    assert offers == [False, True, True]


def test_export_has_one_line_a_task_of_this_region(enter):
    file = enter().get("/noord/basistaken/lijst.csv").data.decode("utf-8-sig")

    assert [line.split(";")[:2] for line in file.splitlines()] == [
        ["Basistaak", "Status"],
        ["Warmte", "Loopt"],
    ]


def test_task_of_another_region_is_not_found(enter):
    client = enter(Role.REGION_ADMIN)

    for path in ("geheim", "geheim/wijzigen", "geheim/begrotingsregels"):
        assert client.get(f"/noord/basistaken/{path}").status_code == 404
    assert client.get("/zuid/basistaken/geheim").status_code == 404


def test_note_to_task_of_another_region_is_not_found(database, enter, place):
    client = enter(Role.REGION_ADMIN)

    assert (
        client.post("/noord/basistaken/geheim/voortgang", data=note_form(place)).status_code == 404
    )
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ProgressNote)) == 0


@pytest.mark.parametrize("role", Role)
def test_only_editors_write_and_change(database, enter, place, role):
    client = enter(role)
    may = role in EDITORS

    assert client.get("/noord/basistaken/warmte").status_code == 200
    for path in ("nieuw", "warmte/wijzigen", "warmte/begrotingsregels"):
        assert client.get(f"/noord/basistaken/{path}").status_code == (200 if may else 403)
    answer = client.post("/noord/basistaken/warmte/voortgang", data=note_form(place))
    assert answer.status_code == (302 if may else 403)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ProgressNote)) == int(may)


def test_chair_writes_progress_but_does_not_change_the_task(database, enter_as_chair, place):
    assert "Voortgang" in enter_as_chair.get("/noord/basistaken/warmte").text

    answer = enter_as_chair.post("/noord/basistaken/warmte/voortgang", data=note_form(place))

    assert answer.status_code == 302
    assert enter_as_chair.get("/noord/basistaken/warmte/wijzigen").status_code == 403
    with database.reading() as session:
        note = session.scalars(select(ProgressNote)).one()
        entry = session.scalars(select(ActivityEntry)).one()
    assert (note.text, note.organisation_id) == ("Af.", place["organisation"].id)
    assert (entry.action, entry.subject_label) == ("basistaak.noted", "Warmte")
    assert "Af." not in str(entry.after)


def test_former_chair_no_longer_writes(database, client, sign_in, place):
    with database.unit_of_work() as session:
        person = make_official(session, region=place["region"], organisation=place["organisation"])
        make_tenure(session, person=person, seat=place["chair"], until_date=date(2026, 11, 22))

    answer = sign_in(client, person).post(
        "/noord/basistaken/warmte/voortgang", data=note_form(place)
    )

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"text": "  "}, "Vul dit in"),
        ({"noted_on": "31-02-2026"}, "Deze dag bestaat niet"),
        ({"noted_on": "24-11-2026"}, "Deze dag"),
        ({"text": "x" * 4001}, "4000"),
    ],
)
def test_wrong_note_is_refused_and_kept_on_the_page(enter, place, values, word):
    answer = enter(Role.PROGRAMME_TEAM).post(
        "/noord/basistaken/warmte/voortgang", data=note_form(place, **values)
    )

    assert answer.status_code == 422
    assert word in answer.text


def test_notes_come_newest_first_and_older_ones_on_the_next_page(database, enter, place):
    with database.unit_of_work() as session:
        for number in range(25):
            make_note(
                session,
                task=place["task"],
                organisation=place["organisation"],
                text=f"Notitie {number:02}.",
                noted_on=date(2026, 10, 1 + number // 2),
            )
    client = enter()

    first = client.get("/noord/basistaken/warmte").text
    key = first.split("?na=")[1].split('"')[0]
    second = client.get(f"/noord/basistaken/warmte?na={key}").text

    numbers = [n for n in range(25) if f"Notitie {n:02}." in first]
    assert numbers == list(range(5, 25))
    assert first.index("Notitie 24.") < first.index("Notitie 23.") < first.index("Notitie 05.")
    assert [n for n in range(25) if f"Notitie {n:02}." in second] == list(range(5))


def test_adding_makes_a_task_with_an_address_of_its_own(database, enter, place):
    client = enter(Role.PROGRAMME_TEAM)

    answers = [
        client.post("/noord/basistaken/nieuw", data=task_form(place, name=name))
        for name in ("Zonne-énergie op daken", "Zonne-energie op daken", "Nieuw")
    ]

    assert [answer.location.rpartition("/")[2] for answer in answers] == [
        "zonne-energie-op-daken",
        "zonne-energie-op-daken-2",
        "nieuw-2",
    ]
    with database.reading() as session:
        entries = session.scalars(select(ActivityEntry).order_by(ActivityEntry.id)).all()
        last = session.scalars(select(Basistaak).where(Basistaak.slug == "nieuw-2")).one()
    assert [entry.action for entry in entries] == ["basistaak.added"] * 3
    assert last.position == place["task"].position + 3


def test_task_takes_no_seat_or_body_of_another_region(database, enter, place):
    with database.unit_of_work() as session:
        foreign = make_body(session, region=place["other"])
        seat = make_seat(session, region=place["other"], organisation=place["organisation"])
    client = enter(Role.REGION_ADMIN)

    answer = client.post(
        "/noord/basistaken/nieuw",
        data=task_form(place, body_id=str(foreign.id), chair_seat_id=str(seat.id)),
    )

    assert answer.status_code == 422
    with database.reading() as session:
        assert session.scalar(select(func.count()).where(Basistaak.name == "Zon")) == 0


def test_last_day_before_first_is_refused(enter, place):
    answer = enter(Role.REGION_ADMIN).post(
        "/noord/basistaken/nieuw",
        data=task_form(place, starts_on="2-1-2027", ends_on="1-1-2027"),
    )

    assert answer.status_code == 422
    assert "ends_on-error" in answer.text


def test_changing_records_only_what_changed(database, enter, place):
    data = task_form(
        place,
        name="Warmte",
        aim="Samen leren.",
        state="done",
        body_id=str(place["task"].body_id),
        chair_seat_id=str(place["chair"].id),
        starts_on="1-1-2026",
        version="1",
    )

    answer = enter(Role.PROGRAMME_TEAM).post("/noord/basistaken/warmte/wijzigen", data=data)

    assert answer.status_code == 302
    with database.reading() as session:
        entry = session.scalars(select(ActivityEntry)).one()
        task = session.scalars(select(Basistaak).where(Basistaak.slug == "warmte")).one()
    assert (entry.before, entry.after) == ({"state": "running"}, {"state": "done"})
    assert (task.state, task.version) == ("done", 2)


def test_linking_lines_adds_and_removes_and_costs_show(database, enter, place):
    with database.unit_of_work() as session:
        make_budget(session, region=place["region"], lines={"onderzoek": 100_000, "team": 500_000})
        make_budget(session, region=place["other"], lines={"vreemd": 999_999})
        session.add(BasistaakLine(basistaak_id=place["task"].id, line_key="team"))
        session.add(BasistaakLine(basistaak_id=place["task"].id, line_key="vroeger"))
    client = enter(Role.PROGRAMME_TEAM)
    path = "/noord/basistaken/warmte/begrotingsregels"
    form = {"acting": acting(place), "version": "1", "line_keys": ["onderzoek"]}

    assert "vreemd" not in client.get(path).text
    assert client.post(path, data={**form, "line_keys": ["vreemd"]}).status_code == 422
    assert client.post(path, data=form).status_code == 302
    assert client.post(path, data=form).status_code == 409

    with database.reading() as session:
        keys = set(session.scalars(select(BasistaakLine.line_key)))
        entry = session.scalars(select(ActivityEntry)).one()
    assert keys == {"onderzoek", "vroeger"}
    assert (entry.before, entry.after) == ({"lines": ["team"]}, {"lines": ["onderzoek"]})
    page = client.get("/noord/basistaken/warmte").text
    assert "1.000,01" in page
    assert "5.000,01" not in page


def test_linking_without_a_budget_says_who_adopts_one(enter):
    page = enter(Role.PROGRAMME_TEAM).get("/noord/basistaken/warmte/begrotingsregels")

    assert page.status_code == 200
    assert 'name="line_keys"' not in page.text


def test_pages_take_the_same_number_of_statements_whatever_the_data(app, database, enter, place):
    client = enter()
    counts = []
    for more in (0, 2, 27):
        with database.unit_of_work() as session:
            for _ in range(more):
                task = make_task(session, region=place["region"])
                for wanted in (task, place["task"]):
                    make_note(session, task=wanted, organisation=place["organisation"])
        with statements(app) as seen:
            assert client.get("/noord/basistaken").status_code == 200
            half = len(seen)
            assert client.get("/noord/basistaken/warmte").status_code == 200
        counts.append((half, len(seen) - half))

    assert counts == [(2, 4)] * 3
