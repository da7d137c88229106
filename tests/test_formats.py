"""How money, numbers and dates read in Dutch and in English."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extranet.formats import cents, long_date, moment, number, percent, time_tag

NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
WRITTEN = str.maketrans({" ": NBSP, "-": MINUS})
INTEGERS = st.integers(min_value=-(10**15), max_value=10**15)


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (0, "€ 0,00", "€ 0.00"),
        (5, "€ 0,05", "€ 0.05"),
        (-5, "€ -0,05", "€ -0.05"),
        (100, "€ 1,00", "€ 1.00"),
        (99999, "€ 999,99", "€ 999.99"),
        (123456, "€ 1.234,56", "€ 1,234.56"),
        (-123456789, "€ -1.234.567,89", "€ -1,234,567.89"),
    ],
)
def test_cents_read_as_euros(value: int, dutch: str, english: str):
    assert cents(value, "nl") == dutch.translate(WRITTEN)
    assert cents(value, "en") == english.translate(WRITTEN)


@given(INTEGERS)
def test_cents_say_every_digit(value: int):
    digits = "".join(letter for letter in cents(value, "nl") if letter.isdigit())

    assert int(digits) == abs(value)
    assert (MINUS in cents(value, "nl")) == (value < 0)


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (104195, "104.195", "104,195"),
        (-1000, "-1.000", "-1,000"),
    ],
)
def test_number_has_its_thousands_apart(value: int, dutch: str, english: str):
    assert number(value, "nl") == dutch.translate(WRITTEN)
    assert number(value, "en") == english.translate(WRITTEN)


@pytest.mark.parametrize(
    ("part", "whole", "dutch"),
    [
        (104195, 537019, "19,40%"),
        (1, 3, "33,33%"),
        (2, 3, "66,67%"),
        (1, 8, "12,50%"),
        (1, 20000, "0,01%"),
        (1, 20001, "0,00%"),
        (1, 1, "100,00%"),
        (3, 2, "150,00%"),
        (-1, 8, "-12,50%"),
        (1, -8, "-12,50%"),
        (-1, -8, "12,50%"),
        (-1, 10**9, "0,00%"),
        (0, 5, "0,00%"),
    ],
)
def test_percent_is_rounded_half_up_to_two_decimals(part: int, whole: int, dutch: str):
    assert percent(part, whole, "nl") == dutch.translate(WRITTEN)
    assert percent(part, whole, "en") == dutch.translate(WRITTEN).replace(",", ".")


def test_percent_of_nothing_is_nothing():
    assert percent(5, 0, "nl") == ""


@given(INTEGERS, INTEGERS.filter(bool))
def test_percent_is_within_half_a_hundredth(part: int, whole: int):
    shown = percent(part, whole, "nl").replace(NBSP, "").replace("%", "").replace(MINUS, "-")

    hundredths = int(shown.replace(",", ""))
    assert abs(hundredths * whole - part * 10_000) * 2 <= abs(whole)


def test_dates_read_in_words():
    day = date(2027, 3, 2)

    assert long_date(day, "nl") == "2 maart 2027".translate(WRITTEN)
    assert long_date(day, "en") == "2 March 2027".translate(WRITTEN)
    assert time_tag(day, "nl") == (
        '<time datetime="2027-03-02">' + "2 maart 2027".translate(WRITTEN) + "</time>"
    )


def test_moment_is_shown_in_dutch_time_on_the_dutch_day():
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    summer = datetime(2027, 7, 1, 12, 0, tzinfo=UTC)

    assert long_date(late, "nl") == "1 januari 2027".translate(WRITTEN)
    assert time_tag(late, "nl").startswith('<time datetime="2027-01-01">')
    assert moment(late, "nl") == "1 januari 2027".translate(WRITTEN) + " 00:30"
    assert moment(summer, "en") == "1 July 2027".translate(WRITTEN) + " 14:00"
