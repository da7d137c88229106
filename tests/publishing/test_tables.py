"""A table that does not fit its columns or does not add up never reaches a reader."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from extranet.publishing.characters import printable
from extranet.publishing.tables import Column, Table, percentage

NAME = Column(key="name", heading="Naam")
AMOUNT = Column(key="amount_cents", heading="Bijdrage", kind="cents")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", 1),
        ("number", "1"),
        ("number", True),
        ("number", Decimal("NaN")),
        ("number", Fraction(1, 3)),
        ("cents", Decimal("1.00")),
        ("cents", 1.0),
        ("cents", False),
        ("date", datetime(2027, 1, 1, tzinfo=UTC)),
        ("date", "2027-01-01"),
        ("percent", 19),
        ("percent", Decimal("Infinity")),
    ],
)
def test_refuses_value_of_another_kind(kind, value):
    column = Column(key="x_cents" if kind == "cents" else "x_percent", heading="X", kind=kind)

    with pytest.raises(ValueError, match="is " + kind):
        Table(title="T", columns=[column], rows=[[value]])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", ""),
        ("number", 0),
        ("number", Decimal("1.37")),
        ("cents", -1),
        ("date", date(2027, 1, 1)),
        ("percent", Fraction(1, 3)),
        ("percent", Decimal("0.194")),
    ],
)
def test_accepts_value_of_its_kind_and_an_empty_cell(kind, value):
    column = Column(key="x_cents" if kind == "cents" else "x_percent", heading="X", kind=kind)

    assert Table(title="T", columns=[column], rows=[[value], [None]]).rows == [[value], [None]]


def test_refuses_row_of_another_length():
    with pytest.raises(ValueError, match="has 1 values"):
        Table(title="T", columns=[NAME, AMOUNT], rows=[["Venlo"]])


@pytest.mark.parametrize(
    "columns",
    [
        [],
        [NAME, Column(key="name", heading="Anders")],
        [NAME, Column(key="other", heading="NAAM")],
    ],
)
def test_refuses_columns_without_names_of_their_own(columns):
    with pytest.raises(ValueError, match="names of their own"):
        Table(title="T", columns=columns, rows=[])


@pytest.mark.parametrize(("kind", "unit"), [("cents", "_cents"), ("percent", "_percent")])
def test_refuses_key_that_hides_its_unit(kind, unit):
    with pytest.raises(ValueError, match=unit):
        Column(key="amount", heading="Bijdrage", kind=kind)


@pytest.mark.parametrize(("key", "heading"), [("", "Naam"), ("name", " ")])
def test_refuses_column_without_name(key, heading):
    with pytest.raises(ValueError, match="key and a heading"):
        Column(key=key, heading=heading)


def test_refuses_total_that_is_a_cent_off(contributions):
    wrong = [None, "Totaal", 149977, 37353198, Fraction(1), None]

    with pytest.raises(ValueError, match="does not add up"):
        replace(contributions, total=wrong)


@pytest.mark.parametrize(
    ("part", "decimals", "shown"),
    [
        (Fraction(104195, 537019), 2, "19.40"),
        (Fraction(1, 8), 0, "13"),
        (Decimal("0.12345"), 2, "12.35"),
        (Fraction(-1, 8), 0, "-13"),
        (Fraction(1), 2, "100.00"),
    ],
)
def test_rounds_percentage_half_away_from_zero(part, decimals, shown):
    assert str(percentage(part, decimals)) == shown


def test_leaves_out_what_cannot_be_printed():
    text = "a\x00\x07\r\nb\rc\td\u202e00,1 €\ufeff\ud800\ufffe é\u2019ĳ"

    assert printable(text) == "a\nb\nc\td00,1 € é\u2019ĳ"
