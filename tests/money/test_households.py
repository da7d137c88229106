"""A region's base and other households side by side: nothing of the one shows in the other."""

from datetime import date
from threading import Thread

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from extranet.activity.models import ActivityEntry
from extranet.clock import today
from extranet.errors import Conflict, InvalidInput, NotFound
from extranet.events import Subscriptions
from extranet.money.events import BudgetAdopted
from extranet.money.models import Contribution, FundingSource, Household, LineKind
from extranet.money.queries.adoption import plan_adoption
from extranet.money.queries.budget_list import budgets_of
from extranet.money.queries.comparison import find_before
from extranet.money.queries.contributions import get_table
from extranet.money.queries.deelnemers import deelnemers_of
from extranet.money.queries.funding import get_source, lock_source, sources_of
from extranet.money.queries.lines import get_sheet
from extranet.money.queries.population import population_choices
from extranet.money.queries.purses import contributions_of
from extranet.money.queries.versions import find_version, years_of
from extranet.money.rules import AllocationKey, Purse, RatePerInhabitant
from extranet.money.services.budgets import Description, create_budget
from extranet.money.services.funding import FundingInput, add_source, change_source
from extranet.money.services.households import (
    Participation,
    freeze_household,
    open_household,
    set_participants,
    thaw_household,
)
from extranet.money.services.lines import close_gaps
from tests.money.budgets import (
    adopt,
    facts_of,
    make_adopted,
    make_change,
    make_draft,
    make_other,
    make_place,
)

SOURCE = FundingInput(name="Rijk", kind="rijk", certainty="expected")


def entries(session, kind="household"):
    return session.scalars(
        select(ActivityEntry).where(ActivityEntry.subject_kind == kind).order_by(ActivityEntry.id)
    ).all()


def paid(session, version):
    rows = session.scalars(select(Contribution).where(Contribution.version_id == version.id))
    return {(row.organisation_id, row.year): row.amount_cents for row in rows}


def test_adopting_another_household_freezes_its_own_figures(session):
    place = make_place(session)
    other = make_other(session, place, members=("Venlo", "Weert"))
    base = make_draft(session, place, costs=(100_000_00,) * 4)
    version = make_draft(session, place, costs=(5_000_00, 0, 0, 0), purse=other.purse)
    assert (version.year, version.number) == (base.year, base.number)
    heard = []
    subscriptions = session.info["subscriptions"] = Subscriptions()
    subscriptions.subscribe(BudgetAdopted, lambda _session, happened: heard.append(happened))

    adopt(session, place, version)

    stored = paid(session, version)
    numbers = {place.members[name].id for name in ("Venlo", "Weert")}
    assert {organisation_id for organisation_id, _year in stored} == numbers
    assert sum(cents for (_id, year), cents in stored.items() if year == 2027) == 5_000_00
    assert base.state == "draft"
    assert [(one.owner, one.household_id) for one in heard] == [("plustaak:1", other.id)]
    assert entries(session, "budget_version")[-1].subject_label == "Warmte, 2027, 1"


def test_closing_the_gap_of_another_household_looks_at_its_own_lines(session):
    place = make_place(session, inhabitants={"Venlo": 100})
    other = make_other(session, place, members=("Venlo",))
    key = AllocationKey([RatePerInhabitant(rate_cents=100)])
    make_draft(session, place, costs=(999_00,) * 4)
    version = make_draft(session, place, costs=(150_00,) * 4, key=key, purse=other.purse)

    close_gaps(session, version=version, actor=None)

    sheet = get_sheet(session, facts_of(session, place, version))
    assert [line.net for line in sheet.of_kind(LineKind.RESERVE)] == [(-50_00,) * 4]


def test_households_of_one_region_do_not_see_each_other(session):
    place = make_place(session)
    other = make_other(session, place)
    make_adopted(session, place, year=2026)
    make_adopted(session, place)
    add_source(session, purse=place.purse, source=SOURCE, actor=None)
    # The same name, in another purse.
    source = add_source(session, purse=other.purse, source=SOURCE, actor=None)
    draft = make_draft(session, place, year=2028, purse=other.purse)

    assert find_version(session, purse=other.purse, year=2027) is None
    assert [year.year for year in years_of(session, purse=other.purse)] == [2028]
    assert [entry.year for entry in budgets_of(session, purse=other.purse)] == [2028]
    assert [entry.year for entry in budgets_of(session, purse=place.purse)] == [2027, 2026]
    assert [one.id for one in sources_of(session, purse=other.purse)] == [source.id]
    assert find_before(session, facts_of(session, place, draft)) is None
    for find in (get_source, lock_source):
        with pytest.raises(NotFound):
            find(session, purse=place.purse, source_id=source.id)


