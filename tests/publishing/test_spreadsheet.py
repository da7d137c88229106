"""A workbook read back by another library: values only, exact to the cent, easy to read aloud."""

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from extranet.errors import Unavailable
from extranet.publishing.characters import printable
from extranet.publishing.sheet_style import sheet_names
from extranet.publishing.spreadsheet import render_xlsx
from extranet.publishing.tables import Column, Table

FIRST_ROW = 4
NAME = Column(key="name", heading="Naam")
AMOUNT = Column(key="amount_cents", heading="Bijdrage", kind="cents")


def read(tables: list[Table], **properties: str) -> Workbook:
    words = {"title": "Bijdragen", "language": "nl", "notes_heading": "Toelichting"}
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(tables, **words | properties)))


def values(sheet: Worksheet, *, first_row: int = FIRST_ROW) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(min_row=first_row, values_only=True))


def in_cents(value: object) -> int:
    return round(Decimal(str(value)) * 100)


def test_holds_the_figures_of_the_table(contributions):
    sheet = read([contributions]).worksheets[0]
    since = datetime(2025, 1, 1)  # noqa: DTZ001 - Excel knows no time zones

    assert sheet["A1"].value == "Bijdragen 2027"
    assert values(sheet, first_row=3) == [
        ("Code", "Naam", "Inwoners", "Bijdrage", "Aandeel", "Lid sinds"),
        ("gm:0983", "Venlo", 104195, 259507.72, 0.3333, since),
        ("gm:0984", "=1+1", 45782, 114024.28, 0.6667, None),
        ("ws:0665", "Waterschap “Limburg”;\nRoermond", None, -0.03, None, since),
        (None, "Totaal", 149977, 373531.97, 1, None),
    ]


def test_total_is_the_sum_of_the_cells_in_cents(contributions):
    sheet = read([contributions]).worksheets[0]
    amounts = [in_cents(cell.value) for cell in sheet["D"][FIRST_ROW - 1 :]]

    assert sum(amounts[:-1]) == amounts[-1] == 37353197


def test_holds_no_formula_and_no_link():
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "https://a.example", "=HYPERLINK(1)", "\t=1"]
    table = Table(title="=1+1", columns=[NAME], rows=[[text] for text in hostile], notes=hostile)
    content = render_xlsx([table], title="=1+1", language="nl", notes_heading="=1+1")
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

    assert [cell.value for cell in book.worksheets[0]["A"][FIRST_ROW - 1 :]] == hostile
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert [cell.value for cell in cells if cell.hyperlink] == []
    with ZipFile(io.BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert [name for name in sheets if b"<f" in parts.read(name)] == []


def test_keeps_text_as_text_when_somebody_edits_it(contributions):
    sheet = read([contributions]).worksheets[0]

    assert sheet["B5"].number_format == "@"


def test_shows_euros_dates_and_percentages(contributions):
    sheet = read([contributions]).worksheets[0]

    assert [cell.number_format for cell in sheet[FIRST_ROW]] == [
        "@", "@", "#,##0", "[$€-413] #,##0.00;[$€-413] -#,##0.00", "0.00%", "dd-mm-yyyy"
    ]  # fmt: skip
    assert [cell.alignment.horizontal for cell in sheet[3]] == [
        "left", "left", "right", "right", "right", "left"
    ]  # fmt: skip


def test_names_the_table_without_its_total_and_keeps_the_header_in_view(contributions):
    sheet = read([contributions]).worksheets[0]

    assert [table.ref for table in sheet.tables.values()] == ["A3:F6"]
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$3:$3"
    assert list(sheet.merged_cells.ranges) == []


def test_tells_title_author_language_and_moment(contributions, moment):
    content = render_xlsx(
        [replace(contributions, notes=())],
        title="Bijdragen 2027",
        language="nl",
        author="Gemeente Venlo",
        created=moment,
    )
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert (book.properties.title, book.properties.creator) == ("Bijdragen 2027", "Gemeente Venlo")
    assert book.properties.created == moment.replace(tzinfo=None)
    assert book.custom_doc_props["Language"].value == "nl"
    assert book.sheetnames == ["Bijdragen 2027"]


def test_gives_the_same_bytes_for_the_same_moment(contributions, moment):
    first, second = (
        render_xlsx(
            [contributions], title="T", language="nl", notes_heading="Bronnen", created=moment
        )
        for _ in range(2)
    )

    assert first == second


def test_writes_the_notes_of_all_tables_on_a_sheet_of_their_own(contributions):
    other = replace(contributions, title="Bijdragen 2028", notes=["Raming"])
    silent = replace(contributions, title="Bijdragen 2029", notes=())
    book = read([contributions, other, silent])

    assert book.sheetnames == ["Bijdragen 2027", "Bijdragen 2028", "Bijdragen 2029", "Toelichting"]
    assert [row[0] for row in values(book["Toelichting"], first_row=1) if row[0]] == [
        "Toelichting",
        "Bijdragen 2027",
        "Inwoners: CBS, 03759ned, 1 januari 2026 (CC BY 4.0)",
        "=Bron()",
        "Bijdragen 2028",
        "Raming",
    ]


def test_writes_header_and_total_of_an_empty_table():
    table = Table(title="Leeg", columns=[NAME, AMOUNT], rows=[], total=["Totaal", 0])

    assert values(read([table]).worksheets[0], first_row=3) == [
        ("Naam", "Bijdrage"),
        ("Totaal", 0),
    ]


def test_writes_a_date_that_excel_does_not_know_as_text():
    column = Column(key="founded", heading="Opgericht", kind="date")
    table = Table(title="Steden", columns=[column], rows=[[date(1343, 9, 1)]])

    assert values(read([table]).worksheets[0]) == [("1343-09-01",)]


@pytest.mark.parametrize(("columns", "orientation"), [(1, "portrait"), (5, "landscape")])
def test_prints_a_wide_table_on_its_side(columns, orientation):
    wide = [Column(key=f"c{number}", heading=f"Kolom {number}") for number in range(columns)]
    sheet = read([Table(title="T", columns=wide, rows=[["breed" * 6] * columns])]).worksheets[0]

    assert sheet.page_setup.orientation == orientation
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)


