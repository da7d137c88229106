from datetime import date

import pytest
from sqlalchemy import func, select

from extranet.activity.models import ActivityEntry
from extranet.errors import Conflict, InvalidInput, NotFound
from extranet.money.models import Certainty, FundingKind, FundingSource, LineKind
from extranet.money.queries.funding import get_source, money_after_its_end, sources_of
from extranet.money.queries.lines import get_sheet
from extranet.money.services.funding import (
    FundingInput,
    add_source,
    change_source,
    remove_source,
)
from tests.money.budgets import facts_of, make_draft, make_line, make_place


def source(**values):
    given = {"name": "Rijk", "kind": FundingKind.RIJK, "certainty": Certainty.COMMITTED}
    return FundingInput(**{**given, **values})


def add(session, place, **values):
    return add_source(session, purse=place.purse, source=source(**values), actor=None)


def test_sources_are_listed_by_name_with_the_lines_that_name_them(session):
    place, other = make_place(session), make_place(session)
    rijk = add(session, place, ends_on=date(2028, 12, 31), conditions="Elk jaar aanvragen")
    add(session, place, name="CDOKE", kind=FundingKind.CDOKE, sector="mobiliteit")
    add(session, other, name="Van een ander")
    version = make_draft(session, place)
    make_line(session, version, kind=LineKind.INCOME, funding_source_id=rijk.id)

    found = sources_of(session, purse=place.purse)

    assert [(one.name, one.line_count) for one in found] == [("CDOKE", 0), ("Rijk", 1)]
    assert (found[0].sector, found[1].ends_on) == ("mobiliteit", date(2028, 12, 31))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Rijk"}, "name"),
        ({"name": "Provincie", "sector": "industrie"}, "sector"),
    ],
)
def test_add_source_refuses_no_name_a_namesake_and_a_sector_without_cdoke(session, values, field):
    place = make_place(session)
    add(session, place)

    with pytest.raises(InvalidInput) as refusal:
        add(session, place, **values)

    assert list(refusal.value.fields) == [field]


def test_change_source_logs_what_differs(session):
    place = make_place(session)
    stored = add(session, place)

    change_source(session, source=stored, to=source(certainty=Certainty.UNCERTAIN), actor=None)

    entry = session.scalars(select(ActivityEntry).order_by(ActivityEntry.id.desc())).first()
    assert entry.action == "funding_source.changed"
    assert (entry.before, entry.after) == (
        {"certainty": "committed"},
        {"certainty": "uncertain"},
    )


def test_remove_source_refuses_while_a_line_names_it(session):
    place = make_place(session)
    used, free = add(session, place), add(session, place, name="Ongebruikt")
    make_line(session, make_draft(session, place), funding_source_id=used.id)

    with pytest.raises(Conflict):
        remove_source(session, source=used, actor=None)
    remove_source(session, source=free, actor=None)

    assert session.scalar(select(func.count()).select_from(FundingSource)) == 1


def test_source_of_another_region_is_not_found(session):
    stored = add(session, make_place(session))
    other = make_place(session)

    with pytest.raises(NotFound):
        get_source(session, purse=other.purse, source_id=stored.id)


@pytest.mark.parametrize(
    ("ends_on", "warned"),
    [
        (date(2028, 12, 31), [(2030, False)]),
        (date(2028, 12, 30), [(2028, True), (2030, False)]),
        (date(2028, 1, 1), [(2028, True), (2030, False)]),
        (date(2027, 12, 31), [(2028, False), (2030, False)]),
        (date(2030, 12, 31), []),
    ],
)
def test_budget_that_counts_on_ended_money_is_warned_about(session, ends_on, warned):
    place = make_place(session)
    ends = add(session, place, ends_on=ends_on)
    version = make_draft(session, place)
    make_line(
        session,
        version,
        name="Rijksbijdrage",
        kind=LineKind.INCOME,
        net=(100, 100, 0, 100),
        funding_source_id=ends.id,
    )

    warnings = money_after_its_end(get_sheet(session, facts_of(session, place, version)))

    assert [(one.year, one.is_partial) for one in warnings] == warned
    assert {(one.line, one.source) for one in warnings} <= {("Rijksbijdrage", "Rijk")}
