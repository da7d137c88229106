from dataclasses import replace

import pytest
from sqlalchemy import func, select

from extranet.activity.models import ActivityEntry
from extranet.errors import InvalidInput, NotFound
from extranet.money.models import (
    BudgetLineAmount,
    Certainty,
    FundingKind,
    LineKind,
    VatTreatment,
)
from extranet.money.queries.adoption import plan_adoption
from extranet.money.queries.comparison import find_before, line_changes
from extranet.money.queries.lines import amounts_of, get_line, get_sheet
from extranet.money.rules import AllocationKey, Indexation, RatePerInhabitant
from extranet.money.services.funding import FundingInput, add_source
from extranet.money.services.lines import (
    MOST_CENTS,
    LineInput,
    add_line,
    as_input,
    change_line,
    close_gaps,
    remove_line,
)
from tests.money.budgets import (
    adopt,
    facts_of,
    make_adopted,
    make_change,
    make_draft,
    make_line,
    make_place,
)

SOURCE = FundingInput(name="CDOKE", kind=FundingKind.CDOKE, certainty=Certainty.EXPECTED)


def logged(session):
    return session.scalars(select(ActivityEntry).order_by(ActivityEntry.id.desc())).first()


def test_sheet_adds_up_costs_incomes_and_reserve(session):
    place = make_place(session)
    version = make_draft(session, place, costs=(1000, 900, 800, 700))
    make_line(
        session,
        version,
        name="Onderzoek",
        net=(100, 0, 0, 0),
        vat=(21, 0, 0, 0),
        vat_treatment=VatTreatment.PASSED_ON,
    )
    make_line(session, version, name="Rijk", kind=LineKind.INCOME, net=(300, 300, 0, 0))
    make_line(session, version, name="Reserve", kind=LineKind.RESERVE, net=(-50, 0, 25, 0))

    sheet = get_sheet(session, facts_of(session, place, version))

    assert sheet.years == (2027, 2028, 2029, 2030)
    assert sheet.sums(LineKind.COST) == (1121, 900, 800, 700)
    assert sheet.sums(LineKind.INCOME) == (300, 300, 0, 0)
    assert sheet.to_share == (771, 600, 825, 700)
    assert sheet.totals[0].compensable_vat_cents == 21


def test_change_line_keeps_its_key_and_logs_what_differs(session):
    place = make_place(session)
    version = make_draft(session, place, costs=(1, 2, 3, 4))
    (line,) = get_sheet(session, facts_of(session, place, version)).lines
    stored = get_line(session, version_id=version.id, line_id=line.id)
    counter = stored.version

    to = LineInput(name="Programmateam", kind=LineKind.COST, net=(1, 2, 3, 5))
    change_line(session, version=version, line=stored, to=to, actor=None)

    (after,) = get_sheet(session, facts_of(session, place, version)).lines
    assert (after.line_key, after.net) == (line.line_key, (1, 2, 3, 5))
    assert stored.version == counter + 1
    entry = logged(session)
    assert (entry.action, entry.subject_label) == ("budget_line.changed", "Programmateam")
    assert entry.before == {"net_cents": [1, 2, 3, 4]}
    assert entry.after == {"net_cents": [1, 2, 3, 5]}


def test_remove_line_takes_its_amounts_along(session):
    place = make_place(session)
    version = make_draft(session, place)
    line = make_line(session, version, name="Weg")

    remove_line(session, version=version, line=line, actor=None)

    sheet = get_sheet(session, facts_of(session, place, version))
    assert [line.name for line in sheet.lines] == ["Programmateam"]
    assert session.scalar(select(func.count()).select_from(BudgetLineAmount)) == 4
    assert logged(session).action == "budget_line.removed"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": LineKind.RESERVE, "vat": (0, 1, 0, 0)}, "vat_0"),
        ({"net": (0, 0, MOST_CENTS + 1, 0)}, "net_2"),
        ({"vat": (0, 0, 0, -MOST_CENTS - 1)}, "vat_3"),
        ({"funding_source_id": 404}, "funding_source"),
    ],
)
def test_add_line_refuses_what_cannot_stand_in_a_budget(session, values, field):
    version = make_draft(session, make_place(session))

    with pytest.raises(InvalidInput) as refusal:
        make_line(session, version, **values)

    assert list(refusal.value.fields) == [field]


def test_line_takes_the_largest_amount_that_fits(session):
    place = make_place(session)
    version = make_draft(session, place, costs=(MOST_CENTS,) * 4)
    for number in range(9):
        make_line(session, version, name=f"Groot {number}", net=(MOST_CENTS,) * 4)

    sheet = get_sheet(session, facts_of(session, place, version))

    assert sheet.to_share == (10 * MOST_CENTS,) * 4


def test_add_line_refuses_a_source_of_another_region(session):
    other = make_place(session)
    source = add_source(session, purse=other.purse, source=SOURCE, actor=None)
    version = make_draft(session, make_place(session))

    with pytest.raises(InvalidInput) as refusal:
        make_line(session, version, funding_source_id=source.id)

    assert list(refusal.value.fields) == ["funding_source"]


