"""The list of evenings with its exports, the programme, and how many statements pages take."""

from datetime import date, timedelta

import pytest

from extranet_infoavond.models import Evening, Host, LetterState
from plugins.infoavond.tests.rows import (
    add_evening,
    add_letter,
    add_style,
    letter_in,
    read,
    statements,
)


@pytest.fixture
def evening_id(site):
    """The number of an evening of `met` with two hosts."""
    with site.unit_of_work() as session:
        return add_evening(session, site.place).id


def test_list_shows_what_is_to_come_first_and_narrows_down(site, ids):
    with site.unit_of_work() as session:
        day = date(2026, 11, 23)
        for title, offset, town in (
            ("Vorige", -30, "Horst"),
            ("Langer geleden", -60, "Horst"),
            ("Later", 60, "Venray"),
            ("Straks", 10, "Horst"),
        ):
            held_on = day + timedelta(days=offset)
            add_evening(session, site.place, title=title, held_on=held_on, town=town)
        add_evening(session, site.place, title="Ooit", held_on=None, hosts=3)
        add_evening(session, site.place, title="Nee", held_on=day, state="cancelled")

    def titles(**asked):
        lines = site.visit("partner").get(site.address("avonden.csv"), query_string=asked).text
        return [line.split(";")[0] for line in lines.splitlines()[1:]]

    assert titles() == ["Straks", "Later", "Ooit", "Nee", "Vorige", "Langer geleden"]
    assert titles(staat="cancelled") == ["Nee"]
    assert titles(gemeente=ids[2]) == ["Ooit"]
    assert titles(zoek="venray kas") == ["Later"]
    assert titles(zoek="LATER") == ["Later"]
    assert titles(zoek="100%") == []
    assert titles(staat="onzin", gemeente="x")[:1] == ["Straks"]
    page = site.visit("partner").get(site.address(), query_string={"zoek": "niets"}).text
    assert "Geen avond is zo. Kies hierboven anders." in page


def test_exports_hold_what_the_list_shows(site):
    with site.unit_of_work() as session:
        add_evening(session, site.place, title="=1+1")
    client = site.visit("partner")

    lines = client.get(site.address("avonden.csv")).text.splitlines()
    workbook = client.get(site.address("avonden.xlsx"))

    assert lines == [
        (
            "\ufeffAvond;Dag;Begint om;Eindigt om;Locatie;Plaats;Aantal plaatsen;Status;"
            "Gemeenten die uitnodigen;Vrijgegeven brieven"
        ),
        "'=1+1;2027-03-12;19.30;22.00;De Kas;Horst;80;Gepland;Gemeente 1, Gemeente 2;0",
    ]
    assert workbook.data.startswith(b"PK")
    assert "informatieavonden.xlsx" in workbook.headers["Content-Disposition"]


def test_empty_list_says_what_belongs_there_and_who_adds_it(site):
    assert "Een deelnemer, de trekker of het programmateam plant ze." in (
        site.visit("guest").get(site.address()).text
    )
    assert "Hier staan de avonden" in site.visit("lead").get(site.address()).text


def test_programme_is_added_changed_and_removed(site, ids, evening_id):
    with site.unit_of_work() as session:
        found = session.get(Evening, evening_id)
        add_letter(session, found, ids[0], state=LetterState.APPROVED)
    stem = f"{evening_id}/programma"
    part = {"starts_at": "20.00", "title": "Vergisten", "speaker": "J. Bos, boer", "about": ""}

    added = site.post("lead", site.address(f"{stem}/nieuw"), **part)
    assert added.status_code == 302
    assert letter_in(site, evening_id, ids[0]).state == LetterState.DRAFT
    page = site.visit("lead").get(site.address(f"{stem}/2"))
    mark = page.text.partition('name="version" type="hidden" value="')[2].partition('"')[0]
    part |= {"title": "Vergisten op het erf"}
    changed = site.post("lead", site.address(f"{stem}/2"), version=mark, **part)
    stale = site.post("lead", site.address(f"{stem}/2"), version=mark, **part | {"speaker": "X"})
    gone = site.post("lead", site.address(f"{stem}/2/verwijderen"), version=mark)

    assert (changed.status_code, stale.status_code, gone.status_code) == (302, 409, 409)
    assert read(site, "SELECT title FROM infoavond_programme_items WHERE id = 2") == [
        ("Vergisten op het erf",)
    ]
    form = site.visit("lead").get(site.address(f"{stem}/2/verwijderen")).text
    mark = form.partition('name="version" type="hidden" value="')[2].partition('"')[0]
    removed = site.post("lead", site.address(f"{stem}/2/verwijderen"), version=mark)
    assert removed.status_code == 302
    assert read(site, "SELECT title FROM infoavond_programme_items") == [("Inloop",)]
    assert "Bos" not in str(read(site, "SELECT before, after, subject_label FROM activity_entries"))


def test_part_of_another_evening_is_not_there(site, evening_id):
    with site.unit_of_work() as session:
        add_evening(session, site.place)

    assert site.visit("lead").get(site.address(f"{evening_id}/programma/2")).status_code == 404
    assert site.visit("lead").get(site.address(f"{evening_id}/programma/99")).status_code == 404


def test_pages_take_the_same_number_of_statements_whatever_the_data(site, ids):
    def count(path):
        client = site.visit("lead")
        client.get(site.address(path))
        with statements(site) as seen:
            assert client.get(site.address(path)).status_code == 200
        return len(seen)

    with site.unit_of_work() as session:
        for one in ids:
            add_style(session, site.place, one)
        add_evening(session, site.place, hosts=1)
    paths = ("", "avonden.csv", "1", "1/uitnodiging", f"1/brieven/{ids[0]}", "huisstijl")
    one = [count(path) for path in paths]
    with site.unit_of_work() as session:
        for _ in range(2):
            add_evening(session, site.place, hosts=3)
        for organisation_id in ids[1:]:
            session.add(Host(evening_id=1, organisation_id=organisation_id))

    assert [count(path) for path in paths] == one