@pytest.mark.parametrize("part", [Decimal("0.19405"), Fraction(19405, 100_000)])
def test_rounds_a_percentage_as_shown(part):
    column = Column(key="share_percent", heading="Aandeel", kind="percent", decimals=2)
    table = Table(title="T", columns=[column], rows=[[part]])

    assert values(read([table]).worksheets[0]) == [(0.1941,)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (NAME, "x" * 32_768),
        (AMOUNT, 10**15 + 1),
        (Column(key="rate", heading="Tarief", kind="number"), Decimal("1.234567890123456")),
    ],
)
def test_refuses_what_excel_would_cut(column, value):
    table = Table(title="Groot", columns=[column], rows=[[value]])

    with pytest.raises(Unavailable, match="too large for an Excel file"):
        render_xlsx([table], title="T", language="nl")


@pytest.mark.parametrize("words", [{"title": " "}, {"notes_heading": ""}])
def test_refuses_a_workbook_without_title_or_heading_over_its_notes(contributions, words):
    with pytest.raises(ValueError, match="needs a title"):
        read([contributions], **words)


def test_refuses_a_workbook_without_tables():
    with pytest.raises(ValueError, match="needs a title"):
        read([])


def test_makes_names_that_excel_allows():
    titles = ["Bijdragen: [2027]/2028?", "'quotes'", "", "History", "é" * 40, "É" * 40, "😀" * 20]

    assert sheet_names(titles) == [
        "Bijdragen 2027 2028",
        "quotes",
        "3",
        "History (2)",
        "é" * 31,
        "É" * 27 + " (2)",
        "😀" * 15,
    ]


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8")),
            st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_reads_back_what_was_written(rows):
    total = ["Totaal", sum(amount for _, amount in rows)]
    table = Table(title="T", columns=[NAME, AMOUNT], rows=rows, total=None)
    if abs(total[1]) < 10**15:
        table = replace(table, total=total)
    found = [(name or "", in_cents(amount)) for name, amount in values(read([table]).worksheets[0])]

    expected = [*rows, total] if table.total else rows
    assert found == [(printable(name), amount) for name, amount in expected]
