"""The first contract of a plustaak, as going live asks for it: in force, with every consent."""

from __future__ import annotations

from datetime import date

import pytest

from extranet.agreements.queries.current import consented_organisations
from extranet.agreements.queries.versions import lock_version
from extranet.agreements.services.creating import start_version
from extranet.agreements.services.parties import set_parties
from extranet.agreements.services.sending import withdraw_version
from extranet.coalitions.queries.contract_agreement import (
    AgreementStanding,
    agreement_standing,
    participants_to_be,
    participants_today,
)
from extranet.coalitions.queries.contract_budget import purse_of
from extranet.coalitions.rules.owners import owner_of
from tests.coalitions.alliances import make_alliance
from tests.coalitions.contracts import AGREED, DECIDED, answer, send, write
from tests.coalitions.plustaken import make_plustaak, take_part

PARTIES = ("Weert", "Venray", "Beesel")


@pytest.fixture
def made(session):
    """A plustaak of three municipalities, whose agreement is a draft between them."""
    alliance = make_alliance(session)
    parties = [alliance.organisations[name] for name in PARTIES]
    plustaak = make_plustaak(session, coalition=alliance.coalition, parties=parties)
    write(session, alliance.region, plustaak, parties)
    return alliance, plustaak


def counted_participants(session, plustaak):
    """Return the participants of today that consented to the version in force, by number."""
    purse = purse_of(session, plustaak)
    consented = consented_organisations(session, region_id=purse.region_id, owner=purse.owner)
    return consented & participants_today(session, plustaak).keys()


def agree(session, alliance, plustaak, *names, number=1):
    for name in names:
        answer(session, alliance.region, plustaak, alliance.organisations[name], number=number)


def test_without_agreement_there_is_nothing(session):
    alliance = make_alliance(session)
    parties = [alliance.organisations["Weert"]]
    plustaak = make_plustaak(session, coalition=alliance.coalition, parties=parties)

    assert agreement_standing(session, plustaak) == AgreementStanding(state="none")
    assert counted_participants(session, plustaak) == frozenset()


def test_draft_waits_for_nobody_yet(session, made):
    standing = agreement_standing(session, made[1])

    assert standing == AgreementStanding(state="draft", number=1)
    assert not standing.holds


def test_draft_notices_who_joins(session, made):
    alliance, plustaak = made
    take_part(session, plustaak, alliance.organisations["Horst aan de Maas"])

    assert agreement_standing(session, plustaak) == AgreementStanding(
        state="draft", number=1, parties_differ=True
    )


def test_sent_version_says_for_whom_it_waits_and_who_declined(session, made):
    alliance, plustaak = made
    send(session, alliance.region, plustaak)
    agree(session, alliance, plustaak, "Weert")
    venray = alliance.organisations["Venray"]
    answer(session, alliance.region, plustaak, venray, said="decline")

    assert agreement_standing(session, plustaak) == AgreementStanding(
        state="sent", number=1, in_force_from=AGREED, waiting=("Beesel",), declined=("Venray",)
    )
    assert counted_participants(session, plustaak) == frozenset()


def test_sent_version_waits_for_a_participant_that_is_no_party(session, made):
    alliance, plustaak = made
    send(session, alliance.region, plustaak)
    agree(session, alliance, plustaak, "Weert", "Venray")
    take_part(session, plustaak, alliance.organisations["Horst aan de Maas"])

    assert agreement_standing(session, plustaak) == AgreementStanding(
        state="sent",
        number=1,
        in_force_from=AGREED,
        waiting=("Beesel", "Horst aan de Maas"),
        parties_differ=True,
    )


def test_version_in_force_holds(session, made):
    alliance, plustaak = made
    send(session, alliance.region, plustaak)
    agree(session, alliance, plustaak, *PARTIES)

    standing = agreement_standing(session, plustaak)

    assert standing == AgreementStanding(
        state="in_force", number=1, in_force_from=AGREED, in_force_on=DECIDED
    )
    assert standing.holds
    assert counted_participants(session, plustaak) == {
        alliance.organisations[name].id for name in PARTIES
    }


