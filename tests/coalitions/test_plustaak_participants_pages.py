"""The pages about who takes part in a plustaak, and those of its coalition that tell of it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from extranet.coalitions.models import Plustaak
from tests.basistaken.tasks import statements
from tests.coalitions.alliances import WHO
from tests.coalitions.taking_part import make_running, rows
from tests.membership.places import text_of

HERE = "/noord/coalities/groen-gas"
PAGE = f"{HERE}/infoavond/deelnemers"
EVERYBODY = set(WHO) - {"stranger", "outsider", "operator"}
MANAGERS = {"lead", "admin"}
OPEN_TO = {
    PAGE: EVERYBODY,
    f"{PAGE}/toevoegen": MANAGERS,
    f"{PAGE}/gm:0988/vertrek": MANAGERS,
    f"{PAGE}/gm:0984/vertrek": MANAGERS | {"representative"},
}


@pytest.mark.parametrize("who", WHO)
def test_page_opens_for_whom_it_is_meant(enter, running, who):
    browser = enter(who)

    found = {path: browser.get(path).status_code for path in OPEN_TO}

    for path, status in found.items():
        if who == "stranger":
            wanted = 302
        elif who in OPEN_TO[path]:
            wanted = 200
        else:
            wanted = 404 if who in {"outsider", "operator"} else 403
        assert (path, status) == (path, wanted)


def test_page_shows_who_takes_part_and_the_threshold(enter, running):
    said = text_of(enter("lead").get(PAGE))

    assert "3 van 3 gemeenten" in said
    assert "Beesel Gemeente 1 januari 2026 – stemde in Vertrekken – Beesel" in said
    assert "Wel in de coalitie, niet in deze plustaak Horst aan de Maas" in said


def test_menu_has_the_pages_of_the_plustaak_inside_it(enter, running):
    page = enter("guest").get(PAGE).get_data(as_text=True)

    assert 'href="/noord/coalities/groen-gas/infoavond/deelnemers" aria-current="page"' in page
    assert 'href="/noord/coalities/groen-gas/infoavond/live"' in page


def acting(alliance, behalf, **values):
    return {"acting": f"{alliance.region.id}-{alliance.organisations[behalf].id}", **values}


def test_forms_add_and_let_go_and_show_first_what_it_changes(database, enter, alliance, running):
    browser = enter("lead")
    before = text_of(browser.get(f"{PAGE}/gm:0984/vertrek"))

    number = alliance.organisations["Horst aan de Maas"].id
    added = browser.post(
        f"{PAGE}/toevoegen",
        data=acting(alliance, "Weert", organisation_id=number, from_date="23-11-2026"),
    )
    gone = browser.post(
        f"{PAGE}/gm:0984/vertrek",
        data=acting(alliance, "Weert", until_date="30-11-2026", version="0"),
    )
    stale = browser.post(
        f"{PAGE}/gm:0984/vertrek",
        data=acting(alliance, "Weert", until_date="1-12-2026", version="0"),
    )

    assert "De plustaak gaat van 3 naar 2 gemeenten; er zijn er 3 nodig." in before
    assert "De plustaak komt onder de drempel" in before
    assert (added.status_code, gone.status_code, stale.status_code) == (302, 302, 409)
    with database.reading() as session:
        ends = {row[0]: row[2] for row in rows(session)}
    assert ends[alliance.organisations["Venray"].id] == date(2026, 11, 30)
    assert len(ends) == 4


def test_leaving_the_coalition_says_what_it_does_to_each_plustaak(enter, alliance, running):
    number = alliance.participations["Venray"].id

    said = text_of(enter("lead").get(f"{HERE}/deelnemers/{number}/vertrek"))

    assert "Informatieavonden gaat van 3 naar 2 gemeenten; er zijn er 3 nodig." in said
    assert "Het geld van Informatieavonden wordt bevroren." in said


def test_pages_take_the_same_statements_whatever_the_number_of_plustaken(
    app, database, enter, alliance, running
):
    browser = enter("lead")
    leaving = f"{HERE}/deelnemers/{alliance.participations['Venray'].id}/vertrek"
    for path in (PAGE, leaving):
        browser.get(path)
    with statements(app) as few:
        browser.get(PAGE)
        browser.get(leaving)
    with database.unit_of_work() as session:
        for plugin in ("expertpool", "warmtebedrijf"):
            make_running(session, alliance, plugin=plugin)
    with statements(app) as many:
        browser.get(PAGE)
        browser.get(leaving)

    # A plugin that is no longer installed is asked for its title in a statement of its own.
    assert len(many) - len(few) == 2
    with database.reading() as session:
        assert len(session.scalars(select(Plustaak)).all()) == 3
