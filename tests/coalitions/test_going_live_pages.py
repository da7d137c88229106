"""The page and the button for going live, with a plugin that has a rule of its own."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from extranet.coalitions.models import Plustaak
from tests.coalitions.alliances import DAY, WHO
from tests.coalitions.ready import make_ready
from tests.membership.places import text_of
from tests.plugins.installing import migrate_all

PAGE = "/noord/coalities/groen-gas/infoavond/live"
EVERYBODY = set(WHO) - {"stranger", "outsider", "operator"}
MANAGERS = {"lead", "admin"}


@pytest.fixture
def database_url(backend):
    """The address of a database with the tables of the core and of every installed plugin."""
    with backend.filled("plugins", migrate_all) as url:
        yield url


@pytest.fixture
def ready(database, alliance):
    """A plustaak that nothing keeps from going live: its plugin wants an evening with a host."""
    with database.unit_of_work() as session:
        made = make_ready(session, alliance)
        session.execute(
            text(
                "INSERT INTO infoavond_evenings (id, plustaak_id, title, venue, street, town,"
                " capacity, state, version)"
                " VALUES (1, :plustaak_id, 'Avond', '', '', '', 40, 'planned', 1)"
            ),
            {"plustaak_id": made.id},
        )
        session.execute(
            text("INSERT INTO infoavond_hosts (evening_id, organisation_id) VALUES (1, :number)"),
            {"number": alliance.organisations["Weert"].id},
        )
        return made


@pytest.mark.parametrize("who", WHO)
def test_page_and_button_are_for_whom_they_are_meant(database, enter, alliance, ready, who):
    browser = enter(who)

    page = browser.get(PAGE)
    organisation = {"representative": "Venray", "admin": "Horst aan de Maas"}.get(who, "Weert")
    acting = f"{alliance.region.id}-{alliance.organisations[organisation].id}"
    pressed = browser.post(PAGE, data={"acting": acting})

    if who == "stranger":
        assert (page.status_code, pressed.status_code) == (302, 302)
    elif who not in EVERYBODY:
        assert (page.status_code, pressed.status_code) == (404, 404)
    else:
        assert page.status_code == 200
        assert ("Ga live" in text_of(page)) == (who in MANAGERS)
        assert pressed.status_code == (302 if who in MANAGERS else 403)
    with database.reading() as session:
        live_since = session.get_one(Plustaak, ready.id).live_since
    assert live_since == (DAY if who in MANAGERS else None)


def test_page_says_what_happens_before_the_button(enter, ready):
    said = text_of(enter("lead").get(PAGE))

    assert "Er staat niets meer in de weg." in said
    assert "1 persoon: De representative" in said
    assert "Nobody" not in said
