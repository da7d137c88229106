"""Check that the files of a release hold all of it, and hold the right figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from extranet.i18n import Text
from extranet.membership.rules.cbs_codes import cbs_code
from extranet.membership.rules.cbs_observations import Sorting
from extranet.membership.rules.cbs_parts import MEASURE, TABLE, Contents, Observations, Part
from extranet.membership.rules.cbs_problems import Kind, Problem, shown


def other_tables(parts: Sequence[Part]) -> Iterator[Problem]:
    """Name each file that belongs to another CBS table."""
    for file, table in dict.fromkeys((part.file, part.table) for part in parts):
        if table and table.casefold() != TABLE:
            message = Text(
                "This is of CBS table %(table)s. The population is in table %(wanted)s.",
                table=shown(table),
                wanted=TABLE,
            )
            yield Problem(kind=Kind.OTHER_TABLE, file=file, message=message)


def missing_pages(parts: Sequence[Part], read: int) -> Iterator[Problem]:
    """Say that pages of observations are missing, by what the files themselves announce.

    `read` is the number of rows in the OData pages.
    """
    pages = [part for part in parts if isinstance(part, Observations) and part.is_page]
    for part in parts:
        if isinstance(part, Contents) and pages and part.rows != read:
            message = Text(
                "There should be %(expected)s rows of observations, and the files hold %(read)s. "
                "Add the missing pages.",
                expected=Decimal(part.rows),
                read=Decimal(read),
            )
            yield Problem(kind=Kind.MISSING_PAGE, file=part.file, message=message)
    if pages and all(page.has_next for page in pages):
        message = Text("Another page follows after this one. Add that page too.")
        yield Problem(kind=Kind.MISSING_PAGE, file=pages[-1].file, message=message)


def nothing_wanted(sorting: Sorting, measures: Mapping[str, str]) -> Iterator[Problem]:
    """Say what the files hold instead of the inhabitants on 1 January; `measures` are names."""
    if any(n is not None for n in sorting.figures.values()):
        return
    held = sorted({str(combination[0]).strip() for combination in sorting.combinations})
    if not held:
        message = Text("There are no observations in these files: they hold no figures.")
        yield Problem(kind=Kind.NO_OBSERVATIONS, message=message)
    elif MEASURE not in held:
        names = [f"{code} {measures.get(code, '')}".strip() for code in held]
        message = Text(
            "There is no row with the inhabitants on 1 January (measure %(wanted)s). "
            "The files hold: %(held)s.",
            wanted=MEASURE,
            held=", ".join(names),
        )
        yield Problem(kind=Kind.WRONG_MEASURE, message=message)
    elif not sorting.figures and not sorting.totals and not sorting.other_areas:
        message = Text(
            "There is no row with all inhabitants together: men and women, every age and every "
            "marital status. Choose the totals at CBS."
        )
        yield Problem(kind=Kind.WRONG_BREAKDOWN, message=message)
    else:
        message = Text("There is no municipality with a figure in these files.")
        yield Problem(kind=Kind.NO_OBSERVATIONS, message=message)


def incomplete(sorting: Sorting) -> Iterator[Problem]:
    """Hold the municipalities of each date against the country, or against the other dates."""
    sums: dict[date, int] = dict.fromkeys(sorting.totals, 0)
    codes: dict[date, set[str]] = {}
    for (code, on), inhabitants in sorting.figures.items():
        sums[on] = sums.get(on, 0) + (inhabitants or 0)
        codes.setdefault(on, set()).add(code)
    everywhere = set().union(*codes.values())
    for on in sorted(sums):
        total = sorting.totals.get(on)
        if total is None:
            yield from _unchecked(sorting, on, everywhere - codes[on])
        elif total != sums[on]:
            message = Text(
                "On %(date)s the municipalities have %(sum)s inhabitants together, but CBS gives "
                "%(total)s for the whole country. Rows are missing or wrong.",
                date=on,
                sum=Decimal(sums[on]),
                total=Decimal(total),
            )
            yield Problem(kind=Kind.CONTROL_TOTAL, message=message)


def _unchecked(sorting: Sorting, on: date, missing: Collection[str]) -> Iterator[Problem]:
    """Say that a date has no total of the country, and what seems to be missing then."""
    if missing:
        message = Text(
            "On %(date)s rows are missing of municipalities that the files do have on another "
            "date: %(n)s, such as %(name)s.",
            date=on,
            n=len(missing),
            name=sorting.name(cbs_code(min(missing))),
        )
        yield Problem(kind=Kind.MISSING_ROWS, message=message)
    else:
        message = Text(
            "The files do not hold the total of the country on %(date)s, so nobody can check that "
            "every municipality is there.",
            date=on,
        )
        yield Problem(kind=Kind.NO_CONTROL_TOTAL, message=message)


def provisional(statuses: Mapping[str, str], dates: Collection[date]) -> Iterator[Problem]:
    """Note the dates whose figures may still change; `statuses` are CBS's, by period."""
    for on in sorted(dates):
        status = statuses.get(f"{on.year}JJ00", "")
        if status and status != "Definitief":
            message = Text(
                "CBS calls the figures of %(date)s “%(status)s”: they may still change.",
                date=on,
                status=shown(status),
            )
            yield Problem(kind=Kind.PROVISIONAL, message=message)


def nameless(codes: Collection[str], names: Mapping[str, str]) -> Iterator[Problem]:
    """Note that municipalities with a figure have no name."""
    without = sorted(code for code in codes if code not in names)
    if without:
        message = Text(
            "No name is known of %(n)s of the municipalities, such as %(code)s. Add CBS's list of "
            "areas (RegioSCodes).",
            n=len(without),
            code=cbs_code(without[0]),
        )
        yield Problem(kind=Kind.NO_NAME, message=message)
