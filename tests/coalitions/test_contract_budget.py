"""The second contract of a plustaak, as going live asks for it: adopted, and adding up."""

from __future__ import annotations

from datetime import date

import pytest

from extranet.coalitions.queries.contract_budget import BudgetStanding, budget_standing, purse_of
from extranet.money.rules import AllocationKey, EqualShare, RatePerInhabitant
from extranet.money.services.households import Participation, open_household, set_participants
from tests.coalitions.alliances import make_alliance, make_coalition
from tests.coalitions.plustaken import FROM, make_plustaak, take_part
from tests.factories import make_body
from tests.money.budgets import Place, make_adopted, make_change, make_draft

PARTIES = ("Weert", "Venray", "Beesel")


@pytest.fixture
def made(session):
    """A plustaak of three municipalities with a household, and its region as a place of money."""
    alliance = make_alliance(session)
    parties = [alliance.organisations[name] for name in PARTIES]
    plustaak = make_plustaak(session, coalition=alliance.coalition, parties=parties)
    household = open_household(session, purse=purse_of(session, plustaak), name="Infoavonden")
    set_participants(
        session,
        household=household,
        periods=[Participation(organisation_id=one.id, from_date=FROM) for one in parties],
    )
    body = make_body(session, region=alliance.region)
    place = Place(region=alliance.region, members=alliance.organisations, body=body, snapshot=None)
    return plustaak, place, household


EQUAL = AllocationKey([EqualShare()])
COSTS = (100_01, 0, 0, 7)


def test_without_household_there_is_nothing(session):
    alliance = make_alliance(session)
    plustaak = make_plustaak(session, coalition=alliance.coalition)

    assert budget_standing(session, plustaak) == BudgetStanding(state="none")


def test_draft_says_what_it_adds_up_to(session, made):
    plustaak, place, household = made
    make_draft(session, place, costs=COSTS, key=EQUAL, purse=household.purse)

    standing = budget_standing(session, plustaak)

    assert standing == BudgetStanding(
        state="draft",
        year=2027,
        number=1,
        total_cents=100_01,
        shares_cents=100_01,
        is_closing=True,
    )
    assert not standing.holds


def test_draft_that_cannot_be_divided_does_not_close(session, made):
    plustaak, place, household = made
    key = AllocationKey([RatePerInhabitant(rate_cents=100)])
    make_draft(session, place, costs=COSTS, key=key, purse=household.purse)

    standing = budget_standing(session, plustaak)

    assert (standing.total_cents, standing.shares_cents) == (100_01, 0)
    assert not standing.is_closing


def test_adopted_budget_holds_to_the_cent(session, made):
    plustaak, place, household = made
    make_adopted(session, place, costs=COSTS, key=EQUAL, purse=household.purse)

    standing = budget_standing(session, plustaak)

    assert standing == BudgetStanding(
        state="adopted",
        year=2027,
        number=1,
        adopted_on=date(2026, 11, 12),
        total_cents=100_01,
        shares_cents=100_01,
        is_closing=True,
    )
    assert standing.holds


def test_draft_of_a_change_leaves_the_adopted_one_standing(session, made):
    plustaak, place, household = made
    make_adopted(session, place, costs=COSTS, key=EQUAL, purse=household.purse)
    make_change(session, place, purse=household.purse)

    assert budget_standing(session, plustaak).number == 1
    assert budget_standing(session, plustaak).holds


def test_budget_of_the_base_or_of_another_plustaak_does_not_count(session, made):
    plustaak, place, household = made
    other = make_plustaak(
        session,
        coalition=make_other_coalition(session, place),
        parties=[place.members["Weert"]],
    )
    make_adopted(session, place, costs=COSTS, key=EQUAL)
    make_adopted(session, place, costs=COSTS, key=EQUAL, purse=household.purse)

    assert budget_standing(session, other).state == "none"
    assert budget_standing(session, plustaak).holds


def make_other_coalition(session, place):
    return make_coalition(
        session, region=place.region, by=place.members["Weert"], name="Warmte samen"
    )


@pytest.mark.parametrize("until_date", [date(2028, 6, 30), date(2026, 12, 31)])
def test_who_leaves_after_the_adoption_is_noticed(session, made, until_date):
    plustaak, place, household = made
    make_adopted(session, place, costs=COSTS, key=EQUAL, purse=household.purse)
    take_part(session, plustaak, place.members["Horst aan de Maas"], until_date=until_date)

    standing = budget_standing(session, plustaak)

    # Who was gone before the first of the four years changes nothing.
    assert standing.participants_differ == (until_date > date(2026, 12, 31))
    assert standing.holds
