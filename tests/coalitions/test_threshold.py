"""The threshold, by property: only consented municipalities count, on their days, once each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extranet.coalitions.rules.threshold import Party, Standing, count, state_after

DAY = date(2027, 6, 15)
KINDS = ("gemeente", "provincie", "waterschap", "netbeheerder", "other")


def party(code: str = "gm:0001", **values: object) -> Party:
    given = {"kind": "gemeente", "consented": True, "from_date": date(2027, 1, 1), **values}
    return Party(code=code, **given)


@st.composite
def parties(draw: st.DrawFn) -> list[Party]:
    codes = draw(st.lists(st.integers(1, 99), unique=True, max_size=12))
    days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
    found = []
    for code in codes:
        first, last = draw(days), draw(st.none() | days)
        found.append(
            party(
                f"gm:{code:04d}",
                kind=draw(st.sampled_from(KINDS)),
                consented=draw(st.booleans()),
                from_date=first,
                until_date=None if last is None else max(first, last),
            )
        )
    return found


@given(parties(), st.randoms())
def test_count_does_not_depend_on_the_order(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)

    assert count(found, needed=3, day=DAY) == count(shuffled, needed=3, day=DAY)


@given(parties())
def test_count_is_that_of_consented_municipalities_on_the_day(found):
    wanted = [
        one
        for one in found
        if one.kind == "gemeente"
        and one.consented
        and one.from_date <= DAY <= (one.until_date or DAY)
    ]

    assert count(found, needed=3, day=DAY).counted == len(wanted)


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (date(2027, 3, 31), 1),
        (date(2027, 4, 1), 1),
        (date(2027, 4, 2), 0),
        (date(2026, 12, 31), 0),
        (date(2027, 1, 1), 1),
    ],
)
def test_last_day_counts_and_the_day_after_does_not(day, counted):
    leaving = party(until_date=date(2027, 4, 1))

    assert count([leaving], needed=3, day=day) == Standing(counted=counted, needed=3)


def test_two_municipalities_that_become_one_count_once():
    merged = [
        party("gm:0001", successor_code="gm:0003", ended_on=DAY),
        party("gm:0002", successor_code="gm:0003", ended_on=DAY),
        party("gm:0004"),
    ]

    assert count(merged, needed=3, day=DAY - timedelta(days=1)).counted == 3
    assert count(merged, needed=3, day=DAY).counted == 2


def test_successor_that_takes_part_itself_counts_once():
    merged = [party("gm:0001", successor_code="gm:0002", ended_on=DAY), party("gm:0002")]

    assert count(merged, needed=3, day=DAY).counted == 1


@pytest.mark.parametrize(
    ("state", "counted", "after"),
    [
        ("initiative", 9, "initiative"),
        ("forming", 2, "forming"),
        ("forming", 3, "active"),
        ("active", 3, "active"),
        ("active", 2, "below_threshold"),
        ("below_threshold", 2, "below_threshold"),
        ("below_threshold", 3, "active"),
        ("closing", 0, "closing"),
        ("closed", 9, "closed"),
    ],
)
def test_state_follows_the_threshold(state, counted, after):
    assert state_after(state, Standing(counted=counted, needed=3)) == after
