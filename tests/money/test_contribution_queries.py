from datetime import date

import pytest

from extranet.errors import InvalidInput, NotFound
from extranet.membership.models import MembershipKind
from extranet.money.queries.contributions import get_explanation, get_table
from extranet.money.queries.deelnemers import deelnemers_of, find_centrum
from extranet.money.rules import AllocationKey, DivisionByInhabitants, FixedSum
from tests.factories import make_membership, make_organisation, make_region
from tests.money.budgets import (
    add_province,
    adopt,
    facts_of,
    make_adopted,
    make_draft,
    make_place,
)


def tables(session, place, version):
    """Return the table of a draft, and the one that is stored when it is adopted."""
    draft = get_table(session, facts_of(session, place, version))
    adopt(session, place, version)
    return draft, get_table(session, facts_of(session, place, version))


def test_draft_and_adopted_version_give_the_same_table(session):
    place = make_place(session)
    province = add_province(session, place)
    key = AllocationKey([FixedSum(sums={province.code: 7_500}), DivisionByInhabitants()])
    version = make_draft(session, place, key=key)

    draft, stored = tables(session, place, version)

    assert draft == stored
    assert stored.totals == (100_000_01, 90_000_00, 80_000_00, 70_000_00)
    assert [(m.name, m.inhabitants) for m in stored.members] == [
        ("Beesel", 13_579),
        ("Provincie Limburg", None),
        ("Venlo", 104_195),
        ("Weert", 51_498),
    ]
    assert stored.of(province.code).amounts == (7_500,) * 4


def test_draft_and_adopted_version_give_the_same_explanation(session):
    place = make_place(session)
    version = make_draft(session, place)
    code = place.code("Venlo")
    draft = get_explanation(session, facts_of(session, place, version), code=code, year=2028)
    adopt(session, place, version)

    stored = get_explanation(session, facts_of(session, place, version), code=code, year=2028)

    assert draft == stored
    assert stored.amount_cents == stored.amounts[1]
    assert stored.total_cents == 90_000_00
    assert stored.steps[0].figure.value == 104_195
    assert stored.steps[-1].amount_cents == stored.amount_cents


@pytest.mark.parametrize("adopted", [True, False])
def test_explanation_of_a_stranger_is_not_found(session, adopted):
    place, other = make_place(session), make_place(session)
    version = (make_adopted if adopted else make_draft)(session, place)
    facts = facts_of(session, place, version)

    with pytest.raises(NotFound):
        get_explanation(session, facts, code=other.code("Venlo"), year=2027)
    with pytest.raises(NotFound):
        get_explanation(session, facts, code=place.code("Venlo"), year=2031)


def test_partner_and_former_member_do_not_pay(session):
    place = make_place(session)
    partner, former = make_organisation(session), make_organisation(session)
    region = place.region
    make_membership(session, region=region, organisation=partner, kind=MembershipKind.PARTNER)
    make_membership(session, region=region, organisation=former, until_date=date(2026, 12, 31))

    draft, stored = tables(session, place, make_draft(session, place))

    assert [member.name for member in stored.members] == ["Beesel", "Venlo", "Weert"]
    assert draft == stored


def test_former_member_that_the_key_names_asks_nothing(session):
    place = make_place(session)
    former = make_organisation(session, name="Arcen", code="gm:0880")
    make_membership(
        session, region=place.region, organisation=former, until_date=date(2026, 12, 31)
    )
    key = AllocationKey([FixedSum(sums={former.code: 100}), DivisionByInhabitants()])

    _, stored = tables(session, place, make_draft(session, place, key=key))

    assert stored.of(former.code) is None
    assert stored.totals[0] == 100_000_01


def test_key_that_names_a_stranger_is_refused(session):
    place = make_place(session)
    key = AllocationKey([FixedSum(sums={"pv:99": 100}), DivisionByInhabitants()])
    version = make_draft(session, place, key=key)

    with pytest.raises(InvalidInput):
        get_table(session, facts_of(session, place, version))


def test_who_leaves_and_comes_back_pays_for_both_periods(session):
    place = make_place(session, inhabitants={"Venlo": 10})
    returning = make_organisation(session, name="Gennep")
    for start, end in ((date(2020, 1, 1), date(2027, 3, 31)), (date(2027, 10, 1), None)):
        make_membership(
            session,
            region=place.region,
            organisation=returning,
            from_date=start,
            until_date=end,
        )
    version = make_draft(session, place)

    found = {one.name: one for one in deelnemers_of(session, facts_of(session, place, version))}

    months = [found["Gennep"].in_year(year).months for year in (2026, 2027, 2028)]
    assert months == [12, 6, 12]


def test_who_leaves_halfway_is_explained_by_months(session):
    place = make_place(session, inhabitants={"Venlo": 30})
    leaver = make_organisation(session, name="Beek", code="pv:77")
    make_membership(session, region=place.region, organisation=leaver, until_date=date(2028, 6, 30))
    key = AllocationKey([FixedSum(sums={leaver.code: 1_200}), DivisionByInhabitants()])
    version = make_draft(session, place, key=key)
    adopt(session, place, version)
    facts = facts_of(session, place, version)

    found = get_explanation(session, facts, code=leaver.code, year=2028)

    assert found.months == (12, 6, 0, 0)
    assert found.amounts == (1_200, 600, 0, 0)


def test_centrum_is_that_of_the_region_and_the_day(session):
    region, other = make_region(session), make_region(session)
    old, new = make_organisation(session), make_organisation(session)
    make_membership(
        session,
        region=region,
        organisation=old,
        is_centrum=True,
        until_date=date(2026, 12, 31),
    )
    make_membership(
        session,
        region=region,
        organisation=new,
        is_centrum=True,
        from_date=date(2027, 1, 1),
    )

    assert find_centrum(session, region_id=region.id, day=date(2026, 12, 31)) == old.id
    assert find_centrum(session, region_id=region.id, day=date(2027, 1, 1)) == new.id
    assert find_centrum(session, region_id=other.id, day=date(2027, 1, 1)) is None
