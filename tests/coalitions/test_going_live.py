"""Going live: every blocker by its name, who may press the button, and what happens then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from extranet.coalitions.events import Blocker, GoLiveAsked, PlustaakWentLive
from extranet.coalitions.models import Plustaak, PlustaakParticipation
from extranet.coalitions.queries.blockers import Asked, going_live
from extranet.coalitions.queries.workspace import lock_coalition
from extranet.coalitions.services import going_live as services
from extranet.coalitions.services.mails import STATE
from extranet.coalitions.services.plustaken import get_plustaak
from extranet.errors import Conflict
from extranet.i18n import Text
from extranet.outbox.models import Mail
from tests.basistaken.tasks import statements
from tests.coalitions.alliances import DAY, WHO, make_alliance
from tests.coalitions.contracts import answer, send, write
from tests.coalitions.plustaken import make_plustaak, take_part
from tests.coalitions.ready import PARTIES, adopt, agree, make_ready
from tests.membership.places import logged, text_of
from tests.side_by_side import side_by_side

PAGE = "/noord/coalities/groen-gas/infoavond/live"
EVERYBODY = set(WHO) - {"stranger", "outsider", "operator"}
MANAGERS = {"lead", "admin"}


def ask(session, made, plustaak):
    asked = Asked(
        id=plustaak.id,
        plugin=plustaak.plugin,
        region_id=made.region.id,
        coalition_id=made.coalition.id,
        coalition_state=made.coalition.state,
    )
    return going_live(session, asked)


def blockers(session, made, plustaak):
    return [str(one.what) for one in ask(session, made, plustaak).blockers]


def parties_of(made):
    return [made.organisations[name] for name in PARTIES]


def mailed(session):
    """Return who gets a mail about the coalition; those about its agreement are another's."""
    return list(session.scalars(select(Mail.to_address).where(Mail.template == STATE)))


def test_nothing_blocks_when_the_three_contracts_hold(session):
    made = make_alliance(session)

    found = ask(session, made, make_ready(session, made))

    assert found.blockers == ()
    assert [str(one) for one in found.done] == [
        "The coalition is active: 3 municipalities, 3 needed.",
        "In this plustaak 3 municipalities take part, 3 needed.",
        "Version 1 of the agreement is in force since 20 November 2026.",
        "Version 1 of the budget 2027 was adopted on 12 November 2026: €\xa0100.01 to share.",
    ]


def test_new_plustaak_lacks_agreement_and_budget(session):
    made = make_alliance(session)
    plustaak = make_plustaak(session, coalition=made.coalition, parties=parties_of(made))

    assert blockers(session, made, plustaak) == [
        "There is no agreement yet.",
        "There is no budget yet.",
    ]


@pytest.mark.parametrize(
    ("state", "what"),
    [
        ("initiative", "The coalition is still an initiative."),
        ("forming", "The coalition is not active: 2 of 3 municipalities consented."),
        ("closing", "The coalition is closing."),
        ("closed", "The coalition is closing."),
    ],
)
def test_coalition_that_is_not_active_blocks(session, state, what):
    made = make_alliance(session, consented=2, state=state)
    plustaak = make_ready(session, made)

    assert blockers(session, made, plustaak)[0] == what


def test_too_few_municipalities_in_the_plustaak_block(session):
    made = make_alliance(session)
    plustaak = make_plustaak(session, coalition=made.coalition, parties=parties_of(made)[:2])

    assert "In this plustaak 2 of 3 municipalities count." in blockers(session, made, plustaak)


def test_draft_of_the_agreement_blocks(session):
    made = make_alliance(session)
    plustaak = make_plustaak(session, coalition=made.coalition, parties=parties_of(made))
    adopt(session, made, plustaak)
    write(session, made.region, plustaak, parties_of(made))

    assert blockers(session, made, plustaak) == ["The agreement is a draft."]


def test_who_has_not_answered_and_who_declined_block_by_name(session):
    made = make_alliance(session)
    plustaak = make_plustaak(session, coalition=made.coalition, parties=parties_of(made))
    adopt(session, made, plustaak)
    write(session, made.region, plustaak, parties_of(made))
    send(session, made.region, plustaak)
    answer(session, made.region, plustaak, made.organisations["Weert"], said="decline")

    assert blockers(session, made, plustaak) == [
        "The agreement waits for Beesel, Venray.",
        "The agreement was declined by Weert.",
    ]


def test_agreed_date_to_come_blocks(session):
    made = make_alliance(session)
    plustaak = make_plustaak(session, coalition=made.coalition, parties=parties_of(made))
    adopt(session, made, plustaak)
    write(session, made.region, plustaak, parties_of(made))
    send(session, made.region, plustaak, day=DAY + timedelta(days=30))
    for one in parties_of(made):
        answer(session, made.region, plustaak, one)

    assert blockers(session, made, plustaak) == [
        "Everybody consented, but the agreed date has not come."
    ]


