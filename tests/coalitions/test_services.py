"""What coalitions do: form, become active, fall below the threshold, return, close."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from extranet.coalitions.events import PlustaakFrozen, PlustaakThawed
from extranet.coalitions.models import Answer, Coalition, Interest, Participation, Plustaak
from extranet.coalitions.services import initiatives, participation, plustaken, states
from extranet.coalitions.services.initiatives import Proposal
from extranet.coalitions.services.participation import Consent
from extranet.errors import Conflict, InvalidInput
from extranet.events import emit
from extranet.membership.models import Membership
from extranet.membership.services.memberships import end_membership
from extranet.membership.services.organisations import set_successor
from extranet.outbox.models import Mail
from extranet.people.events import SeatInventoryAsked
from tests.coalitions.alliances import DAY, make_alliance
from tests.membership.places import PUBLISHED, logged

PROPOSAL = Proposal(
    name="Warmte in de wijk", aim="Samen onderzoeken.", reason="Alleen lukt het niet."
)
CONSENT = Consent(on=date(2026, 11, 1), body="college", evidence="besluitenlijst 44")


def told(session):
    return sorted(session.scalars(select(Mail.to_address)))


def test_propose_puts_an_initiative_on_the_list(session):
    made = make_alliance(session)
    weert = made.organisations["Weert"]

    found = initiatives.propose(
        session,
        region_id=made.region.id,
        proposal=PROPOSAL,
        organisation_id=weert.id,
        actor=made.actor(),
    )

    assert (found.slug, found.state, found.proposed_on) == ("warmte-in-de-wijk", "initiative", DAY)
    assert [(one.organisation_id, one.answer) for one in session.scalars(select(Interest))] == [
        (weert.id, "join")
    ]
    assert logged(session) == ["coalition.proposed", "coalition.answered"]
    assert told(session) == []


@pytest.mark.parametrize("name", ["Groen gas", "GROEN GAS"])
def test_propose_refuses_a_name_that_is_there(session, name):
    made = make_alliance(session)
    proposal = Proposal(name=name, aim="x", reason="")

    with pytest.raises(InvalidInput) as refusal:
        initiatives.propose(
            session,
            region_id=made.region.id,
            proposal=proposal,
            organisation_id=made.organisations["Weert"].id,
            actor=made.actor(),
        )

    assert set(refusal.value.fields) == {"name"}


@pytest.mark.parametrize("who", ["Net", "Boeren", "Kerkrade"])
def test_propose_is_for_deelnemers(session, who):
    made = make_alliance(session)

    with pytest.raises(InvalidInput):
        initiatives.propose(
            session,
            region_id=made.region.id,
            proposal=PROPOSAL,
            organisation_id=made.organisations[who].id,
            actor=made.actor(),
        )


def test_slug_of_a_name_without_letters_or_taken_is_a_free_one(session):
    made = make_alliance(session)
    names = ["Nieuw", "Groen-gas", "???"]

    slugs = [
        initiatives.propose(
            session,
            region_id=made.region.id,
            proposal=Proposal(name=name, aim="x", reason=""),
            organisation_id=made.organisations["Weert"].id,
            actor=made.actor(),
        ).slug
        for name in names
    ]

    assert slugs == ["nieuw-2", "groen-gas-2", "coalitie"]


def test_last_answer_of_a_member_counts(session):
    made = make_alliance(session, state="initiative")
    venray = made.organisations["Venray"].id

    for said in (Answer.JOIN, Answer.NOT_NOW):
        initiatives.answer(
            session,
            coalition=made.coalition,
            organisation_id=venray,
            said=said,
            note="",
            actor=made.actor("Venray"),
        )

    assert [(one.organisation_id, one.answer) for one in session.scalars(select(Interest))] == [
        (venray, "not_now")
    ]


def test_coalition_becomes_active_with_the_third_consent(session):
    made = make_alliance(session, consented=2, state="forming")

    participation.record_consent(
        session,
        coalition=made.coalition,
        participation=made.participations["Beesel"],
        consent=CONSENT,
        actor=made.actor("Beesel"),
    )

    assert made.coalition.state == "active"
    assert logged(session) == ["participation.consented", "coalition.active"]
    assert told(session) == ["admin@example.org", "representative@example.org"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": date(2026, 11, 24)}, "consented_on"),
        ({"body": ""}, "body"),
        ({"evidence": ""}, "evidence"),
    ],
)
def test_consent_needs_a_body_a_day_and_evidence(session, wrong, field):
    made = make_alliance(session, consented=2, state="forming")
    given = {"on": CONSENT.on, "body": CONSENT.body, "evidence": CONSENT.evidence, **wrong}

    with pytest.raises(InvalidInput) as refusal:
        participation.record_consent(
            session,
            coalition=made.coalition,
            participation=made.participations["Beesel"],
            consent=Consent(**given),
            actor=made.actor(),
        )

    assert set(refusal.value.fields) == {field}
    assert made.coalition.state == "forming"


def leave(session, made, name, until_date):
    participation.leave(
        session,
        coalition=made.coalition,
        participation=made.participations[name],
        until_date=until_date,
        reason="",
        actor=made.actor(name),
    )


def test_leaving_freezes_the_money_below_the_threshold_and_a_return_frees_it(session):
    made = make_alliance(session)
    heard: list[object] = []
    for kind in (PlustaakFrozen, PlustaakThawed):
        session.info["subscriptions"].subscribe(kind, lambda _session, it: heard.append(type(it)))
    plustaak = Plustaak(
        coalition_id=made.coalition.id, plugin="proef", enabled_at=session.info["clock"].now()
    )
    session.add(plustaak)

    leave(session, made, "Venray", DAY - timedelta(days=1))

    assert made.coalition.state == "below_threshold"
    assert (made.coalition.below_since, made.coalition.grace_until) == (
        DAY,
        DAY + timedelta(days=90),
    )
    assert plustaak.frozen_on == DAY
    assert told(session) == ["admin@example.org"]

    participation.join(
        session,
        coalition=made.coalition,
        organisation_id=made.organisations["Horst aan de Maas"].id,
        from_date=DAY,
        actor=made.actor(),
    )
    joined = session.scalars(select(Participation).order_by(Participation.id.desc())).first()
    participation.record_consent(
        session, coalition=made.coalition, participation=joined, consent=CONSENT, actor=made.actor()
    )

    assert made.coalition.state == "active"
    assert (made.coalition.below_since, made.coalition.grace_until) == (None, None)
    assert plustaak.frozen_on is None
    assert heard == [PlustaakFrozen, PlustaakThawed]


def test_leaving_later_acts_on_the_day_after_the_last(session, clock):
    made = make_alliance(session)
    leave(session, made, "Venray", DAY)

    assert (states.recount_all(session), made.coalition.state) == (0, "active")
    clock.advance(days=1)
    assert (states.recount_all(session), made.coalition.state) == (1, "below_threshold")
    assert (states.recount_all(session), made.coalition.state) == (0, "below_threshold")


def test_leaving_one_coalition_changes_nothing_in_another(session):
    made = make_alliance(session)
    before = {"state": made.other.state, "version": made.other.version}

    leave(session, made, "Venray", DAY - timedelta(days=1))

    assert {"state": made.other.state, "version": made.other.version} == before


@pytest.mark.parametrize("until_date", [date(2025, 12, 31), DAY - timedelta(days=2)])
def test_leave_refuses_a_last_day_that_cannot_be(session, until_date):
    made = make_alliance(session)

    with pytest.raises(InvalidInput) as refusal:
        leave(session, made, "Venray", until_date)

    assert set(refusal.value.fields) == {"until_date"}


def test_join_refuses_who_takes_part_already_and_who_is_no_deelnemer(session):
    made = make_alliance(session)
    for name in ("Weert", "Net", "Kerkrade"):
        with pytest.raises(InvalidInput):
            participation.join(
                session,
                coalition=made.coalition,
                organisation_id=made.organisations[name].id,
                from_date=DAY,
                actor=made.actor(),
            )


def test_member_that_leaves_the_region_leaves_its_coalitions(session):
    made = make_alliance(session)
    membership = membership_of(session, made, "Venray")

    end_membership(
        session,
        membership=membership,
        until_date=DAY - timedelta(days=1),
        publication=PUBLISHED,
        actor=made.actor(),
    )

    assert made.participations["Venray"].until_date == DAY - timedelta(days=1)
    assert made.coalition.state == "below_threshold"


def membership_of(session, made, name):
    return session.scalars(
        select(Membership).where(
            Membership.region_id == made.region.id,
            Membership.organisation_id == made.organisations[name].id,
        )
    ).one()


def test_herindeling_counts_the_threshold_again(session):
    made = make_alliance(session)

    for name in ("Venray", "Beesel"):
        set_successor(
            session,
            organisation=made.organisations[name],
            successor_code="gm:1507",
            from_date=DAY,
            actor=made.actor(),
        )

    assert made.coalition.state == "below_threshold"


def test_seat_that_leads_hangs_on_the_inventory(session):
    made = make_alliance(session)
    asked = SeatInventoryAsked(seat_id=made.lead_seat.id)

    emit(session, asked)

    assert [str(item) for item in asked.items] == ["Leads the coalition Groen gas"]


def test_coalition_closes_in_two_steps_and_stays_closed(session):
    made = make_alliance(session)
    plustaak = plustaken.enable_plustaak(
        session, coalition=made.coalition, plugin="proef", actor=made.actor()
    )
    with pytest.raises(Conflict):
        states.close(session, coalition=made.coalition, actor=made.actor())

    states.start_closing(session, coalition=made.coalition, actor=made.actor())
    with pytest.raises(Conflict):
        states.close(session, coalition=made.coalition, actor=made.actor())
    plustaken.disable_plustaak(
        session, coalition=made.coalition, plustaak=plustaak, actor=made.actor()
    )
    states.close(session, coalition=made.coalition, actor=made.actor())

    assert (made.coalition.state, made.coalition.closed_on) == ("closed", DAY)
    assert {one.until_date for one in made.participations.values()} == {DAY}
    with pytest.raises(Conflict):
        plustaken.enable_plustaak(
            session, coalition=made.coalition, plugin="ander", actor=made.actor()
        )


def test_plustaak_goes_off_and_on_again_as_the_same_one(session):
    made = make_alliance(session)
    first = plustaken.enable_plustaak(
        session, coalition=made.coalition, plugin="proef", actor=made.actor()
    )
    plustaken.disable_plustaak(
        session, coalition=made.coalition, plustaak=first, actor=made.actor()
    )
    again = plustaken.enable_plustaak(
        session, coalition=made.coalition, plugin="proef", actor=made.actor()
    )

    assert (again.id, again.state) == (first.id, "on")
    assert len(session.scalars(select(Plustaak)).all()) == 1
    assert (
        session.scalars(select(Coalition.version).where(Coalition.id == made.other.id)).one() == 1
    )


@pytest.mark.parametrize(("typed", "purged"), [("proef", True), ("Proef", False), ("", False)])
def test_purge_asks_for_the_name_and_that_it_is_off(session, typed, purged):
    made = make_alliance(session)
    plustaak = plustaken.enable_plustaak(
        session, coalition=made.coalition, plugin="proef", actor=made.actor()
    )
    values = {"coalition": made.coalition, "plustaak": plustaak, "actor": made.actor()}
    with pytest.raises(Conflict):
        plustaken.purge_plustaak(session, typed="proef", **values)
    plustaken.disable_plustaak(session, **values)

    if not purged:
        with pytest.raises(InvalidInput):
            plustaken.purge_plustaak(session, typed=typed, **values)
        return
    plustaken.purge_plustaak(session, typed=typed, **values)
    assert logged(session)[-1] == "plustaak.purged"