def test_participant_without_consent_does_not_count(session, made):
    alliance, plustaak = made
    send(session, alliance.region, plustaak)
    agree(session, alliance, plustaak, *PARTIES)
    take_part(session, plustaak, alliance.organisations["Horst aan de Maas"])

    standing = agreement_standing(session, plustaak)

    assert standing.waiting == ("Horst aan de Maas",)
    assert standing.parties_differ
    assert not standing.holds
    assert alliance.organisations["Horst aan de Maas"].id not in counted_participants(
        session, plustaak
    )


def test_who_joins_later_is_to_be_a_party_and_holds_nothing_up_yet(session, made):
    alliance, plustaak = made
    send(session, alliance.region, plustaak)
    agree(session, alliance, plustaak, *PARTIES)
    horst = alliance.organisations["Horst aan de Maas"]
    take_part(session, plustaak, horst, from_date=date(2027, 1, 1))

    standing = agreement_standing(session, plustaak)

    assert (standing.holds, standing.parties_differ) == (True, True)
    assert list(participants_today(session, plustaak).values()) == sorted(PARTIES)
    assert list(participants_to_be(session, plustaak).values()) == sorted((*PARTIES, horst.name))


def test_complete_version_waits_for_its_day_and_for_nobody(session, made):
    alliance, plustaak = made
    send(session, alliance.region, plustaak, day=date(2027, 1, 1))
    agree(session, alliance, plustaak, *PARTIES)

    assert agreement_standing(session, plustaak) == AgreementStanding(
        state="sent", number=1, in_force_from=date(2027, 1, 1)
    )


def test_who_left_is_still_a_party_and_holds_nothing_up(session, made):
    alliance, plustaak = made
    horst = alliance.organisations["Horst aan de Maas"]
    take_part(session, plustaak, horst, until_date=date(2026, 10, 31))
    _, version = lock_version(
        session, region_id=alliance.region.id, owner=owner_of(plustaak.id), number=1
    )
    parties = [alliance.organisations[name] for name in (*PARTIES, "Horst aan de Maas")]
    set_parties(session, version=version, organisation_ids=[one.id for one in parties], actor=None)
    send(session, alliance.region, plustaak)
    agree(session, alliance, plustaak, *PARTIES, "Horst aan de Maas")

    standing = agreement_standing(session, plustaak)

    assert standing.holds
    assert standing.parties_differ
    assert horst.id not in counted_participants(session, plustaak)
    assert list(participants_today(session, plustaak).values()) == sorted(PARTIES)


def test_new_version_leaves_the_old_one_in_force(session, made):
    alliance, plustaak = made
    send(session, alliance.region, plustaak)
    agree(session, alliance, plustaak, *PARTIES)
    where = {"region_id": alliance.region.id, "owner": owner_of(plustaak.id)}
    start_version(session, **where, source=1, note="Meer avonden.", actor=None)
    send(session, alliance.region, plustaak, number=2)
    agree(session, alliance, plustaak, "Weert", number=2)

    assert agreement_standing(session, plustaak) == AgreementStanding(
        state="in_force", number=1, in_force_from=AGREED, in_force_on=DECIDED
    )


def test_withdrawn_version_is_none(session, made):
    alliance, plustaak = made
    send(session, alliance.region, plustaak)
    where = {"region_id": alliance.region.id, "owner": owner_of(plustaak.id)}
    version = lock_version(session, **where, number=1)[1]
    withdraw_version(session, version=version, reason="Een fout.", actor=None)

    assert agreement_standing(session, plustaak) == AgreementStanding(state="none", number=1)


def test_agreement_of_another_plustaak_does_not_count(session, made):
    alliance, plustaak = made
    other = make_plustaak(session, coalition=alliance.other)
    send(session, alliance.region, plustaak)

    assert agreement_standing(session, other) == AgreementStanding(state="none")
