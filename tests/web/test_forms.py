"""Forms: dates and amounts as people type them, for whom and which version they were opened."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from extranet.access import Role
from extranet.formats import cents
from extranet.web.fields import has_unseen
from extranet.web.forms import NoSuchDay, optional_text, parse_cents, parse_date
from tests.web.conftest import Door

ADDRESS = "/proef/proef/formulier"
NOT_OFFERED = "Deze keuze staat niet in de lijst. Kies opnieuw."
NO_YEAR = "Schrijf het jaar met vier cijfers, bijvoorbeeld 2027."


def opened(client: FlaskClient) -> dict[str, str]:
    """Return what the opened form carries along."""
    return carried_by(client.get(ADDRESS).text)


def carried_by(page: str) -> dict[str, str]:
    return {"kind": "a", "body": "0"} | dict(
        re.findall(r'name="(\w+)" type="hidden" value="([^"]*)"', page)
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12-3-2027", date(2027, 3, 12)),
        ("12/03/2027", date(2027, 3, 12)),
        ("12.3.2027", date(2027, 3, 12)),
        ("12 3 2027", date(2027, 3, 12)),
        ("2027-03-12", date(2027, 3, 12)),
        ("29-2-2028", date(2028, 2, 29)),
    ],
)
def test_parse_date_reads_what_people_type(text: str, wanted: date):
    assert parse_date(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31-2-2027",
        "29-2-2027",
        "0-1-2027",
        "1-13-2027",
        "1-1-27",
        "1-1-0000",
        "2027-3-12x",
        "maart 2027",
        "12-3-2027 14:00",
        "12-3",
        "9" * 5000,
    ],
)
def test_parse_date_refuses_what_is_no_day(text: str):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever its words
        parse_date(text)


@pytest.mark.parametrize("text", ["31-12-1899", "1-1-0001", "1-1-2201", "31-12-9999", "9999-12-31"])
def test_parse_date_refuses_a_year_that_nobody_means(text: str):
    with pytest.raises(NoSuchDay, match="between 1900 and 2200"):
        parse_date(text)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_any_date_survives_being_shown_and_typed(day: date):
    assert parse_date(f"{day:%d-%m-%Y}") == parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0", 0),
        ("1", 100),
        ("1,5", 150),
        ("1,05", 105),
        ("1.234,56", 123456),
        ("1 234,56", 123456),
        ("1234,56", 123456),
        ("€ 1.234,56", 123456),
        ("1.234", 123400),
        ("-0,01", -1),
        ("\N{MINUS SIGN} 5", -500),
        ("€ -5", -500),
        ("-€ 5", -500),
        ("999.999.999.999,99", 99999999999999),
    ],
)
def test_parse_cents_reads_what_people_type(text: str, wanted: int):
    assert parse_cents(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "€",
        "1,234",
        "1.23",
        "1.2345,00",
        "1,",
        ",5",
        "1e3",
        "NaN",
        "1-",
        "--1",
        "1,5,0",
        "twee",
        "0x10",
        "9" * 13,
        "9" * 5000,
        "1.000.000.000.000",
    ],
)
def test_parse_cents_refuses_what_is_no_amount(text: str):
    assert parse_cents(text) is None


@given(st.integers(min_value=-(10**14) + 1, max_value=10**14 - 1))
def test_any_amount_survives_being_shown_and_typed(amount: int):
    assert parse_cents(cents(amount, "nl")) == amount


@given(st.text())
def test_parse_cents_never_breaks_and_never_makes_up_money(text: str):
    amount = parse_cents(text)

    digits = "".join(letter for letter in text if letter.isdecimal())
    assert amount is None or str(abs(amount)).strip("0") == str(int(digits)).strip("0")


def test_optional_text_is_what_was_typed_without_the_spaces_around():
    assert [optional_text(text) for text in (None, "", "  ", " a b ")] == ["", "", "", "a b"]


def test_form_gives_dates_and_cents(door: Door):
    client = door(Role.READER)

    answer = client.post(
        ADDRESS,
        data={**opened(client), "name": "Warmte", "day": "31-12-2027", "amount": "-1.000,5"},
    )

    assert answer.json == {"name": "Warmte", "day": "2027-12-31", "amount": -100050}


def test_empty_date_and_amount_are_nothing(door: Door):
    client = door(Role.READER)

    answer = client.post(ADDRESS, data={**opened(client), "day": " ", "amount": ""})

    assert answer.json == {"name": None, "day": None, "amount": None}


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("day", "maart", "Schrijf de datum als dag-maand-jaar: 31-12-2027."),
        ("day", "31-2-2027", "Deze dag bestaat niet. Kijk dag en maand na."),
        ("day", "1-1-0001", "Kijk het jaar na: het ligt tussen 1900 en 2200."),
        ("amount", "twee", "Schrijf het bedrag als 1.234,56."),
        ("amount", "9" * 13, "Dit bedrag is te groot: hoogstens 999.999.999.999,99."),
        ("amount", "€ 1.000.000.000.000", "Dit bedrag is te groot: hoogstens 999.999.999.999,99."),
        (
            "name",
            "Saskia \N{RIGHT-TO-LEFT OVERRIDE}nessjihT",
            "Hierin staat een teken dat niemand kan zien. Typ het zelf.",
        ),
    ],
)
def test_form_refuses_in_the_readers_words(door: Door, name: str, typed: str, message: str):
    client = door(Role.READER)

    answer = client.post(ADDRESS, data={**opened(client), name: typed})

    assert answer.json == {"errors": {name: [message]}}


@pytest.mark.parametrize("name", ["Saskia Thijssen", "Zoë", "O’Brien", "Ngô", "क्‍ष", "\N{EM DASH}"])
def test_names_of_every_script_are_seen(name: str):
    assert not has_unseen(name)


@pytest.mark.parametrize("code", [0x00, 0x1B, 0x200B, 0x200F, 0x202E, 0x2067, 0xFEFF])
def test_what_nobody_sees_is_found(code: int):
    assert has_unseen(f"Saskia{chr(code)}")


@pytest.mark.one_database
def test_nobody_is_chosen_beforehand(client: FlaskClient, probed: Flask):
    page = client.get("/proef/kiezen").text

    options = re.findall(r"<option ([^>]*)>(.*?)</option>", page)
    assert options == [
        ('selected value=""', "Kies"),
        ('value="1"', "Weert"),
        ('value="2"', "Venlo"),
    ]
    assert "niet verplicht" not in page.partition('for="member"')[2].partition("</label>")[0]


@pytest.mark.one_database
def test_what_was_chosen_before_stays_chosen(client: FlaskClient, probed: Flask):
    page = client.get("/proef/kiezen?member=2").text

    assert re.findall(r"<option ([^>]*)>", page) == ['value="1"', 'selected value="2"']


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"member": "2", "year": "2027"}, {"member": 2, "year": 2027}),
        ({"member": "2"}, {"member": 2, "year": None}),
        ({}, {"errors": {"member": ["Maak een keuze."]}}),
        ({"member": ""}, {"errors": {"member": ["Maak een keuze."]}}),
        ({"member": "3"}, {"errors": {"member": [NOT_OFFERED]}}),
        ({"member": "x"}, {"errors": {"member": [NOT_OFFERED]}}),
        ({"member": "1", "year": "9" * 400}, {"errors": {"year": [NO_YEAR]}}),
        ({"member": "1", "year": "9" * 5000}, {"errors": {"year": [NO_YEAR]}}),
        ({"member": "1", "year": "1999"}, {"errors": {"year": [NO_YEAR]}}),
        ({"member": "1", "year": "-2027"}, {"errors": {"year": [NO_YEAR]}}),
    ],
)
def test_choice_and_year_are_read(client: FlaskClient, probed: Flask, sent: object, told: object):
    assert client.post("/proef/kiezen", data=sent).json == told


@pytest.mark.one_database
def test_only_a_list_with_a_choice_for_nothing_says_not_required(door: Door):
    page = door(Role.READER).get(ADDRESS).text

    labels = dict(re.findall(r'<label [^>]*for="(\w+)">(.*?)</label>', page))
    assert [name for name, text in labels.items() if "niet verplicht" not in text] == ["kind"]


@pytest.mark.one_database
def test_form_shows_dates_and_amounts_as_they_are_typed(door: Door):
    page = door(Role.READER).get(ADDRESS).text

    shown = dict(re.findall(r'name="(day|amount)"[^>]*value="([^"]*)"', page))
    assert shown == {"day": "02-03-2027", "amount": "-1.234,56"}


@pytest.mark.one_database
def test_other_acting_organisation_refuses_the_form_and_shows_what_was_typed(door: Door):
    client = door(Role.READER)
    carried = {**opened(client), "acting": "1-999"}

    answer = client.post(ADDRESS, data={**carried, "name": "Mijn tekst", "current": "mijn geheim"})

    assert answer.status_code == 409
    assert "<dt>Name</dt><dd>Mijn tekst</dd>" in answer.text
    assert "mijn geheim" not in answer.text


@pytest.mark.one_database
@pytest.mark.parametrize("version", ["3", "", "x"])
def test_older_version_refuses_the_form_and_shows_both_texts(door: Door, version: str):
    client = door(Role.READER)
    values = {"name": "Mijn tekst", "amount": "100", "day": "1-2-2027", "current": "mijn geheim"}

    answer = client.post(ADDRESS, data={**opened(client), "version": version, **values})

    assert answer.status_code == 409
    assert differences(answer.text) == [
        ("Name", "Mijn tekst", "Naam van nu"),
        ("Day", "01-02-2027", "niets"),
    ]
    assert "mijn geheim" not in answer.text


@pytest.mark.one_database
def test_form_that_came_back_holds_what_was_typed_and_can_be_sent_again(door: Door):
    client = door(Role.READER)
    values = {"name": "Mijn tekst", "amount": "100", "day": "1-2-2027"}

    page = client.post(ADDRESS, data={**opened(client), "version": "3", **values}).text
    shown = dict(re.findall(r'name="(\w+)"[^>]*type="text" value="([^"]*)"', page))
    again = client.post(ADDRESS, data={**carried_by(page), **shown})

    assert shown == values
    assert again.json == {"name": "Mijn tekst", "day": "2027-02-01", "amount": 100_00}


def differences(page: str) -> list[tuple[str, str, str]]:
    """Return each field that a form that came back tells of: label, typed, present."""
    told = page.partition('<dl class="ex-facts ex-changed">')[2].partition("</dl>")[0]
    rows = re.findall(r"<dt><a[^>]*>(.*?)</a></dt>\s*<dd>(.*?)<br>(.*?)</dd>", told, re.DOTALL)
    return [
        (name, *(text.rpartition("</span>")[2].strip() for text in both)) for name, *both in rows
    ]
