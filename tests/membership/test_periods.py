from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extranet.i18n import Text
from extranet.membership.rules.periods import (
    Period,
    Publication,
    Regeling,
    Terms,
    refusals,
    takes_effect,
)

TODAY = date(2026, 11, 23)
CENTRUM = Regeling(form="centrumregeling", since=date(2025, 1, 1))
SOK = Regeling(form="sok")
PUBLISHED = Publication(on=date(2026, 6, 1), place="Staatscourant 2026, 1234")

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def periods(draw):
    first = draw(days)
    last = draw(st.none() | st.dates(first, date(2031, 12, 31)))
    return Period(first=first, last=last)


def terms(**values):
    given = {"kind": "deelnemer", "from_date": date(2027, 1, 1), "joining": PUBLISHED, **values}
    return Terms(**given)


def refused(wanted, *, regeling=CENTRUM, others=()):
    return refusals(wanted, regeling=regeling, others=others, today=TODAY)


@given(periods(), periods())
def test_overlap_is_mutual(one, other):
    assert one.overlaps(other) == other.overlaps(one)


@given(periods(), periods(), days)
def test_a_day_in_common_is_an_overlap(one, other, day):
    def holds(period):
        return period.first <= day <= (period.last or date.max)

    if holds(one) and holds(other):
        assert one.overlaps(other)


def test_periods_that_follow_each_other_do_not_overlap():
    before = Period(first=date(2025, 1, 1), last=date(2026, 12, 31))

    assert not before.overlaps(Period(first=date(2027, 1, 1)))
    assert before.overlaps(Period(first=date(2026, 12, 31)))


def test_published_joining_is_accepted():
    assert refused(terms()) == {}


def test_joining_on_the_day_of_publication_is_accepted():
    assert refused(terms(from_date=date(2026, 6, 1))) == {}


def test_joining_before_its_publication_is_refused():
    assert refused(terms(from_date=date(2026, 5, 31))) == {
        "from_date": Text(
            "Joining a regeling takes effect no earlier than its publication, %(day)s.",
            day=date(2026, 6, 1),
        )
    }


def test_joining_a_regeling_without_publication_is_refused():
    assert set(refused(terms(joining=Publication()))) == {
        "joining_published_on",
        "joining_publication",
    }


@pytest.mark.parametrize(
    ("wanted", "regeling"),
    [
        (terms(joining=Publication()), SOK),
        (terms(joining=Publication(), kind="partner"), CENTRUM),
        (terms(joining=Publication(), from_date=date(2024, 12, 31)), CENTRUM),
    ],
    ids=["sok", "partner", "before the regeling"],
)
def test_publication_is_not_asked_where_the_law_asks_none(wanted, regeling):
    assert refused(wanted, regeling=regeling) == {}


@pytest.mark.parametrize("form", ["centrumregeling", "gr"])
def test_every_regeling_asks_for_publication(form):
    assert refused(terms(joining=Publication()), regeling=Regeling(form=form))


def test_publication_that_is_still_to_come_is_refused():
    tomorrow = Publication(on=date(2026, 11, 24), place="Staatscourant")

    assert set(refused(terms(joining=tomorrow), regeling=SOK)) == {"joining_published_on"}


def test_leaving_takes_effect_the_day_after_the_last_day():
    assert takes_effect(date(2026, 12, 31)) == date(2027, 1, 1)


def test_leaving_may_take_effect_on_the_day_of_publication():
    left = terms(from_date=date(2026, 6, 1), until_date=date(2026, 9, 30))
    published = Publication(on=date(2026, 10, 1), place="Staatscourant")
    late = Publication(on=date(2026, 10, 2), place="Staatscourant")

    assert (
        refused(terms(from_date=left.from_date, until_date=left.until_date, leaving=published))
        == {}
    )
    assert set(
        refused(terms(from_date=left.from_date, until_date=left.until_date, leaving=late))
    ) == {"until_date"}


def test_leaving_a_regeling_without_publication_is_refused():
    assert set(refused(terms(until_date=date(2027, 12, 31)))) == {
        "leaving_published_on",
        "leaving_publication",
    }


def test_last_day_before_the_first_is_refused():
    wanted = terms(until_date=date(2026, 12, 31), leaving=PUBLISHED)

    assert set(refused(wanted)) == {"until_date"}


def test_second_membership_in_the_same_period_is_refused():
    assert set(refused(terms(), others=[Period(first=date(2027, 6, 1))])) == {"from_date"}