def test_line_of_another_version_is_not_found(session):
    place = make_place(session)
    before = make_adopted(session, place)
    (line,) = get_sheet(session, facts_of(session, place, before)).lines
    draft = make_change(session, place)

    with pytest.raises(NotFound):
        get_line(session, version_id=draft.id, line_id=line.id)


def test_close_gaps_makes_the_budget_fit_the_rate(session):
    place = make_place(session)
    rate = RatePerInhabitant(
        rate_cents=250, index=Indexation(name="CPB", basis_points=250, base_year=2027)
    )
    version = make_draft(session, place, key=AllocationKey([rate]))
    assert plan_adoption(session, facts_of(session, place, version)).has_gap

    close_gaps(session, version=version, actor=None)
    make_line(session, version, name="Nog iets")
    close_gaps(session, version=version, actor=None)

    plan = plan_adoption(session, facts_of(session, place, version))
    assert (plan.blockers, plan.has_gap) == ((), False)
    reserves = plan.computed.sheet.of_kind(LineKind.RESERVE)
    assert len(reserves) == 1
    assert plan.table.totals == plan.computed.sheet.to_share
    assert plan.table.totals[0] == 250 * (13_579 + 104_195 + 51_498)


def test_close_gaps_knows_its_line_by_whatever_name_and_in_the_next_version(session):
    place = make_place(session)
    version = make_draft(session, place, key=AllocationKey([RatePerInhabitant(rate_cents=100)]))
    close_gaps(session, version=version, actor=None)
    (closing,) = reserves_of(session, place, version)
    rename(session, version, closing.id, name="Naar de reserve", kind=LineKind.RESERVE)
    make_line(session, version, name="Nog iets")
    make_line(session, version, name="Eigen reserve", kind=LineKind.RESERVE)

    close_gaps(session, version=version, actor=None)

    names = [line.name for line in reserves_of(session, place, version)]
    assert names == ["Naar de reserve", "Eigen reserve"]
    adopt(session, place, version)
    change = make_change(session, place)
    make_line(session, change, name="Later")

    close_gaps(session, version=change, actor=None)

    names = [line.name for line in reserves_of(session, place, change)]
    assert names == ["Naar de reserve", "Eigen reserve"]
    assert not plan_adoption(session, facts_of(session, place, change)).has_gap


def test_line_that_closed_the_gap_and_became_a_cost_is_left_alone(session):
    place = make_place(session)
    version = make_draft(session, place, key=AllocationKey([RatePerInhabitant(rate_cents=100)]))
    close_gaps(session, version=version, actor=None)
    (closing,) = reserves_of(session, place, version)
    rename(session, version, closing.id, name="Een kostenpost", kind=LineKind.COST)
    make_line(session, version, name="Nog iets")

    close_gaps(session, version=version, actor=None)

    assert len(reserves_of(session, place, version)) == 1
    assert not plan_adoption(session, facts_of(session, place, version)).has_gap


def reserves_of(session, place, version):
    return get_sheet(session, facts_of(session, place, version)).of_kind(LineKind.RESERVE)


def rename(session, version, line_id, **values):
    line = get_line(session, version_id=version.id, line_id=line_id)
    to = replace(as_input(line, amounts_of(session, line), version.year), **values)
    change_line(session, version=version, line=line, to=to, actor=None)


def test_close_gaps_without_a_gap_does_nothing(session):
    place = make_place(session)
    version = make_draft(session, place)

    close_gaps(session, version=version, actor=None)

    sheet = get_sheet(session, facts_of(session, place, version))
    assert [line.name for line in sheet.lines] == ["Programmateam"]


def test_comparison_names_what_is_new_changed_and_gone(session):
    place = make_place(session)
    first = make_draft(session, place, costs=(10, 10, 10, 10))
    make_line(session, first, name="Blijft")
    make_line(session, first, name="Gaat", net=(5, 0, 0, 0))
    adopt(session, place, first)
    second = make_change(session, place)
    lines = {line.name: line for line in get_sheet(session, facts_of(session, place, second)).lines}
    stored = get_line(session, version_id=second.id, line_id=lines["Programmateam"].id)
    to = LineInput(
        name="Programmateam", kind=LineKind.COST, net=(11, 10, 10, 10), is_structural=False
    )
    change_line(session, version=second, line=stored, to=to, actor=None)
    left = get_line(session, version_id=second.id, line_id=lines["Gaat"].id)
    remove_line(session, version=second, line=left, actor=None)
    add_line(
        session,
        version=second,
        line=LineInput(name="Nieuw", kind=LineKind.COST, net=(0, 7, 0, 0)),
        actor=None,
    )
    after = facts_of(session, place, second)
    before = find_before(session, after)

    changes = line_changes(get_sheet(session, before), get_sheet(session, after))

    assert before.number == 1
    assert [(c.name, c.year, c.before, c.after) for c in changes.amounts] == [
        ("Programmateam", 2027, 10, 11),
        ("Nieuw", 2028, None, 7),
        ("Gaat", 2027, 5, None),
    ]
    assert changes.reworded == ("Programmateam",)
    assert changes.unchanged == 1
