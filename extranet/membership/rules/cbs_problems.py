"""What can be wrong with the files of a CBS release, said in plain words with the place."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from extranet.errors import InvalidInput
from extranet.i18n import Text

# All that the standard library raises on a zip file that is cut off, damaged or locked.
ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)


class Kind(StrEnum):
    """What sort of thing was found; tests and pages group by it, people read the message."""

    # About a file
    EMPTY_FILE = "empty-file"
    TOO_LARGE = "too-large"
    NOT_UTF8 = "not-utf8"
    CUT_OFF = "cut-off"
    DAMAGED = "damaged"
    WEB_PAGE = "web-page"
    CBS_ERROR = "cbs-error"
    NOT_CBS = "not-cbs"
    OTHER_TABLE = "other-table"
    # About a row
    BAD_ROW = "bad-row"
    UNKNOWN_AREA = "unknown-area"
    BAD_PERIOD = "bad-period"
    NO_FIGURE = "no-figure"
    BAD_NUMBER = "bad-number"
    CONTRADICTION = "contradiction"
    # About the whole
    NO_OBSERVATIONS = "no-observations"
    WRONG_MEASURE = "wrong-measure"
    WRONG_BREAKDOWN = "wrong-breakdown"
    MISSING_PAGE = "missing-page"
    CONTROL_TOTAL = "control-total"
    MISSING_ROWS = "missing-rows"
    # Worth knowing, no reason to refuse
    REPEATED_FILE = "repeated-file"
    REPEATED_ROW = "repeated-row"
    UNREAD_FILE = "unread-file"
    MARKED_FIGURE = "marked-figure"
    PROVISIONAL = "provisional"
    NO_CONTROL_TOTAL = "no-control-total"
    NO_NAME = "no-name"
    NO_RELEASE_DATE = "no-release-date"


NOTES = frozenset(
    {
        Kind.REPEATED_FILE,
        Kind.REPEATED_ROW,
        Kind.UNREAD_FILE,
        Kind.MARKED_FIGURE,
        Kind.PROVISIONAL,
        Kind.NO_CONTROL_TOTAL,
        Kind.NO_NAME,
        Kind.NO_RELEASE_DATE,
    }
)


class Severity(StrEnum):
    """A problem blocks the import; a note is shown in the preview."""

    PROBLEM = "problem"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that was found: what, in which file, and where in it.

    `file` is empty for what concerns all files together; `row` is empty for what concerns a
    whole file.
    """

    kind: Kind
    message: Text
    file: str = ""
    row: Text | None = None

    @property
    def severity(self) -> Severity:
        """Say whether this blocks the import."""
        return Severity.NOTE if self.kind in NOTES else Severity.PROBLEM


class UnreadableRelease(InvalidInput):
    """The files hold no release that can be trusted; `problems` says all that blocks it.

    `problems` is never empty. `notes` holds what else was found.
    """

    def __init__(self, found: Iterable[Problem]) -> None:
        """Part what blocks from what is only worth knowing."""
        everything = tuple(found)
        self.problems = tuple(p for p in everything if p.severity is Severity.PROBLEM)
        self.notes = tuple(p for p in everything if p.severity is Severity.NOTE)
        message = Text(
            "The figures cannot be imported. Problems found: %(n)s. Nothing has changed.",
            n=len(self.problems),
        )
        super().__init__({"files": message})


class UnreadableFile(Exception):
    """One file cannot be read (further); never leaves this package."""

    def __init__(self, problem: Problem) -> None:
        """Keep what is wrong with the file."""
        super().__init__(problem)
        self.problem = problem


def row_place(number: int, identifier: object = None) -> Text:
    """Name a row by its number in the file (from 1; in CSV the line) and the Id that CBS gave."""
    if identifier is None or identifier == "":
        return Text("row %(row)s", row=number)
    return Text("row %(row)s, Id %(id)s", row=number, id=shown(identifier))


def line_place(line: int) -> Text:
    """Name a line of a file, from 1."""
    return Text("line %(line)s", line=line)


def one_line(value: object) -> str:
    """Return a text on one line, without what no database or screen can hold."""
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return " ".join(text.split())


def shown(value: object) -> str:
    """Return a value as a message quotes it: short, on one line."""
    text = one_line(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def empty_file(file: str) -> Problem:
    """Say that there is nothing in the file."""
    return Problem(kind=Kind.EMPTY_FILE, file=file, message=Text("The file is empty."))


def not_utf8(file: str, error: UnicodeDecodeError) -> Problem:
    """Say that the file is not UTF-8, or that it ends in the middle of a character."""
    if error.reason == "unexpected end of data":
        return cut_off(file)
    message = Text(
        "No text can be read from this file, so it is none with figures as CBS gives them. "
        "Download it again from CBS, and do not save it anew."
    )
    return Problem(kind=Kind.NOT_UTF8, file=file, message=message)


def cut_off(file: str, row: Text | None = None, last: object = None) -> Problem:
    """Say that the file stops halfway, and after which row when that is known."""
    if last is None:
        message = Text("The file stops halfway. Download it again.")
    else:
        message = Text(
            "The file stops halfway; the last whole row has Id %(id)s. Download it again.",
            id=shown(last),
        )
    return Problem(kind=Kind.CUT_OFF, file=file, row=row, message=message)


def damaged_archive(file: str) -> Problem:
    """Say that a zip file cannot be unpacked."""
    message = Text("The zip file stops halfway, is damaged or is locked. Download it again.")
    return Problem(kind=Kind.DAMAGED, file=file, message=message)


def missing_columns(file: str, missing: Iterable[str]) -> Problem:
    """Say that the observations are of another table, by the columns that they lack."""
    message = Text(
        "These are not the observations of the population table: there is no %(columns)s.",
        columns=", ".join(missing),
    )
    return Problem(kind=Kind.OTHER_TABLE, file=file, message=message)
