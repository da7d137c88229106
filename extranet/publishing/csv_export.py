"""Write a table as CSV: UTF-8, semicolons, one header row, CRLF; for people or for programs.

Who downloads it opens it in a spreadsheet: it begins with a byte order mark, so that Excel reads
UTF-8, its header has the headings in the reader's language, and amounts are euros with the
reader's decimal sign. What a command prints is for programs: the header has the columns' keys,
amounts are whole cents and decimals have a point. In both, dates are ISO 8601, and total and
notes stay out, so that adding up a column gives its total. `docs/decisions/0010` says why.

Text that a spreadsheet would run as a formula is guarded with an apostrophe (OWASP, "CSV
injection"): at the start of the value, and after a comma, semicolon, tab or line end inside it,
because a spreadsheet that splits on another separator starts a new cell there. Numbers, negative
ones too, are never touched. In a column of JSON the sign itself is written as an escape of JSON,
in strings only, so that a program still reads what was there.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from extranet.formats import pattern
from extranet.publishing.characters import printable
from extranet.publishing.tables import Column, Table, Value, percentage

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"

# The full-width signs are in it because some spreadsheets read them as the plain ones.
_FORMULA = re.compile("(\\A\\s*|[,;\t\n] *)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])")

_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_FORMULA_IN_STRING = re.compile('(^"\\s*|[,;] *)([=+\\-@\uff1d\uff0b\uff0d\uff20])')


def render_csv(table: Table) -> bytes:
    """Return the table's rows for programs, without a byte order mark."""
    head = [column.key for column in table.columns]
    return _written([head, *(map(_cell, table.columns, row) for row in table.rows)])


def render_csv_for_people(table: Table, locale: str, *, is_start: bool = True) -> bytes:
    """Return the table's rows for who opens them in a spreadsheet.

    A file that is made in parts has mark and header in the first, `is_start`, only.
    """
    sign = pattern(locale).decimal
    rows = [
        [_shown(*cell, sign) for cell in zip(table.columns, row, strict=True)] for row in table.rows
    ]
    if not is_start:
        return _written(rows)
    head = [guarded(column.heading) for column in table.columns]
    return codecs.BOM_UTF8 + _written([head, *rows])


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    target = io.StringIO()
    csv.writer(target, delimiter=";", lineterminator="\r\n").writerows(rows)
    return target.getvalue().encode()


def guarded(text: str) -> str:
    """Return the text with an apostrophe where a spreadsheet would read a formula."""
    return _FORMULA.sub(r"\1'", printable(text))


def guarded_json(text: str) -> str:
    """Return JSON whose strings hold no sign where a spreadsheet would read a formula."""
    return _JSON_STRING.sub(lambda found: _FORMULA_IN_STRING.sub(_escaped, found.group()), text)


def _escaped(found: re.Match[str]) -> str:
    return f"{found[1]}\\u{ord(found[2]):04x}"


def _shown(column: Column, value: Value, decimal_sign: str) -> str:
    """Return one value as a spreadsheet of the reader takes it in, before quoting."""
    if isinstance(value, int) and column.kind == "cents":
        value = Decimal(value).scaleb(-2)
    text = _cell(column, value)
    return text if isinstance(value, str | date) else text.replace(".", decimal_sign)


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
