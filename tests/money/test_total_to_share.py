"""What the members pay together, from the lines of a budget year."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extranet.money.models import LineKind, VatTreatment
from extranet.money.rules import (
    LineAmount,
    RatePerInhabitant,
    TotalToShare,
    total_to_share,
)
from tests.money.region import divided

CENTS = st.integers(min_value=-(10**10), max_value=10**10)
LINES = st.lists(
    st.builds(
        LineAmount,
        kind=st.sampled_from(LineKind),
        net_cents=CENTS,
        vat_cents=CENTS,
        vat_treatment=st.sampled_from(VatTreatment),
    ),
    max_size=12,
)


def test_total_is_costs_with_vat_less_incomes_plus_reserve():
    found = total_to_share(
        [
            LineAmount(kind="cost", net_cents=1_200_000_00),
            LineAmount(
                kind="cost", net_cents=100_000_00, vat_cents=21_000_00, vat_treatment="passed_on"
            ),
            LineAmount(
                kind="cost", net_cents=10_000_00, vat_cents=2_100_00, vat_treatment="joint_account"
            ),
            LineAmount(kind="income", net_cents=300_000_00),
            LineAmount(kind="reserve", net_cents=-25_000_00),
        ]
    )
    assert found == TotalToShare(
        costs_net_cents=1_310_000_00,
        costs_vat_cents=23_100_00,
        compensable_vat_cents=21_000_00,
        incomes_cents=300_000_00,
        reserve_cents=-25_000_00,
    )
    assert found.total_cents == 1_008_100_00


def test_reserve_line_closes_the_gap_of_a_rate_key():
    lines = [LineAmount(kind="cost", net_cents=1_400_000_00)]
    rate = RatePerInhabitant(rate_cents=250)
    gap_cents = divided(rate, total=total_to_share(lines).total_cents).gap_cents
    lines.append(LineAmount(kind="reserve", net_cents=-gap_cents))

    total_cents = total_to_share(lines).total_cents
    division = divided(rate, total=total_cents)
    assert (division.gap_cents, division.total_cents) == (0, total_cents)


def test_total_refuses_an_unknown_kind_of_line():
    with pytest.raises(ValueError, match="contribution"):
        total_to_share([LineAmount(kind="contribution", net_cents=1)])


@settings(max_examples=100, deadline=None, derandomize=True)
@given(lines=LINES, more=LINES)
def test_total_of_two_lists_is_the_total_of_their_totals(lines, more):
    def total(of):
        return total_to_share(of).total_cents

    signed = [-line.gross_cents if line.kind == "income" else line.gross_cents for line in lines]
    assert total(lines) == sum(signed)
    assert total([*lines, *more]) == total(lines) + total(more)
