"""The overview of a coalition: what needs doing, and how each plustaak stands."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extranet.coalitions.models import CoalitionState, Plustaak
from extranet.coalitions.rules.threshold import count
from extranet.coalitions.rules.todo import Situation, todo
from extranet.i18n import Text
from extranet.plugins.models import InstalledPlugin
from tests.basistaken.tasks import statements
from tests.coalitions.alliances import make_alliance
from tests.coalitions.contracts import send, write
from tests.coalitions.plustaken import make_plustaak
from tests.membership.places import text_of

HERE = "/noord/coalities/groen-gas/"
MOMENT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
LOOKING_IN = ("reader", "partner", "member", "participant", "representative", "guest")
MANAGERS = ("lead", "admin")


def add_plustaak(session, coalition, plugin, **values):
    given = {"state": "on", "live_since": None, **values}
    session.add(Plustaak(coalition_id=coalition.id, plugin=plugin, enabled_at=MOMENT, **given))


def add_installed(session, name, title):
    session.add(InstalledPlugin(name=name, title=title, kind="plustaak", seen_at=MOMENT))


def part_of(answer, heading):
    """Return the part of a page below a heading, as it is written."""
    return answer.text.partition(f"<h2>{heading}</h2>")[2].partition("</section>")[0]


@pytest.fixture
def started(database, alliance):
    """Plustaken in every state, whose code is here or gone, and one of another coalition."""
    with database.unit_of_work() as session:
        add_plustaak(session, alliance.coalition, "infoavond")
        live = {"live_since": date(2026, 11, 10), "frozen_on": date(2026, 11, 20)}
        add_plustaak(session, alliance.coalition, "warmte", **live)
        add_plustaak(session, alliance.coalition, "zon", state="off")
        add_plustaak(session, alliance.coalition, "oud", state="archived")
        add_plustaak(session, alliance.other, "wind")
        add_installed(session, "warmte", "Warmte samen")
        add_installed(session, "zon", "Zon op daken")
        add_installed(session, "wind", "Wind van elders")
    return alliance


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("who", [*LOOKING_IN, *MANAGERS])
def test_plustaken_stand_by_their_titles_with_how_they_stand(enter, who):
    answer = enter(who).get(HERE)
    part = part_of(answer, "Plustaken")

    assert "Zon op daken" in part
    assert "Warmte samen" in part
    assert "oud" in part
    assert "infoavond</" not in part
    assert "Wind van elders" not in answer.text
    assert "Nog niet live" in part
    assert "Geld bevroren" in part
    assert part.count("Werkt niet") == 1
    assert ">Live<" not in part


@pytest.mark.usefixtures("started")
def test_plustaak_that_is_on_is_a_way_to_its_first_page(enter):
    part = part_of(enter("guest").get(HERE), "Plustaken")

    assert f'<a href="{HERE}infoavond">' in part


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize(("who", "own"), [("lead", True), ("reader", False), ("guest", False)])
def test_plustaak_that_is_not_live_asks_the_lead(enter, who, own):
    part = part_of(enter(who).get(HERE), "Wat er te doen is")

    assert part.count("is nog niet live: kijk wat er nog in de weg staat.") == 1
    assert "De lead" in part
    assert ("dat ben jij" in part) == own


@pytest.mark.parametrize("state", ["closing", "closed"])
def test_coalition_that_closes_asks_nobody_to_go_live(database, enter, started, state):
    with database.unit_of_work() as session:
        session.add(started.coalition)
        started.coalition.state = state
        started.coalition.closed_on = date(2026, 11, 1) if state == "closed" else None

    assert "is nog niet live" not in enter("lead").get(HERE).text


def test_own_comes_first_and_then_what_is_due_first():
    situation = Situation(
        state="below_threshold",
        has_lead=False,
        lead=None,
        grace_until=date(2027, 1, 30),
        standing=count([], needed=3, day=date(2026, 11, 23)),
        without_consent=("Venray",),
        own_consent_missing=True,
        not_live=(("zon", "Zon"),),
    )

    found = todo(situation)

    assert [(one.is_own, one.due) for one in found] == [
        (True, None),
        (False, date(2027, 1, 30)),
        (False, None),
        (False, None),
    ]
    assert found[-1].what == Text(
        "The plustaak %(name)s is not live yet: see what still stands in the way.", name="Zon"
    )


@pytest.mark.parametrize("who", LOOKING_IN)
def test_who_cannot_answer_gets_no_link_to_the_form(database, client, sign_in, who):
    with database.unit_of_work() as session:
        made = make_alliance(session, state=CoalitionState.INITIATIVE)
    answer = sign_in(client, made.people[who]).get(HERE)

    part = part_of(answer, "Wat er te doen is")
    assert "Zeg of je organisatie meedoet" in part
    may = client.get(f"{HERE}belangstelling").status_code == 200
    assert (f'href="{HERE}belangstelling"' in part) == may


@pytest.mark.parametrize("who", [*LOOKING_IN, *MANAGERS])
def test_empty_part_has_a_button_for_who_can_fill_it(database, client, sign_in, who):
    with database.unit_of_work() as session:
        made = make_alliance(session, consented=0, state=CoalitionState.FORMING)
        for one in made.participations.values():
            session.delete(one)
    page = sign_in(client, made.people[who]).get(HERE)

    assert "Hier komen de organisaties die meedoen." in text_of(page)
    assert "Hier komen de plustaken van deze coalitie" in text_of(page)
    buttons = [">Een plustaak aanzetten</a>", ">Deelnemer toevoegen</a>"]
    assert [one in page.text for one in buttons] == [who in MANAGERS] * 2


@pytest.mark.parametrize("known", [True, False])
def test_overview_asks_as_much_for_thirty_plustaken_as_for_one(
    app, database, enter, alliance, known
):
    browser, counts, kept = enter("lead"), [], 0
    for total in (1, 3, 30):
        with database.unit_of_work() as session:
            for number in range(kept, total):
                add_plustaak(session, alliance.coalition, f"plugin{number}")
                if known:
                    add_installed(session, f"plugin{number}", f"Plugin {number}")
        kept = total
        with statements(app) as queries:
            assert browser.get(HERE).status_code == 200
        counts.append(len(queries))

    assert len(set(counts)) == 1
    assert counts[0] <= 6


@pytest.mark.parametrize(("who", "is_own"), [("representative", True), ("guest", False)])
def test_agreement_that_waits_is_to_do_for_who_has_to_answer(
    database, client, sign_in, who, is_own
):
    with database.unit_of_work() as session:
        made = make_alliance(session)
        parties = [made.organisations[name] for name in ("Weert", "Venray", "Beesel")]
        plustaak = make_plustaak(session, coalition=made.coalition, parties=parties, plugin="zon")
        write(session, made.region, plustaak, parties)
        send(session, made.region, plustaak)

    part = part_of(sign_in(client, made.people[who]).get(HERE), "Wat er te doen is")

    assert "Geef antwoord op de overeenkomst van zon." in part
    assert "Beesel, Venray, Weert" in part
    assert ("dat ben jij" in part) is is_own
