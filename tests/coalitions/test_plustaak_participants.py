"""Who takes part in a plustaak: at the start, later, and what leaving does to its threshold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from extranet.coalitions.events import (
    PlustaakFrozen,
    PlustaakParticipationEnded,
    PlustaakParticipationStarted,
    PlustaakThawed,
)
from extranet.coalitions.models import Plustaak, PlustaakParticipation
from extranet.coalitions.queries.plustaak_parties import parties_by_plustaak
from extranet.coalitions.queries.workspace import lock_coalition
from extranet.coalitions.services import participation, plustaak_participation, states
from extranet.coalitions.services.plustaken import enable_plustaak, get_plustaak
from extranet.errors import Conflict, InvalidInput
from extranet.outbox.models import Mail
from tests.basistaken.tasks import statements
from tests.coalitions.alliances import DAY, WHO, make_alliance, make_participation
from tests.coalitions.plustaken import FROM, make_plustaak, take_part
from tests.coalitions.ready import PARTIES, agree
from tests.membership.places import logged, text_of
from tests.side_by_side import side_by_side

HERE = "/noord/coalities/groen-gas"
PAGE = f"{HERE}/infoavond/deelnemers"
YESTERDAY = DAY - timedelta(days=1)
EVERYBODY = set(WHO) - {"stranger", "outsider", "operator"}
MANAGERS = {"lead", "admin"}
OPEN_TO = {
    PAGE: EVERYBODY,
    f"{PAGE}/toevoegen": MANAGERS,
    f"{PAGE}/gm:0988/vertrek": MANAGERS,
    f"{PAGE}/gm:0984/vertrek": MANAGERS | {"representative"},
}


def hear(session):
    heard = []
    for kind in (
        PlustaakFrozen,
        PlustaakThawed,
        PlustaakParticipationStarted,
        PlustaakParticipationEnded,
    ):
        session.info["subscriptions"].subscribe(kind, lambda _session, it: heard.append(it))
    return heard


def parties_of(made):
    return [made.organisations[name] for name in PARTIES]


def make_running(session, made, **values):
    return make_plustaak(session, coalition=made.coalition, parties=parties_of(made), **values)


def rows(session):
    found = session.scalars(
        select(PlustaakParticipation).order_by(
            PlustaakParticipation.organisation_id, PlustaakParticipation.from_date
        )
    )
    return [(one.organisation_id, one.from_date, one.until_date) for one in found]


def numbers(made, *names):
    return [made.organisations[name].id for name in names]


def add(session, made, name, *, from_date=DAY):
    coalition = lock_coalition(session, made.coalition.id)
    plustaak_participation.add(
        session,
        coalition=coalition,
        plustaak=get_plustaak(session, coalition_id=coalition.id, plugin="infoavond"),
        organisation_id=made.organisations[name].id,
        from_date=from_date,
        actor=made.actor(),
    )


def let_go(session, made, name, until_date):
    coalition = lock_coalition(session, made.coalition.id)
    plustaak = get_plustaak(session, coalition_id=coalition.id, plugin="infoavond")
    plustaak_participation.let_go(
        session,
        coalition=coalition,
        plustaak=plustaak,
        participation=plustaak_participation.get_participation(
            session, plustaak=plustaak, organisation_id=made.organisations[name].id
        ),
        until_date=until_date,
        actor=made.actor(),
    )


def leave_coalition(session, made, name, until_date):
    participation.leave(
        session,
        coalition=made.coalition,
        participation=made.participations[name],
        until_date=until_date,
        reason="",
        actor=made.actor(),
    )


def test_plustaak_starts_with_who_consented_to_the_coalition(session):
    made = make_alliance(session, consented=2)
    heard = hear(session)

    for _time in range(2):
        plustaak = enable_plustaak(
            session, coalition=made.coalition, plugin="infoavond", actor=made.actor()
        )

    assert rows(session) == [(number, DAY, None) for number in numbers(made, "Weert", "Venray")]
    assert [(type(it), it.plustaak_id, it.from_date) for it in heard] == [
        (PlustaakParticipationStarted, plustaak.id, DAY)
    ] * 2
    assert logged(session) == ["plustaak.enabled"]


def test_who_leaves_the_coalition_leaves_its_plustaken_on_the_same_day(session):
    made = make_alliance(session)
    plustaak = make_running(session, made)
    horst = made.organisations["Horst aan de Maas"]
    take_part(session, plustaak, horst)
    heard = hear(session)

    leave_coalition(session, made, "Venray", DAY)

    venray, weert, beesel = numbers(made, "Venray", "Weert", "Beesel")
    assert sorted(rows(session)) == sorted([
        (venray, FROM, DAY),
        (weert, FROM, None),
        (beesel, FROM, None),
        (horst.id, FROM, None),
    ])  # fmt: skip
    assert [(it.organisation_id, it.until_date) for it in heard] == [(venray, DAY)]


def test_who_leaves_before_its_first_day_never_took_part(session):
    made = make_alliance(session)
    plustaak = make_plustaak(session, coalition=made.coalition)
    take_part(session, plustaak, made.organisations["Venray"], from_date=DAY + timedelta(days=40))
    heard = hear(session)

    leave_coalition(session, made, "Venray", DAY)

    assert rows(session) == []
    assert [(type(it), it.until_date) for it in heard] == [(PlustaakParticipationEnded, DAY)]


def test_add_takes_a_participant_of_the_coalition_for_as_long_as_it_is_in_it(session):
    made = make_alliance(session)
    make_plustaak(session, coalition=made.coalition)
    until = date(2027, 6, 30)
    make_participation(
        session,
        coalition=made.coalition,
        organisation=made.organisations["Horst aan de Maas"],
        until_date=until,
    )
    heard = hear(session)

    add(session, made, "Horst aan de Maas")

    (number,) = numbers(made, "Horst aan de Maas")
    assert rows(session) == [(number, DAY, until)]
    assert [type(it) for it in heard] == [
        PlustaakParticipationStarted,
        PlustaakParticipationEnded,
    ]
    assert logged(session) == ["plustaak_participation.started"]


@pytest.mark.parametrize(
    ("name", "from_date", "field"),
    [
        ("Weert", DAY, "organisation_id"),
        ("Horst aan de Maas", DAY, "organisation_id"),
        ("Kerkrade", DAY, "organisation_id"),
        ("Venray", YESTERDAY, "from_date"),
    ],
)
def test_add_refuses_who_is_in_it_who_is_not_in_the_coalition_and_the_past(
    session, name, from_date, field
):
    made = make_alliance(session)
    make_plustaak(session, coalition=made.coalition, parties=[made.organisations["Weert"]])

    with pytest.raises(InvalidInput) as refusal:
        add(session, made, name, from_date=from_date)

    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize("state", ["off", "archived"])
def test_nothing_changes_in_a_plustaak_that_is_not_on(session, state):
    made = make_alliance(session)
    make_plustaak(
        session, coalition=made.coalition, parties=[made.organisations["Weert"]], state=state
    )

    with pytest.raises(Conflict):
        add(session, made, "Venray")
    with pytest.raises(Conflict):
        let_go(session, made, "Weert", DAY)


def test_plustaak_freezes_by_itself_with_one_mail_a_person_and_thaws(session):
    made = make_alliance(session)
    plustaak = make_running(session, made)
    untouched = make_running(session, made, plugin="expertpool")
    heard = hear(session)

    let_go(session, made, "Venray", YESTERDAY)

    assert (made.coalition.state, plustaak.frozen_on, untouched.frozen_on) == ("active", DAY, None)
    told = sorted(session.scalars(select(Mail.to_address)))
    assert told == ["admin@example.org", "representative@example.org"]

    add(session, made, "Venray")

    assert plustaak.frozen_on is None
    assert [type(it) for it in heard] == [
        PlustaakParticipationEnded,
        PlustaakFrozen,
        PlustaakParticipationStarted,
        PlustaakThawed,
    ]
    assert logged(session) == [
        "plustaak_participation.ended",
        "plustaak.frozen",
        "plustaak_participation.started",
        "plustaak.thawed",
    ]


def test_last_day_freezes_on_the_day_after(session, clock):
    made = make_alliance(session)
    plustaak = make_running(session, made)
    let_go(session, made, "Venray", DAY)
    assert plustaak.frozen_on is None

    clock.advance(days=1)
    states.recount_all(session)

    assert plustaak.frozen_on == DAY + timedelta(days=1)


def test_plustaak_that_is_still_gathering_is_not_frozen_but_a_live_one_is(session):
    made = make_alliance(session)
    gathering = make_plustaak(
        session, coalition=made.coalition, parties=[made.organisations["Weert"]]
    )
    live = make_plustaak(
        session,
        coalition=made.coalition,
        parties=[made.organisations["Weert"]],
        plugin="expertpool",
        live_since=DAY,
    )

    states.recount_all(session)

    assert (gathering.frozen_on, live.frozen_on) == (None, DAY)


def test_coalition_below_its_threshold_sends_one_mail_for_all(session):
    made = make_alliance(session)
    plustaak = make_running(session, made)

    leave_coalition(session, made, "Venray", YESTERDAY)

    assert (made.coalition.state, plustaak.frozen_on) == ("below_threshold", DAY)
    assert list(session.scalars(select(Mail.to_address))) == ["admin@example.org"]


def test_who_consented_to_the_agreement_in_force_counts_before_the_coalition_does(session):
    made = make_alliance(session)
    plustaak = make_running(session, made)
    agree(session, made, plustaak)
    horst = made.organisations["Horst aan de Maas"]
    make_participation(session, coalition=made.coalition, organisation=horst)
    take_part(session, plustaak, horst)

    parties = parties_by_plustaak(
        session, region_id=made.region.id, coalition_id=made.coalition.id, day=DAY
    )[plustaak.id]

    assert (parties.by_agreement, parties.standing(DAY).counted) == (True, 3)
    assert [one.name for one in parties.everybody if not one.consented] == ["Horst aan de Maas"]


@pytest.fixture
def running(database, alliance):
    """A plustaak of the three, committed; a municipality more in the coalition alone."""
    with database.unit_of_work() as session:
        make_participation(
            session,
            coalition=alliance.coalition,
            organisation=alliance.organisations["Horst aan de Maas"],
        )
        return make_running(session, alliance)


def test_two_who_add_the_same_at_once_add_it_once(database, alliance, running):
    problem = side_by_side(
        database,
        lambda session: add(session, alliance, "Horst aan de Maas"),
        lambda session: add(session, alliance, "Horst aan de Maas"),
    )

    assert isinstance(problem, InvalidInput)
    with database.reading() as session:
        assert len(rows(session)) == 4


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
