"""What can be wrong with one row of observations, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extranet.i18n import Text
from extranet.membership.rules.cbs_problems import Kind, Problem, row_place, shown


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: the file, its number there, and CBS's own Id.

    Its words are made only when somebody needs them: a release has thousands of rows.
    """

    file: str
    number: int
    identifier: object

    @property
    def row(self) -> Text:
        """Name the row."""
        return row_place(self.number, self.identifier)

    def problem(self, kind: Kind, message: Text) -> Problem:
        """Return a problem of this row."""
        return Problem(kind=kind, file=self.file, row=self.row, message=message)


def not_a_code(place: Place) -> Problem:
    """Say that a column holds no text."""
    message = Text("There is something else where a code of CBS belongs.")
    return place.problem(Kind.BAD_ROW, message)


def unknown_area(place: Place, area: str) -> Problem:
    """Say that CBS has no such area."""
    message = Text("“%(code)s” is not a code that CBS uses for an area.", code=shown(area))
    return place.problem(Kind.UNKNOWN_AREA, message)


def bad_period(place: Place, period: str) -> Problem:
    """Say that a period is a quarter, a month, or nothing that the table has."""
    message = Text("The period “%(period)s” is not a year of this table.", period=shown(period))
    return place.problem(Kind.BAD_PERIOD, message)


def bad_number(place: Place, value: object, name: str) -> Problem:
    """Say that what stands in a row cannot be a number of inhabitants."""
    message = Text(
        "“%(value)s” cannot be the number of inhabitants of %(name)s: "
        "that is a whole number, 0 or more.",
        value=shown(value),
        name=name,
    )
    return place.problem(Kind.BAD_NUMBER, message)


def no_figure(place: Place, name: str, on: date) -> Problem:
    """Say that a figure is missing without a reason."""
    message = Text(
        "There is no figure of %(name)s on %(date)s, although CBS does not say that it did not "
        "exist then.",
        name=name,
        date=on,
    )
    return place.problem(Kind.NO_FIGURE, message)


def impossible_figure(place: Place, name: str, on: date) -> Problem:
    """Say that there is a figure where CBS says that there can be none."""
    message = Text(
        "There is a figure of %(name)s on %(date)s, although CBS says that it did not exist then.",
        name=name,
        date=on,
    )
    return place.problem(Kind.CONTRADICTION, message)


def marked_figure(place: Place, name: str, on: date, attribute: str) -> Problem:
    """Note what CBS says of a figure that it does give."""
    message = Text(
        "CBS marks the figure of %(name)s on %(date)s as “%(attribute)s”.",
        name=name,
        date=on,
        attribute=shown(attribute),
    )
    return place.problem(Kind.MARKED_FIGURE, message)


def repeated(place: Place, first: Place, name: str, on: date) -> Problem:
    """Note that the same figure came by before."""
    message = Text(
        "%(name)s on %(date)s was also in %(file)s, %(row)s, with the same figure.",
        name=name,
        date=on,
        file=first.file,
        row=first.row,
    )
    return place.problem(Kind.REPEATED_ROW, message)


def contradiction(
    place: Place, first: Place, name: str, on: date, figures: tuple[int | None, int | None]
) -> Problem:
    """Say that a municipality has two figures on one date; `figures` are the first and this."""
    before, after = (Text("no figure") if n is None else Decimal(n) for n in figures)
    message = Text(
        "%(name)s has two figures on %(date)s: %(before)s in %(file)s, %(row)s, and "
        "%(after)s here.",
        name=name,
        date=on,
        before=before,
        file=first.file,
        row=first.row,
        after=after,
    )
    return place.problem(Kind.CONTRADICTION, message)