def test_change_of_another_household_follows_its_own_version(session):
    place = make_place(session)
    other = make_other(session, place)
    make_adopted(session, place)
    first = make_adopted(session, place, purse=other.purse, costs=(4_00,) * 4)

    change = make_change(session, place, purse=other.purse)

    facts = facts_of(session, place, change)
    assert find_before(session, facts).id == first.id
    assert plan_adoption(session, facts).before.id == first.id
    assert get_table(session, facts).totals == (4_00,) * 4
    assert facts.purse == other.purse


def test_budget_of_a_household_that_nobody_opened_is_not_found(session):
    place = make_place(session)

    with pytest.raises(NotFound):
        make_draft(session, place, purse=Purse(region_id=place.region.id, owner="plustaak:9"))


def test_household_is_opened_once_and_logged(session):
    place = make_place(session)
    other = make_other(session, place)

    with pytest.raises(Conflict):
        open_household(session, purse=other.purse, name="Nog eens")

    assert [(entry.action, entry.subject_label) for entry in entries(session)][:1] == [
        ("household.opened", "Warmte")
    ]


def test_database_knows_one_household_for_each_owner(database):
    with pytest.raises(IntegrityError), database.unit_of_work() as session:
        place = make_place(session)
        session.add_all(Household(region_id=place.region.id, name="Twee keer") for _ in range(2))


def test_database_knows_one_source_for_each_name(database):
    with pytest.raises(IntegrityError), database.unit_of_work() as session:
        other = make_other(session, make_place(session))
        values = {"name": "Rijk", "kind": "rijk", "certainty": "expected"}
        session.add_all(FundingSource(household_id=other.id, **values) for _ in range(2))


def test_participants_pay_by_the_months_of_their_periods(session):
    place = make_place(session)
    other = make_other(session, place)
    venlo, weert = place.members["Venlo"].id, place.members["Weert"].id
    periods = [
        Participation(
            organisation_id=venlo, from_date=date(2020, 1, 1), until_date=date(2027, 3, 31)
        ),
        Participation(organisation_id=venlo, from_date=date(2027, 10, 1)),
        Participation(organisation_id=weert, from_date=date(2029, 1, 1)),
    ]

    set_participants(session, household=other, periods=periods)

    version = make_draft(session, place, purse=other.purse)
    found = {one.name: one for one in deelnemers_of(session, facts_of(session, place, version))}
    assert {
        name: [one.in_year(year).months for year in range(2027, 2031)]
        for name, one in found.items()
    } == {"Venlo": [6, 12, 12, 12], "Weert": [0, 0, 12, 12]}


def test_participants_are_replaced_and_logged_by_code(session):
    place = make_place(session)
    other = make_other(session, place, members=("Venlo", "Weert"))
    beesel, venlo = place.members["Beesel"].id, place.members["Venlo"].id
    periods = [
        Participation(
            organisation_id=venlo, from_date=date(2020, 1, 1), until_date=date(2027, 12, 31)
        ),
        Participation(organisation_id=beesel, from_date=date(2027, 1, 1)),
    ]

    set_participants(session, household=other, periods=periods)
    set_participants(session, household=other, periods=periods)

    *_, opened, last = entries(session)
    assert opened.action == last.action == "household.participants_changed"
    assert last.before == {
        "participants": sorted(f"{place.code(name)} 2020-01-01/.." for name in ("Venlo", "Weert"))
    }
    assert last.after == {
        "participants": sorted(
            [
                f"{place.code('Venlo')} 2020-01-01/2027-12-31",
                f"{place.code('Beesel')} 2027-01-01/..",
            ]
        )
    }


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ([(date(2027, 1, 2), date(2027, 1, 1))], "until_date"),
        ([(date(2027, 1, 1), None), (date(2028, 1, 1), None)], "from_date"),
    ],
)
def test_participants_refuse_impossible_periods(session, days, field):
    place = make_place(session)
    other = make_other(session, place)
    number = place.members["Venlo"].id
    periods = [
        Participation(organisation_id=number, from_date=first, until_date=last)
        for first, last in days
    ]

    with pytest.raises(InvalidInput) as refusal:
        set_participants(session, household=other, periods=periods)

    assert list(refusal.value.fields) == [field]


def test_base_takes_its_deelnemers_from_the_memberships(session):
    place = make_place(session)
    version = make_draft(session, place)
    base = session.get_one(Household, version.household_id)

    with pytest.raises(InvalidInput):
        set_participants(session, household=base, periods=())

    found = deelnemers_of(session, facts_of(session, place, version))
    assert {one.name for one in found} == {"Beesel", "Venlo", "Weert"}


