"""What each member pays: on the real figures of a region and on any figures at all."""

from dataclasses import replace
from fractions import Fraction

import pytest

from extranet.errors import InvalidInput
from extranet.money.rules import (
    Cap,
    CustomWeights,
    DivisionByInhabitants,
    EqualShare,
    FixedFoot,
    FixedSum,
    Indexation,
    Member,
    RatePerInhabitant,
)
from tests.money.region import (
    EVERYONE,
    FIXED,
    LIMBURG,
    MUNICIPALITIES,
    WATERSCHAP,
    amounts,
    divided,
    with_months,
)


def test_rate_of_two_euros_fifty_makes_the_total():
    division = divided(RatePerInhabitant(rate_cents=250), total=1_400_000_00)

    assert amounts(division)["gm:0983"] == 260_487_50
    assert amounts(division)["gm:0944"] == 20_480_00
    assert (division.total_cents, division.made_total) == (1_342_547_50, True)
    assert division.gap_cents == 57_452_50


def test_rate_that_brings_in_too_much_leaves_a_gap_below_zero():
    division = divided(RatePerInhabitant(rate_cents=250), total=1_300_000_00)
    assert division.gap_cents == -42_547_50


def test_rate_asks_the_same_when_the_budget_has_money_left():
    division = divided(RatePerInhabitant(rate_cents=250), total=-100_00)
    assert division.total_cents == 1_342_547_50
    assert division.gap_cents == -1_342_647_50


def test_rate_counts_the_months_and_rounds_to_the_nearest_cent():
    members = with_months("gm:0889", 7)
    division = divided(RatePerInhabitant(rate_cents=251), members=members)
    # 13,579 inhabitants at € 2.51 for 7 of 12 months: € 19,881.9191…
    assert amounts(division)["gm:0889"] == 19_881_92


def test_rate_rises_with_its_index():
    index = Indexation(name="CBS, consumentenprijsindex", basis_points=320, base_year=2027)
    rate = RatePerInhabitant(rate_cents=250, index=index)
    assert divided(rate, year=2028).total_cents == 537_019 * 258


def test_division_of_a_total_adds_up_to_the_cent():
    division = divided(DivisionByInhabitants(), total=1_357_500_01)

    assert amounts(division) == {
        "gm:0889": 34_325_59,
        "gm:0893": 32_955_50,
        "gm:0907": 45_382_37,
        "gm:0944": 20_708_09,
        "gm:0946": 44_320_68,
        "gm:0957": 155_287_96,
        "gm:0983": 263_388_66,
        "gm:0984": 114_025_97,
        "gm:0988": 130_178_89,
        "gm:1507": 113_300_48,
        "gm:1640": 91_252_62,
        "gm:1641": 61_621_24,
        "gm:1669": 53_072_07,
        "gm:1711": 81_864_21,
        "gm:1894": 115_815_68,
    }
    assert (division.total_cents, division.gap_cents) == (1_357_500_01, 0)


def test_division_leaves_fixed_sums_and_the_foot_out_of_what_is_divided():
    foot = FixedFoot(foot_cents=1_000_00)
    total = 1_357_500_01 + 150_000_00 + 15 * 1_000_00
    division = divided(DivisionByInhabitants(), FIXED, foot, members=EVERYONE, total=total)

    without = amounts(divided(DivisionByInhabitants(), total=1_357_500_01))
    expected = {code: cents + 1_000_00 for code, cents in without.items()}
    assert amounts(division) == expected | {"pv:31": 100_000_00, "ws:0665": 50_000_00}
    assert division.total_cents == total


def test_member_with_a_fixed_sum_shares_as_well_when_the_key_says_so():
    fixed = FixedSum(sums={"gm:0983": 10_000_00}, also_sharing=frozenset({"gm:0983"}))
    division = divided(DivisionByInhabitants(), fixed, total=1_367_500_01)
    assert amounts(division)["gm:0983"] == 273_388_66


def test_foot_is_asked_of_the_named_kinds_only():
    foot = FixedFoot(foot_cents=1_000_00, kinds=frozenset({"provincie", "waterschap"}))
    division = divided(foot, members=EVERYONE)
    paying = {code: cents for code, cents in amounts(division).items() if cents}
    assert paying == {"pv:31": 1_000_00, "ws:0665": 1_000_00}


def test_equal_share_and_weights_count_the_months():
    members = [*with_months("gm:0983", 6, MUNICIPALITIES[11:13]), LIMBURG]
    weights = CustomWeights(
        weights={"gm:0957": Fraction(1, 2), "gm:0983": Fraction(2), "pv:31": Fraction(1)}
    )
    assert amounts(divided(EqualShare(), members=members, total=100_00)) == {
        "gm:0957": 40_00,
        "gm:0983": 20_00,
        "pv:31": 40_00,
    }
    assert amounts(divided(weights, members=members, total=100_00)) == {
        "gm:0957": 20_00,
        "gm:0983": 40_00,
        "pv:31": 40_00,
    }


