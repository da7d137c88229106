"""Write a table as CSV after RFC 4180: UTF-8, one header row, CRLF, a point in decimals.

CSV is the form for programs: the header has the columns' keys, amounts are whole cents, dates are
ISO 8601, and total and notes stay out, so that adding up a column gives its total. People who
want headings, euros and totals take the workbook.

Text that a spreadsheet would run as a formula is guarded with an apostrophe (OWASP, "CSV
injection"): at the start of the value, and after a comma, semicolon, tab or line end inside it,
because a spreadsheet that splits on another separator starts a new cell there. Numbers, negative
ones too, are never touched. In a column of JSON the sign itself is written as an escape of JSON,
in strings only, so that a program still reads what was there.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from extranet.publishing.characters import printable
from extranet.publishing.tables import Column, Table, Value, percentage

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"

# The full-width signs are in it because some spreadsheets read them as the plain ones.
_FORMULA = re.compile("(\\A\\s*|[,;\t\n] *)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])")

_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_FORMULA_IN_STRING = re.compile('(^"\\s*|[,;] *)([=+\\-@\uff1d\uff0b\uff0d\uff20])')


def render_csv(table: Table, *, separator: Literal[",", ";"] = ",") -> bytes:
    """Return the table's rows as CSV in UTF-8, without a byte order mark.

    RFC 4180 separates by commas; a Dutch Excel splits on semicolons.
    """
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    writer.writerow(column.key for column in table.columns)
    for row in table.rows:
        writer.writerow(map(_cell, table.columns, row))
    return target.getvalue().encode()


def guarded(text: str) -> str:
    """Return the text with an apostrophe where a spreadsheet would read a formula."""
    return _FORMULA.sub(r"\1'", printable(text))


def guarded_json(text: str) -> str:
    """Return JSON whose strings hold no sign where a spreadsheet would read a formula."""
    return _JSON_STRING.sub(lambda found: _FORMULA_IN_STRING.sub(_escaped, found.group()), text)


def _escaped(found: re.Match[str]) -> str:
    return f"{found[1]}\\u{ord(found[2]):04x}"


def _cell(column: Column, value: Value) -> str:
    """Return one value as it stands in the file, before quoting."""
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded_json(value) if column.kind == "json" else guarded(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction) or column.kind == "percent":
        value = percentage(Fraction(value), column.decimals)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
