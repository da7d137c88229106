"""The household of a plustaak follows what the plustaak and its coalition become."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from extranet.activity.models import ActivityEntry
from extranet.coalitions.events import (
    Description,
    DescriptionAsked,
    LineTemplate,
    PlustaakParticipationEnded,
    PlustaakParticipationStarted,
    PlustaakWentLive,
)
from extranet.coalitions.models import CoalitionState, Plustaak, PlustaakParticipation
from extranet.coalitions.queries.contract_budget import budget_standing
from extranet.coalitions.services import participation, plustaken, states
from extranet.coalitions.services.purses import Start, begin_budget, keep_in_step, line_of
from extranet.errors import Conflict, InvalidInput
from extranet.events import emit
from extranet.i18n import Text
from extranet.money.models import BudgetVersion, Household, HouseholdParticipant, LineKind
from extranet.money.queries.contributions import get_table
from extranet.money.queries.lines import get_sheet
from extranet.money.queries.versions import facts_of_version
from extranet.money.rules import (
    AllocationKey,
    DivisionByInhabitants,
    EqualShare,
    RatePerInhabitant,
)
from extranet.money.services.adoption import Decision, adopt_budget
from extranet.money.services.budgets import Description as Words
from extranet.money.services.budgets import create_version
from extranet.outbox.models import Mail
from tests.coalitions.alliances import make_alliance
from tests.coalitions.plustaken import take_part
from tests.coalitions.purses import DECIDED, EQUALLY, adopt_population, line, make_money
from tests.side_by_side import side_by_side


def household(session, money):
    return session.scalars(
        select(Household)
        .where(Household.owner == money.purse.owner)
        .execution_options(populate_existing=True)
    ).one()


def paying(session, money):
    rows = session.scalars(
        select(HouseholdParticipant).where(
            HouseholdParticipant.household_id == household(session, money).id
        )
    )
    return {(row.organisation_id, row.from_date, row.until_date) for row in rows}


def taking_part(session, money):
    rows = session.scalars(
        select(PlustaakParticipation).where(PlustaakParticipation.plustaak_id == money.plustaak.id)
    )
    return {(row.organisation_id, row.from_date, row.until_date) for row in rows}


def happened(session, event, made, money, **values):
    emit(
        session,
        event(
            region_id=made.region.id,
            coalition_id=made.coalition.id,
            plustaak_id=money.plustaak.id,
            plugin=money.plustaak.plugin,
            **values,
        ),
    )


def test_who_takes_part_in_the_plustaak_pays_and_nobody_else(session):
    made = make_alliance(session)
    money = make_money(session, made, parties=["Weert", "Venray"])
    assert paying(session, money) == taking_part(session, money)

    take_part(session, money.plustaak, made.organisations["Beesel"], from_date=date(2027, 7, 1))
    beesel, venray = made.organisations["Beesel"], made.organisations["Venray"]
    joined = {"organisation_id": beesel.id, "from_date": date(2027, 7, 1)}
    happened(session, PlustaakParticipationStarted, made, money, **joined)
    assert paying(session, money) == taking_part(session, money)
    rows = session.scalars(
        select(PlustaakParticipation).where(PlustaakParticipation.organisation_id == venray.id)
    )
    rows.one().until_date = date(2027, 3, 31)
    left = {"organisation_id": venray.id, "until_date": date(2027, 3, 31)}
    happened(session, PlustaakParticipationEnded, made, money, **left)

    found = paying(session, money)
    assert found == taking_part(session, money)
    assert {until for _id, _from, until in found} == {None, date(2027, 3, 31)}
    assert budget_standing(session, money.plustaak).participants_differ


def test_leaving_the_coalition_is_followed_whoever_ends_the_row_first(session):
    made = make_alliance(session)
    money = make_money(session, made)
    session.execute(
        delete(PlustaakParticipation).where(
            PlustaakParticipation.organisation_id == made.organisations["Beesel"].id
        )
    )

    participation.leave(
        session,
        coalition=made.coalition,
        participation=made.participations["Beesel"],
        until_date=date(2027, 12, 31),
        reason="",
        actor=None,
    )

    assert paying(session, money) == taking_part(session, money)


def test_falling_below_the_threshold_freezes_and_returning_thaws(session):
    made = make_alliance(session)
    money = make_money(session, made)
    made.participations["Beesel"].until_date = date(2026, 11, 22)
    states.recount(session, coalition=made.coalition, actor=None)
    assert household(session, money).frozen_at is not None
    with pytest.raises(Conflict):
        change_budget(session, money)

    made.participations["Beesel"].until_date = None
    states.recount(session, coalition=made.coalition, actor=None)

    assert household(session, money).frozen_at is None
    change_budget(session, money)


def change_budget(session, money):
    create_version(
        session, purse=money.purse, year=2027, description=Words(title="Meer"), actor=None
    )


def test_off_and_archived_freeze_and_only_what_is_on_thaws(session):
    made = make_alliance(session)
    money = make_money(session, made)
    here = {"coalition": made.coalition, "plustaak": money.plustaak, "actor": None}

    plustaken.disable_plustaak(session, **here)
    assert household(session, money).frozen_at is not None
    plustaken.archive_plustaak(session, **here)
    assert household(session, money).frozen_at is not None
    plustaken.reopen_plustaak(session, **here)
    assert household(session, money).frozen_at is not None
    made.coalition.state = CoalitionState.CLOSED
    money.plustaak.state = "on"
    keep_in_step(session, money.plustaak)
    assert household(session, money).frozen_at is not None
    made.coalition.state = CoalitionState.ACTIVE
    keep_in_step(session, money.plustaak)

    assert household(session, money).frozen_at is None
    actions = session.scalars(
        select(ActivityEntry.action)
        .where(ActivityEntry.subject_kind == "household")
        .order_by(ActivityEntry.id)
    ).all()
    assert actions[-2:] == ["household.frozen", "household.thawed"]


def test_nothing_is_asked_before_the_plustaak_is_live(session):
    made = make_alliance(session)
    money = make_money(session, made)
    assert not household(session, money).is_payable

    happened_live(session, made, money)

    assert household(session, money).is_payable


def happened_live(session, made, money):
    happened(session, PlustaakWentLive, made, money, live_since=date(2026, 11, 23))


def test_events_of_a_plustaak_without_a_budget_do_nothing(session):
    made = make_alliance(session)
    money = make_money(session, made, state="none")

    joined = {"organisation_id": made.organisations["Weert"].id, "from_date": DECIDED}
    happened(session, PlustaakParticipationStarted, made, money, **joined)
    happened_live(session, made, money)

    assert session.scalars(select(Household)).all() == []


def test_household_is_called_what_the_coalition_is_called_now(session):
    made = make_alliance(session)
    money = make_money(session, made)
    made.coalition.name = "Biogas"

    keep_in_step(session, money.plustaak)

    assert household(session, money).name == "infoavond, Biogas"


def test_mail_of_an_adopted_budget_names_the_plustaak_and_asks_nothing_yet(session):
    made = make_alliance(session)
    make_money(session, made)

    mails = session.scalars(select(Mail)).all()

    assert {mail.values["whose"] for mail in mails} == {"infoavond, Groen gas"}
    assert {mail.values["not_asked"] for mail in mails} == {"Hiervan wordt nog niets gevraagd."}


TEMPLATE = LineTemplate(
    key="hall",
    name=Text("Hall"),
    is_income=False,
    is_structural=False,
    amounts=(5_00, 4_00),
    note=Text("Three evenings"),
)


def test_line_of_a_template_covers_four_years_and_says_where_it_comes_from():
    found = line_of(TEMPLATE)

    assert (found.name, found.kind, found.net) == ("Hall", LineKind.COST, (5_00, 4_00, 0, 0))
    assert not found.is_structural
    assert found.explanation == "Uit het sjabloon van de plustaak. Three evenings"
    longer = replace(TEMPLATE, is_income=True, amounts=(1, 2, 3, 4, 5), note=None)
    assert (line_of(longer).kind, line_of(longer).net) == (LineKind.INCOME, (1, 2, 3, 4))


@pytest.mark.parametrize("year", [1999, 2101])
def test_beginning_in_a_year_that_cannot_be_makes_nothing(database, year):
    with pytest.raises(InvalidInput), database.unit_of_work() as session:
        made = make_alliance(session)
        money = make_money(session, made, state="none")
        start = Start(year=year, key=AllocationKey([EqualShare()]))
        begin_budget(session, plustaak=money.plustaak, start=start, actor=None)

    with database.reading() as session:
        assert session.scalars(select(Household)).all() == []


KEYS = {
    "equal": EqualShare(),
    "inhabitants": DivisionByInhabitants(),
}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    key=st.sampled_from(sorted(KEYS)),
    cents=st.lists(st.integers(min_value=0, max_value=10**9), min_size=4, max_size=4),
    late=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
)
def test_shares_of_a_plustaak_always_add_up_to_the_cent(database, key, cents, late):
    """Whoever joins when: what the participants pay is what the budget asks, in every year."""
    with pytest.raises(Rollback), database.unit_of_work() as session:
        made = make_alliance(session)
        adopt_population(session, made)
        money = make_money(session, made, state="none", parties=["Weert", "Venray"])
        take_part(session, money.plustaak, made.organisations["Beesel"], from_date=late)
        start = Start(year=2027, key=AllocationKey([KEYS[key]]))
        begin_budget(
            session, plustaak=money.plustaak, start=start, actor=None, lines=[line(net=cents)]
        )
        version = session.scalars(select(BudgetVersion)).one()
        decision = Decision(body_id=money.body_id, adopted_on=DECIDED, evidence="x")
        adopt_budget(session, version=version, decision=decision, link_to=str, actor=None)

        facts = facts_of_version(session, version.id)
        table = get_table(session, facts)
        assert table.totals == get_sheet(session, facts).to_share == tuple(cents)
        assert budget_standing(session, money.plustaak).holds
        assert not budget_standing(session, money.plustaak).participants_differ
        raise Rollback


class Rollback(Exception):
    """Leave nothing of an example behind."""


def test_rate_that_does_not_close_cannot_be_adopted(session):
    made = make_alliance(session)
    adopt_population(session, made)
    money = make_money(session, made, state="none")
    start = Start(year=2027, key=AllocationKey([RatePerInhabitant(rate_cents=1)]))
    begin_budget(session, plustaak=money.plustaak, start=start, actor=None, lines=[line()])

    standing = budget_standing(session, money.plustaak)

    assert (standing.state, standing.is_closing) == ("draft", False)


def test_beginning_twice_gives_what_is_there(session):
    made = make_alliance(session)
    money = make_money(session, made)

    again = begin_budget(session, plustaak=money.plustaak, start=EQUALLY, actor=None)

    assert again == (2027, 1)
    assert len(session.scalars(select(BudgetVersion)).all()) == 1


def test_draft_begins_with_the_lines_of_the_plugin_in_dutch(session):
    made = make_alliance(session)
    money = make_money(session, made, state="none")

    def describe(_session, asked):
        assert asked.plugin == "infoavond"
        income = replace(TEMPLATE, key="fee", name=Text("Contribution"), is_income=True, note=None)
        asked.answers.append(Description(title=Text("Budget"), lines=(TEMPLATE, income)))

    session.info["subscriptions"].subscribe(DescriptionAsked, describe)

    begin_budget(session, plustaak=money.plustaak, start=EQUALLY, actor=None)

    version = session.scalars(select(BudgetVersion)).one()
    sheet = get_sheet(session, facts_of_version(session, version.id))
    assert [(one.name, one.kind, one.net) for one in sheet.lines] == [
        ("Hall", LineKind.COST, (5_00, 4_00, 0, 0)),
        ("Bijdrage", LineKind.INCOME, (5_00, 4_00, 0, 0)),
    ]
    assert household(session, money).name == "Begroting, Groen gas"


def test_two_who_begin_at_the_same_moment_make_one_draft(database):
    with database.unit_of_work() as session:
        money = make_money(session, make_alliance(session), state="none")
    found = []

    def begin(session):
        plustaak = session.get_one(Plustaak, money.plustaak.id)
        found.append(begin_budget(session, plustaak=plustaak, start=EQUALLY, actor=None))

    error = side_by_side(database, begin, begin)

    assert (error, found) == (None, [(2027, 1)] * 2)
    with database.reading() as session:
        assert len(session.scalars(select(BudgetVersion)).all()) == 1
