"""What the files of a CBS release hold, whatever form they came in (JSON or CSV)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

TABLE = "03759ned"
MEASURE = "M000352"

# CBS's own codes for "all": men and women, every age, every marital status.
TOTALS = {"Geslacht": "T001038", "Leeftijd": "10000", "BurgerlijkeStaat": "T001019"}

# The columns in the order in which a row hands its values over.
COLUMNS = ("Id", "Value", "Measure", *TOTALS, "ValueAttribute", "RegioS", "Perioden")
WANTED = (MEASURE, *TOTALS.values())

Row = tuple[int, tuple[object, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """The rows of one page or file: the row's number in the file, and its values by `COLUMNS`.

    `rows` can be walked once and may raise `UnreadableFile`. `expected` is the number of rows,
    for a CSV file an estimate. `is_page` is true for OData pages, `has_next` when the page says
    that another one follows.
    """

    file: str
    table: str
    rows: Iterator[Row]
    expected: int
    is_page: bool
    has_next: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The codes of one dimension (RegioS, Perioden), or of the measures (Measure)."""

    file: str
    table: str
    dimension: str
    records: Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What CBS says of the table: title, dates, licence."""

    file: str
    table: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The table of contents of a download: how many observations its pages hold together."""

    file: str
    table: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """A part of a CBS download that the figures do not need; read only for its table."""

    file: str
    table: str


Part = Observations | Codes | Properties | Contents | Unused
