"""Read CBS's bulk CSV (datasets.cbs.nl/csv): semicolons, a decimal comma, one file per subject.

The observations are `Id;Measure;<dimensions>;Value;StringValue;ValueAttribute`; columns go by their
names, in any order. They are read line by line, because the whole table 03759ned has a hundred
million observations.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import IO, Protocol

from extranet.i18n import Text
from extranet.membership.rules.cbs_parts import (
    COLUMNS,
    Codes,
    Observations,
    Part,
    Properties,
    Row,
    Unused,
)
from extranet.membership.rules.cbs_problems import (
    ARCHIVE_ERRORS,
    Kind,
    Problem,
    UnreadableFile,
    cut_off,
    damaged_archive,
    line_place,
    missing_columns,
    not_utf8,
    row_place,
)

_OBSERVATIONS = {"Id", "Measure", "Value", "ValueAttribute"}
_LAST_VALUES = {"None", "Impossible"}
_UNUSED = (
    {"Format", "MediaType", "DownloadUrl"},  # Distribution.csv
    {"Id", "Index", "Title", "ParentId"},  # PeriodenGroups.csv, RegioSGroups.csv
    {"Id", "Title", "Url", "DatasetId"},  # LinkProvenances.csv, LinkRelatedSources.csv
    {"Identifier", "Kind", "ContainsCodes"},  # Dimensions.csv
    {"Identifier", "Homepage", "Publisher"},  # Catalog.csv
)

Open = Callable[[], IO[bytes]]


class _Reader(Protocol):
    """What `csv.reader` returns; its own type has no public name."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


def read_csv(
    file: str, open_file: Open, *, expected: int, found: list[Problem]
) -> list[Part] | None:
    """Return what a CSV file of a CBS download holds, or None when it is no such file.

    `expected` is the number of lines as far as anyone can tell before reading. Rows that are no
    rows are added to `found`. Raises `UnreadableFile` when the file is cut off, damaged, or holds
    another table; for observations their rows may raise it as they are walked.
    """
    lines = _Lines(file, open_file)
    reader = csv.reader(lines, delimiter=";", strict=True)
    header = _header(reader)
    columns = set(header)
    if columns >= _OBSERVATIONS:
        missing = [column for column in COLUMNS if column not in columns]
        if missing:
            raise UnreadableFile(missing_columns(file, missing))
        rows = _observations(file, header, reader, lines, found)
        return [Observations(file=file, table="", rows=rows, expected=expected, is_page=False)]
    if columns >= {"Identifier", "DimensionId", "Title"}:
        codes = _records(file, header, reader, lines)
        return [Codes(file=file, table="", dimension=codes[0]["DimensionId"], records=codes)]
    if columns >= {"Identifier", "MeasureGroupId", "Unit"}:
        measures = _records(file, header, reader, lines)
        return [Codes(file=file, table="", dimension="Measure", records=measures)]
    if columns >= {"Identifier", "ReleaseDate", "ObservationCount"}:
        values = _records(file, header, reader, lines)[0]
        return [Properties(file=file, table=values["Identifier"], values=values)]
    if any(columns >= known for known in _UNUSED):
        return [Unused(file=file, table="")]
    return None


class _Lines:
    """The lines of a text file, remembering whether the last one was ended."""

    def __init__(self, file: str, open_file: Open) -> None:
        """Prepare to read `file`, for its problems, from what `open_file` opens."""
        self.file = file
        self.open_file = open_file
        self.is_ended = True

    def __iter__(self) -> Iterator[str]:
        """Yield the lines with their ends; raise `UnreadableFile` where they are no UTF-8."""
        line = "\n"
        with self.open_file() as stream:
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
            try:
                for line in text:
                    yield line
            except UnicodeDecodeError as error:
                raise UnreadableFile(not_utf8(self.file, error)) from error
            except ARCHIVE_ERRORS as error:
                raise UnreadableFile(damaged_archive(self.file)) from error
        self.is_ended = line.endswith(("\n", "\r", '"'))


def _header(reader: Iterator[list[str]]) -> list[str]:
    """Return the names of the columns."""
    try:
        return [name.strip() for name in next(reader, [])]
    except csv.Error:
        return []


def _observations(
    file: str, header: list[str], reader: _Reader, lines: _Lines, found: list[Problem]
) -> Iterator[Row]:
    """Yield the rows' values in the order of `COLUMNS`; report what is no row."""
    values = itemgetter(*(header.index(column) for column in COLUMNS))
    width = len(header)
    row: list[str] = []
    short = 0
    try:
        for row in reader:
            if short:
                found.append(_wrong_width(file, short))
                short = 0
            if len(row) == width:
                yield reader.line_num, values(row)
            elif row:
                short = reader.line_num
    except csv.Error as error:
        raise UnreadableFile(_broken(file, error, reader.line_num)) from error
    is_whole = header[-1] == "ValueAttribute" and row and row[-1] in _LAST_VALUES
    if short or not (lines.is_ended or is_whole):
        raise UnreadableFile(cut_off(file, line_place(reader.line_num)))


def _records(
    file: str, header: list[str], reader: _Reader, lines: _Lines
) -> list[Mapping[str, str]]:
    """Return all records of a small file by column name."""
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend((reader.line_num, row) for row in reader if row)
    except csv.Error as error:
        raise UnreadableFile(_broken(file, error, reader.line_num)) from error
    if not rows:
        raise UnreadableFile(cut_off(file))
    wrong = [line for line, row in rows if len(row) != len(header)]
    last_line, last_row = rows[-1]
    if wrong == [last_line] or not (lines.is_ended or last_row[-1] == ""):
        raise UnreadableFile(cut_off(file, line_place(last_line)))
    if wrong:
        raise UnreadableFile(_damaged(file, wrong[0]))
    return [dict(zip(header, row, strict=True)) for _, row in rows]


def _wrong_width(file: str, line: int) -> Problem:
    """Say that a row has another number of values than there are columns."""
    message = Text("The row has more or fewer values than there are columns.")
    return Problem(kind=Kind.BAD_ROW, file=file, row=row_place(line), message=message)


def _broken(file: str, error: csv.Error, line: int) -> Problem:
    """Tell a file that was cut off from one that is wrong in the middle."""
    if "unexpected end of data" in str(error):
        return cut_off(file, line_place(line))
    return _damaged(file, line)


def _damaged(file: str, line: int) -> Problem:
    """Say that the CSV cannot be understood."""
    message = Text("The file is damaged: it is not the CSV that CBS gives. Download it again.")
    return Problem(kind=Kind.DAMAGED, file=file, row=line_place(line), message=message)
