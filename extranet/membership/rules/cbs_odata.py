"""Read CBS's OData v4 JSON: pages of observations, codes, properties (datasets.cbs.nl/odata)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NoReturn

from extranet.i18n import Text
from extranet.membership.rules.cbs_parts import (
    COLUMNS,
    TABLE,
    Codes,
    Contents,
    Observations,
    Part,
    Properties,
    Row,
    Unused,
)
from extranet.membership.rules.cbs_problems import (
    Kind,
    Problem,
    UnreadableFile,
    cut_off,
    line_place,
    missing_columns,
    not_utf8,
    row_place,
    shown,
)

_CONTEXT = re.compile(r"/(?P<table>[^/]+)/\$metadata#(?P<set>\w+)")
_LAST_ID = re.compile(r'"Id"\s*:\s*"?(\d+)"?\s*,')
_NEXT = "@odata.nextLink"


def read_json(file: str, content: bytes, found: list[Problem]) -> list[Part]:
    """Return what a JSON file of a CBS download holds.

    Rows that are no rows are added to `found`. Raises `UnreadableFile` when the file is cut off,
    damaged, or no part of a CBS download.
    """
    document = _parse(file, content)
    if not isinstance(document, dict):
        raise UnreadableFile(_not_cbs(file))
    if "error" in document and "value" not in document:
        raise UnreadableFile(_cbs_error(file, document["error"]))
    context = _CONTEXT.search(str(document.get("@odata.context", "")))
    if context is None:
        return _without_context(file, document)
    table, entity_set = context["table"], context["set"]
    if table.casefold() != TABLE:
        return [Unused(file=file, table=table)]
    if entity_set == "Properties":
        return [Properties(file=file, table=table, values=document)]
    records = document.get("value")
    if not isinstance(records, list):
        raise UnreadableFile(_not_cbs(file))
    if entity_set == "Observations":
        return [_observations(file, table, records, found, has_next=_NEXT in document)]
    return [_codes(file, table, entity_set, records)]


def _parse(file: str, content: bytes) -> object:
    """Parse JSON text; say where it stops when it is cut off."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(not_utf8(file, error)) from error
    try:
        document: object = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise UnreadableFile(_broken(file, text, error)) from error
    except (ValueError, RecursionError) as error:  # a number of 5000 digits, 1000 brackets
        raise UnreadableFile(_damaged(file)) from error
    return document


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python takes but JSON does not know."""
    raise ValueError(name)


def _broken(file: str, text: str, error: json.JSONDecodeError) -> Problem:
    """Tell a file that was cut off from one that is wrong in the middle."""
    whole = text.rstrip()
    if error.pos < len(whole) and whole.endswith(("}", "]")):
        return _damaged(file, line_place(error.lineno))
    end = whole.rfind("}") + 1
    last = _LAST_ID.search(text, max(0, text.rfind("{", 0, end)), end)
    return cut_off(file, line_place(whole.count("\n") + 1), last[1] if last else None)


def _without_context(file: str, document: Mapping[str, object]) -> list[Part]:
    """Recognise the two JSON files that carry no OData context, by what is in them."""
    if isinstance(document.get("tableId"), str):
        rows = document.get("observationRows")
        table = str(document["tableId"])
        if isinstance(rows, int):
            return [Contents(file=file, table=table, rows=rows)]
        return [Unused(file=file, table=table)]
    # The bulk CSV download holds one JSON file that describes the table, codes included.
    if "Identifier" in document and "Dimensions" in document and "Measures" in document:
        return _described(file, str(document["Identifier"]), document)
    raise UnreadableFile(_not_cbs(file))


def _described(file: str, table: str, document: Mapping[str, object]) -> list[Part]:
    """Return properties, measures and codes from the one description of a whole table."""
    parts: list[Part] = [Properties(file=file, table=table, values=document)]
    lists = {"Measure": document["Measures"]}
    dimensions = document["Dimensions"]
    for dimension in dimensions if isinstance(dimensions, list) else ():
        if isinstance(dimension, dict):
            lists[str(dimension.get("Identifier"))] = dimension.get("CodeList")
    for name, records in lists.items():
        if isinstance(records, list):
            parts.append(_codes(file, table, f"{name}Codes", records))
    return parts


def _observations(
    file: str, table: str, records: list[object], found: list[Problem], *, has_next: bool
) -> Observations:
    """Return a page of observations, or say that it is a page of another table."""
    first = records[0] if records else None
    missing = [c for c in COLUMNS if c not in first] if isinstance(first, dict) else []
    if len(missing) > 1:  # one is a bad row, more is another table
        raise UnreadableFile(missing_columns(file, missing))
    return Observations(
        file=file,
        table=table,
        rows=_rows(file, records, found),
        expected=len(records),
        is_page=True,
        has_next=has_next,
    )


def _rows(file: str, records: list[object], found: list[Problem]) -> Iterator[Row]:
    """Yield the rows' values in the order of `COLUMNS`; report what is no row."""
    values = itemgetter(*COLUMNS)
    for number, record in enumerate(records, start=1):
        try:
            yield number, values(record)  # type: ignore[arg-type]  # a non-object is caught below
        except KeyError as error:
            identifier = record.get("Id") if isinstance(record, dict) else None
            message = Text("The row has no %(column)s.", column=shown(error.args[0]))
            place = row_place(number, identifier)
            found.append(Problem(kind=Kind.BAD_ROW, file=file, row=place, message=message))
        except (TypeError, IndexError):
            message = Text("This is not a row with columns.")
            place = row_place(number)
            found.append(Problem(kind=Kind.BAD_ROW, file=file, row=place, message=message))


def _codes(file: str, table: str, entity_set: str, records: Sequence[object]) -> Part:
    """Return a list of codes, by the name of its OData set (`RegioSCodes`)."""
    if not entity_set.endswith("Codes"):
        return Unused(file=file, table=table)
    whole = [record for record in records if isinstance(record, dict)]
    if len(whole) != len(records):
        raise UnreadableFile(_damaged(file))
    return Codes(file=file, table=table, dimension=entity_set.removesuffix("Codes"), records=whole)


def _cbs_error(file: str, error: object) -> Problem:
    """Repeat the error that CBS answered with instead of figures."""
    said = error.get("message", "") if isinstance(error, dict) else error
    message = Text("CBS answered with an error instead of figures: “%(error)s”.", error=shown(said))
    return Problem(kind=Kind.CBS_ERROR, file=file, message=message)


def _damaged(file: str, row: Text | None = None) -> Problem:
    """Say that the JSON cannot be understood."""
    message = Text("The file is damaged: it is not the JSON that CBS gives. Download it again.")
    return Problem(kind=Kind.DAMAGED, file=file, row=row, message=message)


def _not_cbs(file: str) -> Problem:
    """Say that this JSON is no part of a CBS download."""
    message = Text("This JSON file is not part of a CBS download.")
    return Problem(kind=Kind.NOT_CBS, file=file, message=message)
