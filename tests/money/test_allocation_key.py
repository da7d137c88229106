"""An allocation key is data: it survives JSON, says itself in words and refuses nonsense."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extranet.errors import InvalidInput
from extranet.money.rules import (
    AllocationKey,
    Cap,
    CustomWeights,
    DivisionByInhabitants,
    EqualShare,
    FixedFoot,
    FixedSum,
    Indexation,
    RatePerInhabitant,
)

PROPERTY = settings(max_examples=100, deadline=None, derandomize=True)

CODES = st.from_regex(r"(gm|pv|ws):[0-9]{4}", fullmatch=True)
CENTS = st.integers(min_value=0, max_value=10**11)

FIXED_SUMS = st.dictionaries(CODES, CENTS, min_size=1, max_size=4).flatmap(
    lambda sums: st.builds(
        FixedSum, sums=st.just(sums), also_sharing=st.frozensets(st.sampled_from(sorted(sums)))
    )
)
FEET = st.builds(
    FixedFoot,
    foot_cents=CENTS,
    kinds=st.frozensets(st.sampled_from(["gemeente", "provincie", "waterschap"])),
)
INDEXATIONS = st.builds(
    Indexation,
    name=st.just("CBS, consumentenprijsindex"),
    basis_points=st.integers(min_value=-500, max_value=1500),
    base_year=st.integers(min_value=2020, max_value=2035),
)
RATES = st.builds(
    RatePerInhabitant,
    rate_cents=st.integers(min_value=0, max_value=10_000),
    index=st.none() | INDEXATIONS,
)
CUSTOM_WEIGHTS = st.builds(
    CustomWeights,
    weights=st.dictionaries(
        CODES,
        st.fractions(min_value=Fraction(1, 100), max_value=100, max_denominator=100),
        min_size=1,
        max_size=6,
    ),
)
DISTRIBUTIONS = RATES | st.just(DivisionByInhabitants()) | st.just(EqualShare()) | CUSTOM_WEIGHTS
CAPS = st.builds(Cap, max_cents=st.integers(min_value=1, max_value=10**11)) | st.builds(
    Cap, max_basis_points=st.integers(min_value=1, max_value=10_000)
)


@st.composite
def keys(draw):
    """Draw a valid key: perhaps fixed sums and a foot, a distribution, perhaps a cap."""
    optional = [draw(st.none() | FIXED_SUMS), draw(st.none() | FEET), draw(st.none() | CAPS)]
    parts = [draw(DISTRIBUTIONS), *(part for part in optional if part)]
    return AllocationKey(draw(st.permutations(parts)))


@PROPERTY
@given(key=keys())
def test_key_survives_json(key):
    assert AllocationKey.from_data(json.loads(json.dumps(key.to_data()))) == key


@PROPERTY
@given(key=keys())
def test_key_says_every_component_in_words(key):
    assert len(key.texts) == len(key.components)
    assert all(str(text) for text in key.texts)


def test_key_reads_as_a_list_of_kinds():
    key = AllocationKey(
        [
            FixedSum(sums={"ws:0665": 25_000_00, "pv:31": 50_000_00}),
            FixedFoot(foot_cents=1_000_00, kinds=frozenset({"gemeente"})),
            DivisionByInhabitants(),
            Cap(max_basis_points=1750),
        ]
    )
    assert key.to_data() == [
        {
            "kind": "fixed_sum",
            "sums": {"pv:31": 50_000_00, "ws:0665": 25_000_00},
            "also_sharing": [],
        },
        {"kind": "fixed_foot", "foot_cents": 1_000_00, "kinds": ["gemeente"]},
        {"kind": "division_by_inhabitants"},
        {"kind": "cap", "max_cents": None, "max_basis_points": 1750},
    ]


def test_key_says_itself_in_the_order_in_which_it_works():
    key = AllocationKey(
        [
            Cap(max_basis_points=1750),
            RatePerInhabitant(rate_cents=250),
            FixedFoot(foot_cents=1_000_00),
            FixedSum(sums={"pv:31": 50_000_00}),
        ]
    )
    assert [str(text).replace("\N{NO-BREAK SPACE}", " ") for text in key.texts] == [
        "Fixed sums: € 50,000.00 together",
        "A fixed foot of € 1,000.00 per member",
        "€ 2.50 per inhabitant",
        "At most 17.5% of the total per member",
    ]


@pytest.mark.parametrize(
    ("component", "words"),
    [
        (
            FixedFoot(foot_cents=500_00, kinds=frozenset({"waterschap", "gemeente"})),
            "A fixed foot of € 500.00 per member, only for: gemeente, waterschap",
        ),
        (DivisionByInhabitants(), "The rest by number of inhabitants"),
        (EqualShare(), "The rest in equal shares"),
        (CustomWeights(weights={"gm:0983": Fraction(2)}), "The rest by agreed weights"),
        (Cap(max_cents=300_000_00), "At most € 300,000.00 per member"),
    ],
)
def test_component_says_itself(component, words):
    assert str(component.text).replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.parametrize(
    ("component", "makes_total", "uses_inhabitants"),
    [
        (RatePerInhabitant(rate_cents=250), True, True),
        (FixedFoot(foot_cents=500_00), True, False),
        (DivisionByInhabitants(), False, True),
        (EqualShare(), False, False),
        (CustomWeights(weights={"gm:0983": Fraction(2)}), False, False),
    ],
)
def test_key_knows_what_it_does(component, makes_total, uses_inhabitants):
    key = AllocationKey([component])
    assert (key.makes_total, key.uses_inhabitants) == (makes_total, uses_inhabitants)


@pytest.mark.parametrize(
    "weight",
    [
        Fraction(999_999_999_999_999_999, 10**9),
        Fraction(104_195_123_456_789, 10**9),
        Fraction(999_999_999, 999_999_998),
        Fraction(1, 10**9),
    ],
)
def test_weight_at_the_limit_survives_json(weight):
    key = AllocationKey([CustomWeights(weights={"gm:1": weight})])

    assert AllocationKey.from_data(json.loads(json.dumps(key.to_data()))) == key


@pytest.mark.parametrize("weight", [10**9, Fraction(1, 10**9 + 1), Fraction(10**19, 3)])
def test_weight_beyond_the_limit_is_refused_before_it_is_kept(weight):
    with pytest.raises(InvalidInput) as refused:
        CustomWeights(weights={"gm:1": weight})

    assert field_and_words(refused) == ("weights", TOO_LONG)


@pytest.mark.parametrize("base_year", [0, 1999, 2101, 10**9])
def test_index_needs_a_year_of_today(base_year):
    with pytest.raises(InvalidInput) as refused:
        Indexation(name="CPB", basis_points=300, base_year=base_year)

    assert field_and_words(refused) == ("base_year", "Write the year in four figures.")


def test_component_data_reads_weights_as_numbers_and_fractions():
    key = AllocationKey.from_data(
        [{"kind": "custom_weights", "weights": {"gm:1": 2, "gm:2": "0.75", "gm:3": "1/3"}}]
    )
    assert key.distribution == CustomWeights(
        weights={"gm:1": Fraction(2), "gm:2": Fraction(3, 4), "gm:3": Fraction(1, 3)}
    )
    assert key.to_data()[0]["weights"] == {"gm:1": 2, "gm:2": "3/4", "gm:3": "1/3"}


def test_component_data_fills_in_what_may_be_left_out():
    key = AllocationKey.from_data(
        [
            {"kind": "fixed_sum", "sums": {"pv:31": 1}},
            {"kind": "fixed_foot", "foot_cents": 2},
            {"kind": "rate_per_inhabitant", "rate_cents": 3},
            {"kind": "cap", "max_cents": 4},
        ]
    )
    assert key == AllocationKey(
        [
            FixedSum(sums={"pv:31": 1}),
            FixedFoot(foot_cents=2),
            RatePerInhabitant(rate_cents=3),
            Cap(max_cents=4),
        ]
    )


def test_indexation_compounds_and_rounds_once():
    index = Indexation(name="CBS, consumentenprijsindex", basis_points=320, base_year=2027)
    rate = RatePerInhabitant(rate_cents=250, index=index)
    # 2.50 · 1.032 = 2.58; · 1.032² = 2.66256; · 1.032³ = 2.74776…
    assert [rate.rate_in(year) for year in (2026, 2027, 2028, 2029, 2030)] == [
        250,
        250,
        258,
        266,
        275,
    ]


def field_and_words(refused):
    """Return the one field that is refused, and why."""
    ((field, text),) = refused.value.fields.items()
    return field, str(text)


ONE_WAY = "Choose one way to share: a rate, inhabitants, equal shares or weights."
AMOUNT = "An amount is zero or more, in whole cents."
INDEX = "An index has a name, hundredths of a percent and a first year."
TOO_LONG = "A weight has at most 9 figures before the comma and 9 after it."
WEIGHT = "A weight is a number, such as 2, 0.75 or 3/4."
RATE = {"kind": "rate_per_inhabitant", "rate_cents": 250}
EQUAL = {"kind": "equal_share"}


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({}, "key", "An allocation key is a list of components."),
        ([], "key", "An allocation key has at least one component."),
        (["cap"], "key", "A component of an allocation key has a kind."),
        ([{"rate_cents": 250}], "key", "A component of an allocation key has a kind."),
        (
            [{"kind": "by_area"}],
            "key",
            "“by_area” is not a component of an allocation key.",
        ),
        ([EQUAL | {"factor": 2}], "key", "“equal_share” has no field “factor”."),
        ([RATE, EQUAL], "key", ONE_WAY),
        ([EQUAL, EQUAL], "key", "Each component can be in an allocation key once."),
        (
            [{"kind": "cap", "max_cents": 100}],
            "key",
            "A maximum only works with a rate or with a division of the total.",
        ),
        ([{"kind": "rate_per_inhabitant"}], "rate_cents", AMOUNT),
        ([RATE | {"rate_cents": -1}], "rate_cents", AMOUNT),
        ([RATE | {"rate_cents": 2.5}], "rate_cents", AMOUNT),
        ([RATE | {"rate_cents": True}], "rate_cents", AMOUNT),
        ([RATE | {"rate_cents": "250"}], "rate_cents", AMOUNT),
        ([RATE | {"index": "CPI"}], "index", INDEX),
        ([RATE | {"index": {"name": "CPI"}}], "index", INDEX),
        (
            [RATE | {"index": {"name": "CPI", "basis_points": 2.5, "base_year": 2027}}],
            "index",
            INDEX,
        ),
        (
            [RATE | {"index": {"name": " ", "basis_points": 250, "base_year": 2027}}],
            "index",
            "Name the index and where it is published.",
        ),
        (
            [RATE | {"index": {"name": "CPI", "basis_points": -10_000, "base_year": 2027}}],
            "index",
            "An index cannot take away the whole rate.",
        ),
        ([{"kind": "fixed_foot", "foot_cents": -1}], "foot_cents", AMOUNT),
        (
            [{"kind": "fixed_foot", "foot_cents": 1, "kinds": "gemeente"}],
            "kinds",
            "Give a list of codes or kinds.",
        ),
        (
            [{"kind": "fixed_sum", "sums": {}}],
            "sums",
            "Name at least one organisation with a fixed sum.",
        ),
        ([{"kind": "fixed_sum", "sums": [1]}], "sums", "Give a value per official code."),
        ([{"kind": "fixed_sum", "sums": {"": 1}}], "sums", "Give a value per official code."),
        ([{"kind": "fixed_sum", "sums": {"pv:31": -1}}], "sums", AMOUNT),
        (
            [{"kind": "fixed_sum", "sums": {"pv:31": 1}, "also_sharing": ["pv:30"]}],
            "also_sharing",
            "“pv:30” has no fixed sum in this key.",
        ),
        (
            [{"kind": "custom_weights", "weights": {"gm:1": 0}}],
            "weights",
            "Give at least one member a weight above zero.",
        ),
        (
            [{"kind": "custom_weights", "weights": {"gm:1": -1}}],
            "weights",
            "A weight is zero or more.",
        ),
        ([{"kind": "custom_weights", "weights": {"gm:1": 0.5}}], "weights", WEIGHT),
        ([{"kind": "custom_weights", "weights": {"gm:1": "1e9"}}], "weights", WEIGHT),
        ([{"kind": "custom_weights", "weights": {"gm:1": "1/0"}}], "weights", WEIGHT),
        ([{"kind": "custom_weights", "weights": {"gm:1": None}}], "weights", WEIGHT),
        (
            [EQUAL, {"kind": "cap"}],
            "max_cents",
            "Give the maximum as an amount or as a percentage.",
        ),
        (
            [EQUAL, {"kind": "cap", "max_cents": 1, "max_basis_points": 1}],
            "max_cents",
            "Give the maximum as an amount or as a percentage.",
        ),
        ([EQUAL, {"kind": "cap", "max_cents": 0}], "max_cents", "A maximum is more than zero."),
        (
            [EQUAL, {"kind": "cap", "max_basis_points": 10_001}],
            "max_basis_points",
            "A maximum is more than 0 and at most 100 percent.",
        ),
        (
            [EQUAL, {"kind": "cap", "max_basis_points": 0}],
            "max_basis_points",
            "A maximum is more than 0 and at most 100 percent.",
        ),
    ],
)
def test_key_refuses_data_that_cannot_work(data, field, words):
    with pytest.raises(InvalidInput) as refused:
        AllocationKey.from_data(data)
    assert field_and_words(refused) == (field, words)
