from datetime import date
from threading import Thread

import pytest
from sqlalchemy import func, select

from extranet.activity.models import ActivityEntry
from extranet.errors import Conflict, InvalidInput, NotFound
from extranet.money.models import BudgetVersion, Household
from extranet.money.queries.lines import get_sheet
from extranet.money.queries.versions import (
    BudgetYear,
    find_version,
    lock_version,
    year_to_show,
    years_of,
)
from extranet.money.rules import AllocationKey, EqualShare, Purse
from extranet.money.services.budgets import (
    Description,
    choose_population,
    create_budget,
    create_version,
    describe_version,
    discard_draft,
)
from extranet.money.services.households import base_household
from tests.factories import make_region, make_snapshot
from tests.money.budgets import (
    DECIDED,
    adopt,
    decision,
    facts_of,
    make_adopted,
    make_change,
    make_draft,
    make_line,
    make_place,
)


def next_year(session, place, *, year=2028, copy=True):
    return create_budget(
        session,
        purse=place.purse,
        year=year,
        description=Description(title="Begroting"),
        copy_last_year=copy,
        actor=None,
    )


def actions(session):
    return list(session.scalars(select(ActivityEntry.action).order_by(ActivityEntry.id)))


def test_base_household_is_made_once(session):
    place = make_place(session)

    first = base_household(session, place.region.id)
    second = base_household(session, place.region.id)

    assert first is second
    assert session.scalar(select(func.count()).select_from(Household)) == 1


def test_base_household_of_an_unknown_region_is_not_found(session):
    with pytest.raises(NotFound):
        base_household(session, 404)


def test_create_budget_takes_the_newest_figures_of_the_region(session):
    place = make_place(session)

    version = next_year(session, place, copy=False)

    assert (version.number, version.state) == (1, "draft")
    assert version.snapshot_id == place.snapshot.id
    assert version.reference_date == date(2026, 1, 1)
    assert facts_of(session, place, version).key.to_data() == [{"kind": "division_by_inhabitants"}]
    assert actions(session) == ["budget.created"]


def test_create_budget_copies_what_last_year_foresaw(session):
    place = make_place(session)
    before = make_draft(session, place, costs=(4_00, 3_00, 2_00, 1_00))
    key = make_line(session, before, name="Eenmalig", net=(9, 8, 7, 6), is_structural=False)
    before.allocation_key = AllocationKey([EqualShare()]).to_data()
    adopt(session, place, before)

    version = next_year(session, place)

    structural, incidental = get_sheet(session, facts_of(session, place, version)).lines
    assert structural.net == (3_00, 2_00, 1_00, 1_00)
    assert incidental.net == (8, 7, 6, 0)
    assert incidental.line_key == key.line_key
    assert version.allocation_key == [{"kind": "equal_share"}]


@pytest.mark.parametrize(("year", "field"), [(2027, "year"), (1999, "year"), (2030, "copy")])
def test_create_budget_refuses_a_year_that_is_taken_wrong_or_without_example(session, year, field):
    place = make_place(session)
    make_draft(session, place)

    with pytest.raises(InvalidInput) as refusal:
        next_year(session, place, year=year)

    assert list(refusal.value.fields) == [field]


def test_create_version_copies_the_latest_and_counts_on(session):
    place = make_place(session)
    first = make_adopted(session, place)

    second = make_change(session, place)

    assert (second.number, second.state, second.reason) == (2, "draft", "Meer werk")
    assert second.allocation_key == first.allocation_key
    before, after = (get_sheet(session, facts_of(session, place, v)) for v in (first, second))
    assert [line.line_key for line in after.lines] == [line.line_key for line in before.lines]
    assert after.to_share == before.to_share


def test_create_version_waits_for_the_draft_that_is_there(session):
    place = make_place(session)
    make_draft(session, place)

    with pytest.raises(InvalidInput):
        make_change(session, place)


def test_create_version_without_a_budget_is_not_found(session):
    place = make_place(session)

    with pytest.raises(NotFound):
        make_change(session, place)


