"""CSV: what a program reads back is what was in the table, and a spreadsheet runs nothing."""

import codecs
import csv
import io
import json
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extranet.publishing.characters import printable
from extranet.publishing.csv_export import guarded, guarded_json, render_csv, render_csv_for_people
from extranet.publishing.tables import Column, Table


def read(content: bytes, separator: str = ";") -> list[list[str]]:
    source = io.StringIO(content.decode(), newline="")
    return list(csv.reader(source, delimiter=separator, strict=True))


def test_writes_header_units_and_quotes(contributions):
    assert render_csv(contributions).decode() == (
        "code;name;inhabitants;amount_cents;share_percent;member_since\r\n"
        "gm:0983;Venlo;104195;25950772;33.33;2025-01-01\r\n"
        "gm:0984;'=1+1;45782;11402428;66.67;\r\n"
        'ws:0665;"Waterschap “Limburg”;\nRoermond";;-3;;2025-01-01\r\n'
    )


@pytest.mark.parametrize(("locale", "sign"), [("nl", ","), ("en", ".")])
def test_people_get_headings_euros_and_their_own_decimal_sign(contributions, locale, sign):
    content = render_csv_for_people(contributions, locale)

    assert content.startswith(codecs.BOM_UTF8)
    assert content.removeprefix(codecs.BOM_UTF8).decode() == (
        "Code;Naam;Inwoners;Bijdrage;Aandeel;Lid sinds\r\n"
        f"gm:0983;Venlo;104195;259507{sign}72;33{sign}33;2025-01-01\r\n"
        f"gm:0984;'=1+1;45782;114024{sign}28;66{sign}67;\r\n"
        f'ws:0665;"Waterschap “Limburg”;\nRoermond";;-0{sign}03;;2025-01-01\r\n'
    )


def test_a_later_part_has_rows_only(contributions):
    whole = render_csv_for_people(contributions, "nl")

    rest = render_csv_for_people(contributions, "nl", is_start=False)

    assert whole.partition(b"\r\n")[2] == rest


def test_a_heading_is_no_formula_either():
    table = Table(title="T", columns=[Column(key="name", heading="=1+1")], rows=[])

    assert render_csv_for_people(table, "nl") == codecs.BOM_UTF8 + b"'=1+1\r\n"


def test_amounts_of_people_add_up_to_the_cent():
    amounts = [11402428, -3, 0, 5, 10**14]
    column = Column(key="amount_cents", heading="Bedrag", kind="cents")
    table = Table(title="T", columns=[column], rows=[[amount] for amount in amounts])

    rows = read(render_csv_for_people(table, "nl").removeprefix(codecs.BOM_UTF8))[1:]

    assert [int(Decimal(text.replace(",", ".")) * 100) for (text,) in rows] == amounts


def test_writes_only_the_header_of_an_empty_table():
    table = Table(title="T", columns=[Column(key="name", heading="Naam")], rows=[])

    assert render_csv(table) == b"name\r\n"


def test_doubles_quotes():
    table = Table(title="T", columns=[Column(key="name", heading="Naam")], rows=[['a "b", c']])

    assert render_csv(table) == b'name\r\n"a ""b"", c"\r\n'


def test_writes_numbers_in_full():
    table = Table(
        title="T",
        columns=[
            Column(key="rate", heading="Tarief", kind="number", decimals=2),
            Column(key="amount_cents", heading="Bedrag", kind="cents"),
            Column(key="share_percent", heading="Aandeel", kind="percent", decimals=1),
        ],
        rows=[
            [Decimal("-2.4975"), -114024, Fraction(-1, 3)],
            [Decimal("1E+3"), 10**20, Decimal("0.0005")],
        ],
    )

    assert read(render_csv(table))[1:] == [
        ["-2.4975", "-114024", "-33.3"],
        ["1000", "100000000000000000000", "0.1"],
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+31 77", "'+31 77"),
        ("-3", "'-3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\t'=1"),
        ("\r=1", "\n'=1"),
        ("  =1", "  '=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("a;=1;b", "a;'=1;b"),
        ("a, =1", "a, '=1"),
        ("a\n=1", "a\n'=1"),
        ("2 = 1 + 1", "2 = 1 + 1"),
        ("Noord- en Midden-Limburg", "Noord- en Midden-Limburg"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("a@b.example", "a@b.example"),
        ("€ 1.234,56", "€ 1.234,56"),
        ("", ""),
    ],
)
def test_guards_what_a_spreadsheet_would_run(text, written):
    assert guarded(text) == written


def test_guards_long_text_in_a_moment():
    assert len(guarded(" ,\n\t" * 50_000)) == 200_000


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"net_cents": [0, -500_000]}, '{"net_cents": [0, -500000]}'),
        ({"a": "=1+1"}, '{"a": "\\u003d1+1"}'),
        ({"a": "b, =1"}, '{"a": "b, \\u003d1"}'),
        ({"a": 'x";@1'}, '{"a": "x\\";\\u00401"}'),
        ({"a": "Noord- en Midden"}, '{"a": "Noord- en Midden"}'),
    ],
)
def test_guards_json_so_that_it_stays_json(value, written):
    assert guarded_json(json.dumps(value)) == written


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())))
def test_guarded_json_reads_back(value):
    column = Column(key="after", heading="Na", kind="json")
    table = Table(title="T", columns=[column], rows=[[json.dumps(value, ensure_ascii=False)]])

    assert json.loads(guarded_json(json.dumps(value))) == value
    assert json.loads(guarded_json(table.rows[0][0])) == value


@given(st.text())
def test_never_leaves_a_formula(text):
    cells = re.split(r"[,;\t\n]", guarded(text))

    assert [cell for cell in cells if re.match(r" *[=+\-@]", cell)] == []


@given(
    rows=st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.integers()), max_size=5),
)
def test_reads_back_what_was_written(rows):
    table = Table(
        title="T",
        columns=[
            Column(key="name", heading="Naam"),
            Column(key="amount_cents", heading="Bijdrage", kind="cents"),
        ],
        rows=rows,
    )

    assert read(render_csv(table)) == [
        ["name", "amount_cents"],
        *([guarded(name), str(amount)] for name, amount in rows),
    ]


@given(st.text(st.characters(codec="utf-8", exclude_characters="=+-@\uff1d\uff0b\uff0d\uff20")))
def test_leaves_other_text_as_it_is(text):
    assert guarded(text) == printable(text)
