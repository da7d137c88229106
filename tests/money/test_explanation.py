"""Every amount explains itself, a line a step, from the source figure to the cent."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extranet.money.rules import (
    Cap,
    CustomWeights,
    DivisionByInhabitants,
    EqualShare,
    Figure,
    FixedFoot,
    FixedSum,
    Indexation,
    RatePerInhabitant,
    Step,
    Unit,
    steps_from_data,
    steps_to_data,
)
from extranet.money.rules.explanation import SENTENCES, decimal_string
from tests.money.region import (
    CBS,
    EVERYONE,
    FIXED,
    MUNICIPALITIES,
    divided,
    ladder,
    with_months,
)


def test_explanation_goes_from_the_cbs_figure_to_the_cent():
    division = divided(DivisionByInhabitants(), FIXED, members=EVERYONE, total=1_507_500_01)
    assert ladder(division, "gm:0983") == [
        "Inhabitants of Venlo on 1 January 2026: 104195",
        "Inhabitants of all members that share: 537019",
        "What the members pay together in 2027: 150750001",
        "Minus all fixed sums: -15000000",
        "Left to divide: 135750001",
        "Part of Venlo, not yet rounded: 263388.6576",
        "Rounded down, plus one of the cents that were left over: 26338866",
        "Venlo pays in 2027: 26338866",
    ]
    assert str(division.shares[6].steps[0].source) == (
        "CBS StatLine 03759ned, reference date 1 January 2026, published on 23 June 2026"
    )


def test_explanation_of_part_of_a_year_names_the_months():
    members = with_months("gm:0983", 6)
    foot = FixedFoot(foot_cents=1_000_00)
    division = divided(DivisionByInhabitants(), foot, members=members, total=1_357_500_01)
    assert ladder(division, "gm:0983") == [
        "Inhabitants of Venlo on 1 January 2026: 104195",
        "Venlo is a member for 6 of the 12 months and counts for: 52097.5",
        "All members that share, each for its months: 484921.5",
        "What the members pay together in 2027: 135750001",
        "Minus the fixed foot of all members: -1450000",
        "Left to divide: 134300001",
        "Part of Venlo, not yet rounded: 144285.0915",
        "Rounded down to whole cents: 14428509",
        "Fixed foot for a whole year: 100000",
        "Plus the fixed foot, for 6 of the 12 months: 50000",
        "Venlo pays in 2027: 14478509",
    ]


def test_explanation_of_a_rate_names_the_index_and_the_months():
    index = Indexation(name="CBS, consumentenprijsindex", basis_points=320, base_year=2027)
    rate = RatePerInhabitant(rate_cents=251, index=index)
    division = divided(rate, members=with_months("gm:0889", 7), year=2028)
    assert ladder(division, "gm:0889") == [
        "Inhabitants of Beesel on 1 January 2026: 13579",
        "Rate per inhabitant in 2027: 251",
        "Yearly index since then: CBS, consumentenprijsindex: 3.20",
        "1 times the index, not yet rounded: 2.5903",
        "Rate per inhabitant in 2028, rounded to the nearest cent: 259",
        "Inhabitants times the rate: 3516961",
        "For 7 of the 12 months: 20515.6058",
        "Rounded to the nearest cent: 2051561",
        "Beesel pays in 2028: 2051561",
    ]


def test_explanation_of_a_cap_says_who_takes_over_what():
    division = divided(
        RatePerInhabitant(rate_cents=250),
        FixedFoot(foot_cents=500_00),
        Cap(max_cents=200_000_00),
    )
    assert ladder(division, "gm:0983") == [
        "Inhabitants of Venlo on 1 January 2026: 104195",
        "Rate per inhabitant: 250",
        "Inhabitants times the rate: 26048750",
        "Plus the fixed foot: 50000",
        "The maximum for Venlo: 20000000",
        "Above the maximum: the other members take this over: -60987.5000",
        "Venlo pays in 2027: 20000000",
    ]
    assert ladder(division, "gm:0889")[2:] == [
        "Inhabitants times the rate: 3394750",
        "Plus a part of what others have above their maximum: 1913.3626",
        "Rounded down to whole cents: 3586086",
        "Plus the fixed foot: 50000",
        "Beesel pays in 2027: 3636086",
    ]


def test_explanation_of_who_reaches_the_cap_by_taking_over_says_that_it_takes_over():
    members = [
        replace(member, inhabitants=inhabitants)
        for member, inhabitants in zip(MUNICIPALITIES, (8000, 3500, 500), strict=False)
    ]
    cap = Cap(max_cents=400_00)

    division = divided(DivisionByInhabitants(), cap, members=members, total=1000_00)

    assert ladder(division, "gm:0893")[2:] == [
        "What the members pay together in 2027: 100000",
        "Part of Bergen (L.), not yet rounded: 291.6666",
        "Plus a part of what others have above their maximum: 108.3333",
        "The maximum for Bergen (L.): 40000",
        "Bergen (L.) pays in 2027: 40000",
    ]


def test_explanation_of_an_index_over_years_says_how_often_and_what_is_rounded():
    index = Indexation(name="CPB", basis_points=300, base_year=2027)
    rate = RatePerInhabitant(rate_cents=250, index=index)

    assert ladder(divided(rate, year=2031), "gm:0889")[1:5] == [
        "Rate per inhabitant in 2027: 250",
        "Yearly index since then: CPB: 3.00",
        "4 times the index, not yet rounded: 2.8137",
        "Rate per inhabitant in 2031, rounded to the nearest cent: 281",
    ]


def test_explanation_of_part_of_a_foot_and_a_sum_shows_what_is_rounded():
    members = with_months("gm:0983", 7)
    also = FixedSum(sums={"gm:0983": 200_00}, also_sharing=frozenset({"gm:0983"}))
    foot = FixedFoot(foot_cents=100_00)

    division = divided(EqualShare(), also, foot, members=members, total=20_000_00)

    assert ladder(division, "gm:0983")[-7:-1] == [
        "Fixed sum of Venlo for a whole year: 20000",
        "For 7 of the 12 months: 116.6666",
        "Plus the fixed sum for those months, to the nearest cent: 11667",
        "Fixed foot for a whole year: 10000",
        "For 7 of the 12 months: 58.3333",
        "Plus the fixed foot for those months, to the nearest cent: 5833",
    ]


@pytest.mark.parametrize(
    ("components", "months", "expected"),
    [
        (
            (DivisionByInhabitants(), FIXED),
            5,
            [
                "Fixed sum of Provincie Limburg for a whole year: 10000000",
                "For 5 of the 12 months: 41666.6666",
                "Rounded to the nearest cent: 4166667",
                "Provincie Limburg pays in 2027: 4166667",
            ],
        ),
        (
            (DivisionByInhabitants(),),
            12,
            [
                "Provincie Limburg has no inhabitants to count and does not share: 0",
                "Provincie Limburg pays in 2027: 0",
            ],
        ),
        (
            (FixedFoot(foot_cents=1, kinds=frozenset({"gemeente"})),),
            12,
            [
                "The allocation key asks nothing of Provincie Limburg: 0",
                "Provincie Limburg pays in 2027: 0",
            ],
        ),
        (
            (FixedFoot(foot_cents=500_00),),
            12,
            ["Plus the fixed foot: 50000", "Provincie Limburg pays in 2027: 50000"],
        ),
        (
            (DivisionByInhabitants(),),
            0,
            [
                "Provincie Limburg is not a member in 2027: 0",
                "Provincie Limburg pays in 2027: 0",
            ],
        ),
    ],
)
def test_explanation_of_who_does_not_share(components, months, expected):
    members = with_months("pv:31", months, EVERYONE)
    assert ladder(divided(*components, members=members, total=200_000_00), "pv:31") == expected


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (EqualShare(), ["Every member counts as one: 1", "Number of members that share: 2"]),
        (
            CustomWeights(weights={"gm:0983": Fraction(3, 2), "gm:0957": Fraction(1)}),
            ["Agreed weight of Venlo: 1.5", "Agreed weights of all members that share: 2.5"],
        ),
    ],
)
def test_explanation_of_other_weights(component, expected):
    division = divided(component, members=MUNICIPALITIES[11:13], total=-100_00)
    steps = ladder(division, "gm:0983")
    assert steps[:3] == [*expected, "What the members get back together in 2027: -10000"]
    assert steps[-2].startswith("Already in whole cents: nothing to round: ")
    assert steps[-1].startswith("Venlo gets back in 2027: ")


VALUES = st.text(max_size=20) | st.integers() | st.dates()
STEPS = st.builds(
    Step,
    kind=st.sampled_from(sorted(SENTENCES)),
    figure=st.builds(Figure, st.sampled_from(Unit), st.integers() | st.just("6789.5")),
    values=st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), VALUES, max_size=3),
    population=st.none() | st.just(CBS),
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(steps=st.lists(STEPS, max_size=5))
def test_steps_survive_json(steps):
    assert steps_from_data(json.loads(json.dumps(steps_to_data(steps)))) == tuple(steps)


def test_steps_are_kept_by_kind_so_that_the_words_are_those_of_today():
    division = divided(DivisionByInhabitants(), total=1_357_500_01)
    assert steps_to_data(division.shares[6].steps)[:2] == [
        {
            "kind": "inhabitants",
            "unit": "inhabitants",
            "figure": 104_195,
            "values": {"name": "Venlo", "on": {"date": "2026-01-01"}},
            "source": {
                "name": "CBS StatLine 03759ned",
                "reference_date": "2026-01-01",
                "release_date": "2026-06-23",
                "table": "03759ned",
            },
        },
        {"kind": "all_inhabitants", "unit": "inhabitants", "figure": 537_019},
    ]


@pytest.mark.parametrize(
    ("figure", "cents"),
    [
        (Figure(Unit.CENTS, 250), 250),
        (Figure(Unit.EUROS, "2.5000"), None),
        (Figure(Unit.INHABITANTS, 250), None),
    ],
)
def test_step_knows_an_amount_in_whole_cents(figure, cents):
    assert Step(kind="rate", figure=figure).amount_cents == cents


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (Fraction(2, 3), "0.6666"),
        (Fraction(-2, 3), "-0.6666"),
        (Fraction(-1, 10**6), "0.0000"),
        (Fraction(1234), "1234.0000"),
        (Fraction(99_999_999, 10**8), "0.9999"),
    ],
)
def test_decimal_string_is_cut_off_towards_zero(number, expected):
    assert decimal_string(number, 4) == expected
