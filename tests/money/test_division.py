"""The one division of the program: exact to the cent, fair to a cent, blind to order."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extranet.errors import InvalidInput
from extranet.money.rules import divide, member_months, prorated
from extranet.money.rules.division import divide_within

PROPERTY = settings(max_examples=100, deadline=None, derandomize=True)

CODES = st.from_regex(r"(gm|pv|ws):[0-9]{4}", fullmatch=True)
CENTS = st.integers(min_value=-(10**12), max_value=10**12)
WEIGHT = st.integers(min_value=0, max_value=200_000) | st.fractions(
    min_value=0, max_value=1000, max_denominator=12
)
WEIGHTS = st.dictionaries(CODES, WEIGHT, min_size=1, max_size=30).filter(
    lambda weights: any(weights.values())
)


def test_divide_a_euro_over_three_gives_the_odd_cent_to_the_lowest_code():
    assert divide(100, {"gm:0889": 1, "gm:0893": 1, "gm:0907": 1}) == {
        "gm:0889": 34,
        "gm:0893": 33,
        "gm:0907": 33,
    }


def test_divide_gives_odd_cents_to_the_largest_remainders():
    # Exact quotas: 16.67, 33.33 and 50 cents.
    assert divide(100, {"gm:0001": 1, "gm:0002": 2, "gm:0003": 3}) == {
        "gm:0001": 17,
        "gm:0002": 33,
        "gm:0003": 50,
    }


def test_divide_money_that_goes_back_mirrors_money_that_comes_in():
    assert divide(-100, {"gm:0001": 1, "gm:0002": 2, "gm:0003": 3}) == {
        "gm:0001": -17,
        "gm:0002": -33,
        "gm:0003": -50,
    }


def test_divide_gives_nothing_to_weight_zero():
    assert divide(101, {"gm:0001": 0, "gm:0002": 2, "gm:0003": 2}) == {
        "gm:0001": 0,
        "gm:0002": 51,
        "gm:0003": 50,
    }


@pytest.mark.parametrize("weights", [{}, {"gm:0001": 0, "gm:0002": Fraction(0)}])
def test_divide_without_any_weight_says_so(weights):
    with pytest.raises(InvalidInput) as refused:
        divide(100, weights)
    assert str(refused.value.fields["weights"]) == (
        "Nobody shares this amount: there is no weight above zero."
    )


def test_divide_refuses_a_weight_below_zero():
    with pytest.raises(ValueError, match="zero or more"):
        divide(100, {"gm:0001": -1, "gm:0002": 2})


@PROPERTY
@given(total=CENTS, weights=WEIGHTS)
def test_divide_adds_up_and_stays_within_a_cent_of_the_quota(total, weights):
    parts = divide(total, weights)
    together = sum(Fraction(weight) for weight in weights.values())

    assert parts.keys() == weights.keys()
    assert sum(parts.values()) == total
    for code, part in parts.items():
        assert part * total >= 0
        assert abs(part - total * Fraction(weights[code]) / together) < 1


@PROPERTY
@given(total=CENTS, weights=WEIGHTS, data=st.data())
def test_divide_does_not_see_the_order_or_the_scale_of_the_weights(total, weights, data):
    shuffled = dict(data.draw(st.permutations(list(weights.items()))))
    scale = data.draw(st.fractions(min_value=Fraction(1, 50), max_value=50))
    scaled = {code: weight * scale for code, weight in weights.items()}

    assert list(divide(total, shuffled).items()) == list(divide(total, weights).items())
    assert divide(total, scaled) == divide(total, weights)


@PROPERTY
@given(total=CENTS, weights=WEIGHTS)
def test_divide_gives_the_odd_cents_by_remainder_and_then_by_code(total, weights):
    parts = divide(abs(total), weights)
    together = sum(Fraction(weight) for weight in weights.values())
    quotas = {code: abs(total) * Fraction(weight) / together for code, weight in weights.items()}
    order = sorted(quotas, key=lambda code: (-(quotas[code] % 1), code))
    gets_a_cent = [parts[code] - quotas[code] // 1 for code in order]

    assert all(before >= after for before, after in pairwise(gets_a_cent))
    assert divide(-abs(total), weights) == {code: -part for code, part in parts.items()}


def naive_level(total, weights, limits):
    """Find the exact parts under limits the other way round: by raising one common level."""
    waiting = sorted(
        (code for code in weights if weights[code]), key=lambda code: limits[code] / weights[code]
    )
    left, quotas = Fraction(total), {code: Fraction(0) for code in weights}
    while waiting:
        level = left / sum(weights[code] for code in waiting)
        if limits[waiting[0]] >= level * weights[waiting[0]]:
            return quotas | {code: level * weights[code] for code in waiting}
        first = waiting.pop(0)
        quotas[first] = Fraction(limits[first])
        left -= limits[first]
    return None if left else quotas


@PROPERTY
@given(
    total=st.integers(min_value=0, max_value=10**7),
    weights=st.dictionaries(
        CODES, st.fractions(min_value=0, max_value=50, max_denominator=12), max_size=12
    ),
    data=st.data(),
)
def test_divide_within_limits_agrees_with_raising_a_level(total, weights, data):
    limits = {code: data.draw(st.integers(min_value=0, max_value=10**6)) for code in weights}
    expected = naive_level(total, weights, limits)

    if expected is None:
        with pytest.raises(InvalidInput):
            divide_within(total, weights, base={}, limits=limits)
        return
    found = divide_within(total, weights, base={}, limits=limits)
    assert found.quotas == expected
    assert sum(found.cents.values()) == total
    for code, cents in found.cents.items():
        assert 0 <= cents <= limits[code]
        assert abs(cents - expected[code]) < 1


@PROPERTY
@given(data=st.data(), weights=WEIGHTS.map(lambda w: {c: Fraction(x) for c, x in w.items()}))
def test_divide_within_limits_keeps_the_base_of_who_is_not_limited(data, weights):
    base = {code: data.draw(st.integers(min_value=0, max_value=10**6)) for code in weights}
    limits = {code: data.draw(st.integers(min_value=0, max_value=2 * 10**6)) for code in weights}
    total = sum(base.values())
    try:
        found = divide_within(total, weights, base=base, limits=limits)
    except InvalidInput:
        reach = sum(
            limits[code] if weights[code] else min(base[code], limits[code]) for code in weights
        )
        assert reach < total
        return
    assert sum(found.cents.values()) == total
    for code, cents in found.cents.items():
        assert cents <= limits[code]
        assert cents == limits[code] if code in found.limited else cents >= base[code]


def test_divide_within_limits_counts_a_quota_half_a_cent_above():
    weights = {"gm:0001": Fraction(1), "gm:0002": Fraction(1)}
    found = divide_within(101, weights, base={}, limits={"gm:0001": 50, "gm:0002": 100})
    assert found.cents == {"gm:0001": 50, "gm:0002": 51}
    assert found.limited == {"gm:0001"}


def test_divide_within_limits_that_are_out_of_reach_says_what_is_left():
    weights = {"gm:0001": Fraction(1), "gm:0002": Fraction(1)}
    with pytest.raises(InvalidInput) as refused:
        divide_within(100_00, weights, base={}, limits={"gm:0001": 30_00, "gm:0002": 45_00})
    assert str(refused.value.fields["key"]) == (
        "The maximum is too low: when every member pays its maximum, €\N{NO-BREAK SPACE}25.00 "
        "is left."
    )


@pytest.mark.parametrize(
    ("months", "expected"), [(0, 0), (1, 8), (6, 50), (7, 58), (9, 75), (12, 100)]
)
def test_prorated_rounds_to_the_nearest_cent(months, expected):
    assert prorated(100, months) == expected


def test_prorated_rounds_half_a_cent_up():
    assert prorated(1, 6) == 1


@pytest.mark.parametrize(
    ("from_date", "until_date", "months"),
    [
        (date(2020, 1, 1), None, 12),
        (date(2027, 1, 1), date(2027, 12, 31), 12),
        (date(2027, 7, 1), None, 6),
        (date(2027, 7, 2), None, 5),
        (date(2020, 1, 1), date(2027, 6, 30), 6),
        (date(2020, 1, 1), date(2027, 7, 1), 7),
        (date(2027, 12, 2), None, 0),
        (date(2027, 3, 2), date(2027, 3, 31), 0),
        (date(2020, 1, 1), date(2026, 12, 31), 0),
        (date(2028, 1, 1), None, 0),
    ],
)
def test_member_months_counts_the_firsts_of_the_month(from_date, until_date, months):
    assert member_months(2027, from_date, until_date) == months


@PROPERTY
@given(
    from_date=st.dates(date(2025, 1, 1), date(2029, 12, 31)),
    last=st.dates(date(2025, 1, 1), date(2029, 12, 31)),
)
def test_member_months_before_and_after_a_day_make_a_year(from_date, last):
    if last < from_date:
        from_date, last = last, from_date
    after = date.fromordinal(last.toordinal() + 1)
    whole = member_months(2027, from_date, None)
    assert member_months(2027, from_date, last) + member_months(2027, after, None) == whole
