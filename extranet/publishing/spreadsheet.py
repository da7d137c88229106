"""Write tables as an Excel workbook: values only, never a formula.

Amounts stay exact. A cell gets the decimal number that the cents stand for, written out in full
without a binary fraction on our side; Excel keeps the nearest double, which rounds back to the
same cent as long as a number has no more than fifteen figures. The total is the table's own,
added up in whole cents, not by Excel.

Made to be read aloud as well: a title and one header row per sheet, the header part of a named
table and always in view, no merged cells, sources on a sheet of their own.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from extranet.errors import Unavailable
from extranet.i18n import Text
from extranet.publishing.characters import printable
from extranet.publishing.sheet_style import SheetStyle, sheet_names, widths
from extranet.publishing.tables import Column, Table, Value, percentage

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEADER_ROW: Final = 2  # the title is in row 0, row 1 is air
_MOST_FIGURES: Final = 15  # of a number in Excel
_FIRST_YEAR: Final = 1900  # of Excel's calendar
_NOTES_WIDTH: Final = 100  # characters
_LANDSCAPE_FROM: Final = 90  # characters
_PAPER_A4: Final = 9


def render_xlsx(
    tables: Sequence[Table],
    *,
    title: str,
    language: str,
    author: str = "",
    notes_heading: str = "",
    created: datetime | None = None,
) -> bytes:
    """Return a workbook with a sheet per table, and one with all notes under `notes_heading`.

    `created` is an aware UTC moment; with it the same tables give the same bytes. Raises
    Unavailable when Excel cannot hold a table, a number or a text.
    """
    noted = [table for table in tables if table.notes]
    if not title.strip() or not tables or (noted and not notes_heading.strip()):
        raise ValueError("a workbook needs a title, a table, and a heading over its notes")
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, options) as book:
        properties: dict[str, object] = {"title": printable(title), "author": printable(author)}
        book.set_properties(properties | ({"created": created} if created else {}))
        book.set_custom_property("Language", language)
        style = SheetStyle(book)
        *names, name_of_notes = sheet_names([*(table.title for table in tables), notes_heading])
        for table, name in zip(tables, names, strict=True):
            _write_table(book.add_worksheet(name), table, style)
        if noted:
            _write_notes(book.add_worksheet(name_of_notes), notes_heading, noted, style)
    return target.getvalue()


def _write_table(sheet: Worksheet, table: Table, style: SheetStyle) -> None:
    """Write title, header, rows and total, and set the sheet up for reading and printing."""
    _put(sheet, 0, 0, table.title, style.title)
    for at, column in enumerate(table.columns):
        _put(sheet, _HEADER_ROW, at, column.heading, style.heading(column))
    first = _HEADER_ROW + 1
    for at, column in enumerate(table.columns):
        form = style.cell(column)
        for down, row in enumerate(table.rows, start=first):
            _put(sheet, down, at, _excel_value(column, row[at]), form)
        if table.total is not None:
            end = first + len(table.rows)
            _put(sheet, end, at, _excel_value(column, table.total[at]), style.total(column))
    if table.rows:
        _declare(sheet, table, style)
    _set_up(sheet, table)


def _excel_value(column: Column, value: Value) -> str | date | Decimal | None:
    """Return a value as Excel keeps it: cents in euros, a percentage as part of the whole."""
    match value:
        case None | str():
            return value
        case date():
            return value if value.year >= _FIRST_YEAR else value.isoformat()
        case Fraction():
            return percentage(value, column.decimals).scaleb(-2)
        case Decimal() if column.kind == "percent":
            return percentage(value, column.decimals).scaleb(-2)
    number = Decimal(value)
    if len(number.normalize().as_tuple().digits) > _MOST_FIGURES:
        raise _too_large()
    return number.scaleb(-2) if column.kind == "cents" else number


def _put(
    sheet: Worksheet, row: int, at: int, value: str | date | Decimal | None, form: Format
) -> None:
    """Write one value as what it is; raise Unavailable when it does not fit, instead of cutting."""
    match value:
        case None:
            outcome = sheet.write_blank(row, at, None, form)
        case str():
            outcome = sheet.write_string(row, at, printable(value), form)
        case date() | Decimal():
            outcome = sheet.write(row, at, value, form)
    if outcome != 0:
        raise _too_large()


def _too_large() -> Unavailable:
    """Return the error that tells that Excel has no room for this."""
    return Unavailable(Text("This is too large for an Excel file. Choose the CSV file instead."))


def _declare(sheet: Worksheet, table: Table, style: SheetStyle) -> None:
    """Make header and rows a table, so that a screen reader names the headings; total excluded."""
    sheet.add_table(
        _HEADER_ROW,
        0,
        _HEADER_ROW + len(table.rows),
        len(table.columns) - 1,
        {
            "style": "Table Style Light 1",
            "banded_rows": False,
            "title": printable(table.title),
            "columns": [
                {"header": printable(column.heading), "header_format": style.heading(column)}
                for column in table.columns
            ],
        },
    )


def _set_up(sheet: Worksheet, table: Table) -> None:
    """Keep the header and the first column in view, and print on A4 with the header repeated."""
    wide = widths(table)
    for at, width in enumerate(wide):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_footer("&L&A&R&P / &N")
    if sum(wide) > _LANDSCAPE_FROM:
        sheet.set_landscape()


def _write_notes(
    sheet: Worksheet, heading: str, tables: Sequence[Table], style: SheetStyle
) -> None:
    """Write the notes of all tables under each other, each under its table's title."""
    lines = [(heading, style.title)]
    for table in tables:
        lines += [("", style.prose), (table.title, style.subtitle)]
        lines += [(note, style.prose) for note in table.notes]
    for row, (line, form) in enumerate(lines):
        _put(sheet, row, 0, line, form)
    sheet.set_column(0, 0, _NOTES_WIDTH)
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