def test_population_of_another_household_is_that_of_its_participants(session):
    place = make_place(session)
    other = make_other(session, place, members=("Beesel", "Weert"))
    day = today(session)

    counted = {
        purse.owner: [
            (choice.municipality_count, choice.inhabitants)
            for choice in population_choices(session, purse=purse, also=None, day=day)
        ]
        for purse in (place.purse, other.purse)
    }

    assert counted == {"": [(3, 169_272)], "plustaak:1": [(2, 65_077)]}


def test_freezing_and_thawing_are_logged_once(session):
    other = make_other(session, make_place(session))

    for change in (freeze_household, freeze_household, thaw_household, thaw_household):
        change(session, household=other, actor=None)

    assert other.frozen_at is None
    assert [entry.action for entry in entries(session)][-2:] == [
        "household.frozen",
        "household.thawed",
    ]


def test_participants_of_a_frozen_household_can_change(session):
    place = make_place(session)
    other = make_other(session, place)
    freeze_household(session, household=other, actor=None)
    joins = Participation(organisation_id=place.members["Venlo"].id, from_date=date(2027, 1, 1))

    set_participants(session, household=other, periods=[joins])

    assert entries(session)[-1].action == "household.participants_changed"


def test_contributions_beside_the_base_are_those_in_force_of_the_year(session):
    place, elsewhere = make_place(session), make_place(session)
    code = place.code("Venlo")
    make_adopted(session, place)
    warmte = make_other(session, place, members=("Venlo",))
    make_adopted(session, place, purse=warmte.purse, costs=(7_00, 8_00, 0, 0))
    change = make_change(session, place, purse=warmte.purse)
    change.title = "In werking"
    adopt(session, place, change)
    make_change(session, place, purse=warmte.purse)
    drafted = make_other(session, place, owner="plustaak:2", name="Concept", members=("Venlo",))
    make_draft(session, place, purse=drafted.purse)
    without = make_other(session, place, owner="plustaak:3", name="Zonder", members=("Weert",))
    make_adopted(session, place, purse=without.purse)
    pool = make_other(session, place, owner="plustaak:4", name="Expertpool", members=("Venlo",))
    make_adopted(session, place, purse=pool.purse, costs=(3_00, 0, 0, 0))
    away = make_other(session, elsewhere, members=("Venlo",))
    make_adopted(session, elsewhere, purse=away.purse)
    session.flush()
    asked = []
    event.listen(session.bind, "before_cursor_execute", lambda *given: asked.append(given[2]))

    found = contributions_of(session, region_id=place.region.id, organisation_code=code, year=2027)

    assert len(asked) == 1
    assert [(one.name, one.owner, one.year, one.amount_cents) for one in found] == [
        ("Expertpool", "plustaak:4", 2027, 3_00),
        ("Warmte", "plustaak:1", 2027, 7_00),
    ]


def test_two_who_change_a_source_at_the_same_moment_wait_for_each_other(database):
    """The one who comes second sees what the first made of it, and is told so by its version."""
    with database.unit_of_work() as session:
        place = make_place(session)
        source = add_source(session, purse=place.purse, source=SOURCE, actor=None)
    seen = []

    def second():
        with database.unit_of_work() as session:
            found = lock_source(session, purse=place.purse, source_id=source.id)
            seen.append((found.version, found.certainty))

    with database.unit_of_work() as session:
        found = lock_source(session, purse=place.purse, source_id=source.id)
        to = FundingInput(name="Rijk", kind="rijk", certainty="committed")
        change_source(session, source=found, to=to, actor=None)
        thread = Thread(target=second)
        thread.start()
        thread.join(0.3)
        assert seen == []
    thread.join()

    assert seen == [(2, "committed")]


def test_household_that_is_frozen_meanwhile_refuses_who_waited(database):
    with database.unit_of_work() as session:
        place = make_place(session)
        other = make_other(session, place)
    refusals = []

    def second():
        try:
            with database.unit_of_work() as session:
                create_budget(
                    session,
                    purse=other.purse,
                    year=2027,
                    description=Description(title="Te laat"),
                    copy_last_year=False,
                    actor=None,
                )
        except Conflict as refusal:
            refusals.append(refusal)

    with database.unit_of_work() as session:
        freeze_household(session, household=session.merge(other), actor=None)
        thread = Thread(target=second)
        thread.start()
        thread.join(0.3)
    thread.join()

    assert len(refusals) == 1