def test_two_at_the_same_moment_make_one_version(database):
    """The one who comes second is refused, whichever way the database lets them wait."""
    with database.unit_of_work() as session:
        place = make_place(session)
        first = make_adopted(session, place)
    refusals = []

    def second():
        try:
            with database.unit_of_work() as session:
                create_version(
                    session,
                    purse=place.purse,
                    year=2027,
                    description=Description(title="Tweede", reason="Ook"),
                    actor=None,
                )
        except (Conflict, InvalidInput) as refusal:
            refusals.append(refusal)

    with database.unit_of_work() as session:
        # Past the service, so without its lock: only the unique number stands in the way.
        session.add(
            BudgetVersion(
                household_id=first.household_id,
                year=2027,
                number=2,
                title="Eerste",
                allocation_key=first.allocation_key,
            )
        )
        session.flush()
        thread = Thread(target=second)
        thread.start()
        thread.join(0.3)
    thread.join()

    assert len(refusals) == 1
    with database.reading() as session:
        titles = list(session.scalars(select(BudgetVersion.title).order_by(BudgetVersion.number)))
    assert titles == ["Begroting 2027", "Eerste"]


def test_describe_version_logs_what_was_and_is(session):
    place = make_place(session)
    version = make_draft(session, place)

    describe_version(
        session, version=version, description=Description(title="Nieuw", reason="R"), actor=None
    )

    entry = session.scalars(select(ActivityEntry).order_by(ActivityEntry.id.desc())).first()
    assert entry.action == "budget_version.changed"
    assert entry.before == {"title": "Begroting 2027", "reason": ""}
    assert entry.after == {"title": "Nieuw", "reason": "R"}
    assert entry.region_id == place.region.id


def test_discard_takes_the_draft_and_frees_its_number(session):
    place = make_place(session)
    make_adopted(session, place)
    draft = make_change(session, place)

    discard_draft(session, version=draft, actor=None)

    assert find_version(session, purse=place.purse, year=2027, number=2) is None
    assert make_change(session, place).number == 2


def test_choose_population_takes_what_the_region_adopted(session):
    place = make_place(session)
    version = make_draft(session, place)
    code = place.code("Venlo")
    newer = make_snapshot(session, figures={code: 1}, reference_date=date(2027, 1, 1))
    place.region.snapshot_id = newer.id
    session.flush()

    choose_population(
        session,
        version=version,
        snapshot_id=newer.id,
        reference_date=date(2027, 1, 1),
        actor=None,
    )

    assert (version.snapshot_id, version.reference_date) == (newer.id, date(2027, 1, 1))


def test_choose_population_refuses_a_release_of_nobody(session):
    place = make_place(session)
    version = make_draft(session, place)
    figures = {place.code("Venlo"): 1}
    stranger = make_snapshot(session, figures=figures)

    with pytest.raises(InvalidInput):
        choose_population(
            session,
            version=version,
            snapshot_id=stranger.id,
            reference_date=date(2026, 1, 1),
            actor=None,
        )


def test_version_in_force_is_the_last_adopted_one(session):
    place = make_place(session)
    make_adopted(session, place)
    adopt(session, place, make_change(session, place))
    make_change(session, place)
    make_draft(session, place, year=2028)

    found = find_version(session, purse=place.purse, year=2027)

    assert found is not None
    assert (found.number, found.is_in_force, found.adopted_on) == (2, True, DECIDED)
    assert find_version(session, purse=place.purse, year=2028) is None
    assert years_of(session, purse=place.purse) == (
        BudgetYear(year=2027, in_force=2, draft=3),
        BudgetYear(year=2028, in_force=None, draft=1),
    )


def test_versions_of_another_region_are_not_found(session):
    place = make_place(session)
    make_adopted(session, place)
    other = make_region(session)

    assert find_version(session, purse=Purse(region_id=other.id), year=2027) is None
    with pytest.raises(NotFound):
        lock_version(session, purse=Purse(region_id=other.id), year=2027, number=1)


@pytest.mark.parametrize(
    ("known", "this_year", "shown"),
    [
        ([2025, 2027, 2028], 2026, 2027),
        ([2025, 2026, 2027], 2026, 2026),
        ([2023, 2024], 2026, 2024),
        ([], 2026, None),
    ],
)
def test_year_to_show_is_this_one_the_next_or_the_last(known, this_year, shown):
    years = [BudgetYear(year=year, in_force=1, draft=None) for year in known]
    years.append(BudgetYear(year=2026, in_force=None, draft=1))

    assert year_to_show(years, this_year=this_year) == shown


def test_later_version_cannot_be_decided_before_an_earlier_one(session):
    place = make_place(session)
    make_adopted(session, place)
    change = make_change(session, place)
    early = decision(place, adopted_on=date(2026, 11, 11))

    with pytest.raises(InvalidInput) as refusal:
        adopt(session, place, change, decision=early)

    assert list(refusal.value.fields) == ["adopted_on"]
