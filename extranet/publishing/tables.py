"""A table of plain values: the one source of the figures in a CSV file and in a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, Literal

Kind = Literal["text", "json", "number", "cents", "date", "percent"]
Value = str | int | Decimal | Fraction | date | None

_ACCEPTED: Final[Mapping[Kind, tuple[type, ...]]] = {
    "text": (str,),
    "json": (str,),
    "number": (int, Decimal),
    "cents": (int,),
    "date": (date,),
    "percent": (Fraction, Decimal),
}
_UNIT_IN_KEY: Final[Mapping[Kind, str]] = {"cents": "_cents", "percent": "_percent"}
_ADDS_UP: Final[frozenset[Kind]] = frozenset({"number", "cents"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name for programs, its heading for people and what its values are.

    | kind    | value                         | programs   | in a Dutch Excel |
    |---------|-------------------------------|------------|------------------|
    | text    | str                           | guarded    | text             |
    | json    | str that holds JSON           | still JSON | text             |
    | number  | int or Decimal                | 1234.5     | 1.234,5          |
    | cents   | int                           | 11402428   | € 114.024,28     |
    | date    | date                          | 2027-03-12 | 12-03-2027       |
    | percent | part of the whole (1 = 100 %) | 19.40      | 19,40%           |

    A percentage is a Fraction or a Decimal; `None` is an empty cell in every kind. `decimals` is
    the number of figures behind the point: of a percentage everywhere, of a number in Excel only,
    CSV has it in full. The key of cents ends in `_cents` and of a percentage in `_percent`: it is
    the heading in CSV, where nothing else tells the unit.
    """

    key: str
    heading: str
    kind: Kind = "text"
    decimals: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError for a blank name or a key that hides its unit."""
        if not self.key or not self.heading.strip():
            raise ValueError("a column needs a key and a heading")
        if not self.key.endswith(_UNIT_IN_KEY.get(self.kind, "")):
            raise ValueError(f"the key {self.key!r} must end in {_UNIT_IN_KEY[self.kind]!r}")

    def accepts(self, value: Value) -> bool:
        """Tell whether a value is of this column's kind."""
        if value is None:
            return True
        if isinstance(value, bool | datetime):  # an int and a date to Python, neither to a reader
            return False
        if isinstance(value, Decimal) and not value.is_finite():
            return False
        return isinstance(value, _ACCEPTED[self.kind])


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A titled table; `notes` are lines of explanation and sources, `total` is a row of its own.

    Raises ValueError when a row does not fit the columns, and when a figure in the total of a
    number or cents column is not the sum of that column: such a table must not reach a reader.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = ()
    total: Sequence[Value] | None = None

    def __post_init__(self) -> None:
        """Check names, shape, kinds and totals."""
        for names in ([c.key for c in self.columns], [c.heading.casefold() for c in self.columns]):
            if not names or len(set(names)) < len(names):
                raise ValueError(f"{self.title!r} needs columns with names of their own")
        for row in self.rows if self.total is None else (*self.rows, self.total):
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {self.title!r} has {len(row)} values: {row!r}")
            for column, value in zip(self.columns, row, strict=True):
                if not column.accepts(value):
                    raise ValueError(f"{column.key!r} is {column.kind}, not {value!r}")
        self._check_total()

    def _check_total(self) -> None:
        """Raise ValueError when a total is not the sum of its column."""
        for index, (column, total) in enumerate(zip(self.columns, self.total or (), strict=False)):
            if column.kind not in _ADDS_UP or not isinstance(total, int | Decimal):
                continue
            values = (row[index] for row in self.rows)
            if sum(v for v in values if isinstance(v, int | Decimal)) != total:
                raise ValueError(f"{column.key!r} of {self.title!r} does not add up to {total}")


def percentage(value: Fraction | Decimal, decimals: int) -> Decimal:
    """Return a part of the whole (1 is 100 %) as a percentage, rounded half up to `decimals`."""
    part = Fraction(value) * 100
    unit = Decimal(1).scaleb(-decimals)
    return (Decimal(part.numerator) / part.denominator).quantize(unit, rounding=ROUND_HALF_UP)