def test_who_joins_after_the_contracts_blocks(session):
    made = make_alliance(session)
    plustaak = make_ready(session, made)
    take_part(session, plustaak, made.organisations["Horst aan de Maas"])

    assert blockers(session, made, plustaak) == [
        "Horst aan de Maas did not consent to the version in force.",
        "The parties to the agreement are others than the participants.",
        "The budget 2027 is divided among others than the participants.",
    ]


def test_rule_of_the_plugin_blocks_with_its_own_words(session):
    made = make_alliance(session)
    plustaak = make_ready(session, made)
    blocker = Blocker(what=Text("Four."), solved_by=Text("More."), who=Text("You"), endpoint="x.y")
    heard = []

    def refuse(_session, asked):
        heard.append(asked.participants)
        asked.blockers.append(blocker)

    session.info["subscriptions"].subscribe(GoLiveAsked, refuse)

    assert ask(session, made, plustaak).blockers == (blocker,)
    assert heard == [("gm:0889", "gm:0984", "gm:0988")]


def go(session, made):
    coalition = lock_coalition(session, made.coalition.id)
    plustaak = get_plustaak(session, coalition_id=coalition.id, plugin="infoavond")
    return services.go_live(session, coalition=coalition, plustaak=plustaak, actor=made.actor())


def test_go_live_is_written_told_and_mailed_once(session):
    made = make_alliance(session)
    plustaak = make_ready(session, made)
    heard = []
    session.info["subscriptions"].subscribe(PlustaakWentLive, lambda _session, it: heard.append(it))

    assert (go(session, made), go(session, made)) == (True, False)
    assert plustaak.live_since == DAY
    assert [one.live_since for one in heard] == [DAY]
    assert logged(session).count("plustaak.went_live") == 1
    assert mailed(session) == ["representative@example.org"]


@pytest.mark.parametrize("state", ["off", "archived"])
def test_plustaak_that_is_not_on_does_not_go_live(session, state):
    made = make_alliance(session)
    plustaak = make_ready(session, made, state=state)

    with pytest.raises(Conflict):
        go(session, made)
    assert plustaak.live_since is None


def test_blocked_plustaak_does_not_go_live(session):
    made = make_alliance(session)
    make_plustaak(session, coalition=made.coalition, parties=parties_of(made))

    with pytest.raises(Conflict) as refusal:
        go(session, made)
    assert str(refusal.value.message) == "It cannot go live yet. There is no agreement yet."


@pytest.fixture
def ready(database, alliance):
    """A plustaak that nothing keeps from going live, committed."""
    with database.unit_of_work() as session:
        return make_ready(session, alliance)


def test_two_presses_at_once_go_live_once(database, alliance, ready):
    problem = side_by_side(
        database, lambda session: go(session, alliance), lambda session: go(session, alliance)
    )

    assert problem is None
    with database.reading() as session:
        assert logged(session).count("plustaak.went_live") == 1
        assert mailed(session) == ["representative@example.org"]


def test_participant_that_leaves_at_the_same_moment_keeps_it_from_going_live(
    database, alliance, ready
):
    def leave(session):
        lock_coalition(session, alliance.coalition.id)
        row = session.scalars(
            select(PlustaakParticipation).where(
                PlustaakParticipation.organisation_id == alliance.organisations["Beesel"].id
            )
        ).one()
        row.until_date = DAY - timedelta(days=1)

    problem = side_by_side(database, leave, lambda session: go(session, alliance))

    assert isinstance(problem, Conflict)
    with database.reading() as session:
        assert session.get_one(Plustaak, ready.id).live_since is None


def test_plustaak_of_another_coalition_or_region_is_not_here(enter, ready):
    browser = enter("admin")

    assert browser.get("/noord/coalities/andere-coalitie/infoavond/live").status_code == 404
    assert browser.get("/zuid/coalities/groen-gas/infoavond/live").status_code == 404


def test_page_of_a_live_and_frozen_plustaak_says_since_when(database, enter, alliance):
    with database.unit_of_work() as session:
        make_ready(session, alliance, live_since=DAY).frozen_on = DAY

    said = text_of(enter("member").get(PAGE))

    assert "Live sinds 23 november 2026" in said
    assert "Het geld is sinds 23 november 2026 bevroren" in said


@pytest.mark.parametrize("state", ["off", "archived"])
def test_page_of_a_plustaak_that_is_not_on_is_for_reading(database, enter, alliance, state):
    with database.unit_of_work() as session:
        make_ready(session, alliance, state=state)

    said = text_of(enter("lead").get(PAGE))

    assert "deze pagina is om te lezen" in said
    assert "Ga live" not in said


def test_page_takes_the_same_statements_whatever_the_number_of_plustaken(
    app, database, enter, alliance, ready
):
    browser = enter("lead")
    browser.get(PAGE)
    counts = []
    for plugins in ((), ("tweede", "derde")):
        with database.unit_of_work() as session:
            for plugin in plugins:
                make_ready_too(session, alliance, plugin)
        with statements(app) as seen:
            browser.get(PAGE)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def make_ready_too(session, made, plugin):
    plustaak = make_plustaak(
        session, coalition=made.coalition, parties=parties_of(made), plugin=plugin
    )
    agree(session, made, plustaak)
