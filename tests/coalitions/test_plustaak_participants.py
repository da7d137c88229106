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
from extranet.coalitions.models import PlustaakParticipation
from extranet.coalitions.queries.plustaak_parties import parties_by_plustaak
from extranet.coalitions.services import participation, states
from extranet.coalitions.services.plustaken import enable_plustaak
from extranet.errors import Conflict, InvalidInput
from extranet.outbox.models import Mail
from tests.coalitions.alliances import DAY, make_alliance, make_participation
from tests.coalitions.plustaken import FROM, make_plustaak, take_part
from tests.coalitions.ready import agree
from tests.coalitions.taking_part import add, let_go, make_running, rows
from tests.membership.places import logged
from tests.side_by_side import side_by_side

YESTERDAY = DAY - timedelta(days=1)


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


def numbers(made, *names):
    return [made.organisations[name].id for name in names]


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


def test_corrected_last_day_moves_in_the_plustaken_that_followed_it(session):
    made = make_alliance(session)
    plustaak = make_running(session, made)
    other = make_plustaak(
        session, coalition=made.coalition, parties=[made.organisations["Venray"]], plugin="zon"
    )
    soon, later = DAY + timedelta(days=30), DAY + timedelta(days=400)
    leave_coalition(session, made, "Venray", soon)
    (own,) = session.scalars(
        select(PlustaakParticipation).where(PlustaakParticipation.plustaak_id == other.id)
    )
    own.until_date = DAY
    session.flush()

    leave_coalition(session, made, "Venray", later)

    (venray,) = numbers(made, "Venray")
    days = {
        one.plustaak_id: one.until_date
        for one in session.scalars(
            select(PlustaakParticipation).where(PlustaakParticipation.organisation_id == venray)
        )
    }
    assert days == {plustaak.id: later, other.id: DAY}


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


def test_two_who_add_the_same_at_once_add_it_once(database, alliance, running):
    problem = side_by_side(
        database,
        lambda session: add(session, alliance, "Horst aan de Maas"),
        lambda session: add(session, alliance, "Horst aan de Maas"),
    )

    assert isinstance(problem, InvalidInput)
    with database.reading() as session:
        assert len(rows(session)) == 4