def test_cap_moves_what_is_above_it_to_the_others():
    division = divided(DivisionByInhabitants(), Cap(max_basis_points=1750), total=1_357_500_01)
    # 17.5 % of the total is € 237,562.50; the other fourteen divide € 1,119,937.51.
    others = [member for member in MUNICIPALITIES if member.code != "gm:0983"]
    rest = divided(DivisionByInhabitants(), members=others, total=1_119_937_51)
    assert amounts(division) == amounts(rest) | {"gm:0983": 237_562_50}


def test_cap_on_a_rate_leaves_the_total_as_it_was():
    division = divided(RatePerInhabitant(rate_cents=250), Cap(max_cents=200_000_00))
    assert amounts(division)["gm:0983"] == 200_000_00
    assert division.total_cents == 1_342_547_50


def test_money_that_goes_back_mirrors_money_that_comes_in():
    components = (DivisionByInhabitants(), Cap(max_basis_points=1750))
    paid = amounts(divided(*components, total=1_357_500_01))
    back = amounts(divided(*components, total=-1_357_500_01))
    assert back == {code: -cents for code, cents in paid.items()}


def refusal(*components, **options):
    """Return the one field that is refused, and why."""
    with pytest.raises(InvalidInput) as refused:
        divided(*components, **options)
    ((field, text),) = refused.value.fields.items()
    return field, str(text).replace("\N{NO-BREAK SPACE}", " ")


TWO = MUNICIPALITIES[11:13]


@pytest.mark.parametrize(
    ("components", "options", "expected"),
    [
        (
            (DivisionByInhabitants(), FIXED),
            {"total": 100},
            ("sums", "The key names “pv:31”, which is not a member."),
        ),
        (
            (CustomWeights(weights={"gm:9999": Fraction(1)}),),
            {"total": 100},
            ("weights", "The key names “gm:9999”, which is not a member."),
        ),
        (
            (CustomWeights(weights={"gm:0957": Fraction(1)}),),
            {"members": TWO, "total": 100},
            ("weights", "Venlo has no weight yet."),
        ),
        (
            (DivisionByInhabitants(), FIXED),
            {"members": EVERYONE, "total": 149_999_99},
            (
                "key",
                (
                    "The fixed sums and the fixed foot are € 150,000.00 together, more than the "
                    "€ 149,999.99 that the members pay."
                ),
            ),
        ),
        (
            (DivisionByInhabitants(), FIXED),
            {"members": EVERYONE, "total": -200_000_00},
            (
                "key",
                (
                    "The members get € 200,000.00 back together, but the fixed sums and the fixed "
                    "foot ask them to pay. Take those out of the key."
                ),
            ),
        ),
        (
            (DivisionByInhabitants(), FIXED),
            {"members": [LIMBURG, WATERSCHAP], "total": 150_000_01},
            ("key", "No member shares the remaining € 0.01."),
        ),
        (
            (DivisionByInhabitants(), Cap(max_basis_points=4999)),
            {"members": TWO, "total": 100_00},
            (
                "key",
                "The maximum is too low: when every member pays its maximum, € 0.02 is left.",
            ),
        ),
        (
            (EqualShare(), FixedFoot(foot_cents=60_00), Cap(max_cents=50_00)),
            {"members": TWO, "total": 130_00},
            (
                "key",
                (
                    "The maximum for Roermond is € 50.00, less than its fixed sum and fixed foot "
                    "(€ 60.00)."
                ),
            ),
        ),
        (
            (DivisionByInhabitants(),),
            {"members": [replace(TWO[0], inhabitants=None), TWO[1]], "total": 100},
            ("population", "The population release has no inhabitants of Roermond."),
        ),
        (
            (
                DivisionByInhabitants(),
                FixedSum(sums={"gm:0957": 1}, also_sharing=frozenset({"gm:0957"})),
            ),
            {"members": [replace(TWO[0], inhabitants=None), TWO[1]], "total": 100},
            ("population", "The population release has no inhabitants of Roermond."),
        ),
        (
            (RatePerInhabitant(rate_cents=250),),
            {"population": None},
            ("population", "This region has not chosen a population release yet."),
        ),
    ],
)
def test_contributions_refuse_what_cannot_be_divided(components, options, expected):
    assert refusal(*components, **options) == expected


def test_contributions_refuse_a_member_twice():
    with pytest.raises(ValueError, match="gm:0983 is in the list of members twice"):
        divided(EqualShare(), members=[TWO[1], TWO[1]], total=100)


@pytest.mark.parametrize(("inhabitants", "months"), [(-1, 12), (10, 13), (10, -1)])
def test_member_refuses_figures_that_cannot_be(inhabitants, months):
    with pytest.raises(ValueError, match="gm:1"):
        Member(code="gm:1", name="A", kind="gemeente", inhabitants=inhabitants, months=months)
