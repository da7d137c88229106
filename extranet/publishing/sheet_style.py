"""How a worksheet looks: cell formats, column widths and names of sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from extranet.publishing.characters import printable
from extranet.publishing.tables import Column, Table, Value

# 413 is Dutch in Excel's list of languages. The sign comes after the euro, as Dutch amounts do.
_EURO: Final = "[$€-413] #,##0.00;[$€-413] -#,##0.00"
_DATE: Final = "dd-mm-yyyy"
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\\s]+")
_NAME_LENGTH: Final = 31
_RESERVED: Final = "history"  # Excel keeps this name of a sheet to itself
_WIDEST: Final = 60  # characters
_WIDEST_HEADING: Final = 24
_FILTER_BUTTON: Final = 3
_ROWS_MEASURED: Final = 1000


class SheetStyle:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Make the formats that do not depend on a column."""
        self._book = book
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self.title = self._format(bold=True, font_size=14)
        self.subtitle = self._format(bold=True)
        self.prose = self._format(text_wrap=True, valign="top", num_format="@")

    def heading(self, column: Column) -> Format:
        """Return the format of a column's heading."""
        align = "left" if column.kind in {"text", "json", "date"} else "right"
        return self._format(bold=True, text_wrap=True, valign="top", align=align, bottom=1)

    def cell(self, column: Column) -> Format:
        """Return the format of a column's values."""
        return self._format(**_value_properties(column))

    def total(self, column: Column) -> Format:
        """Return the format of a column's total: bold, under a line."""
        return self._format(**_value_properties(column), bold=True, top=1)

    def _format(self, **properties: object) -> Format:
        """Return the one format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]


def _value_properties(column: Column) -> dict[str, object]:
    """Return the properties that show a value of this column."""
    point = "." + "0" * column.decimals if column.decimals else ""
    shown = {
        "text": "@",  # text stays text when somebody edits it, also "=1+1"
        "date": _DATE,
        "cents": _EURO,
        "number": f"#,##0{point}",
        "percent": f"0{point}%",
    }[column.kind]
    align = "left" if column.kind in {"text", "json", "date"} else "right"
    return {"num_format": shown, "align": align, "valign": "top", "text_wrap": align == "left"}


def widths(table: Table) -> list[int]:
    """Return a width in characters per column, wide enough for its figures."""
    shown = [*table.rows[:_ROWS_MEASURED], *([table.total] if table.total else [])]
    return [
        min(
            _WIDEST,
            max(
                min(len(column.heading) + _FILTER_BUTTON, _WIDEST_HEADING),
                *(_length(column, row[at]) + 2 for row in shown),
                0,
            ),
        )
        for at, column in enumerate(table.columns)
    ]


def _length(column: Column, value: Value) -> int:
    """Return about how many characters a value takes on the sheet."""
    if value is None:
        return 0
    if isinstance(value, str):
        return max(map(len, value.splitlines()), default=0)
    if column.kind == "cents" and isinstance(value, int):
        return len(f"€ {Decimal(value).scaleb(-2):,.2f}")
    if column.kind == "number" and isinstance(value, int | Decimal):
        return len(f"{value:,.{column.decimals}f}")
    return len(_DATE)


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Return a name that Excel allows for every title, all different."""
    names: list[str] = []
    taken = {_RESERVED}
    for number, title in enumerate(titles, start=1):
        stem = _NOT_IN_A_NAME.sub(" ", printable(title)).strip(" '") or str(number)
        name, ending = _cut(stem, ""), 1
        while name.casefold() in taken:
            ending += 1
            name = _cut(stem, f" ({ending})")
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(stem: str, ending: str) -> str:
    """Return stem and ending within the length of a sheet's name, which Excel counts in UTF-16."""
    while len((stem + ending).encode("utf-16-le")) > 2 * _NAME_LENGTH:
        stem = stem[:-1]
    return stem.strip(" '") + ending
