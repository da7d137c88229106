"""Read the files of a CBS population release (table 03759ned) into one value, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType

from extranet.i18n import Text
from extranet.membership.rules import cbs_checks
from extranet.membership.rules.cbs_codes import organisation_code
from extranet.membership.rules.cbs_files import DEFAULT_LIMIT, read_files
from extranet.membership.rules.cbs_observations import Sorting
from extranet.membership.rules.cbs_parts import TABLE, Codes, Observations, Part, Properties
from extranet.membership.rules.cbs_problems import (
    Kind,
    Problem,
    Severity,
    UnreadableRelease,
    one_line,
)
from extranet.membership.rules.cbs_release import Figure, NamedFile, Release, fingerprint_of

# What CBS says of this table; used when no file with the table's properties came along.
_TITLE = "Bevolking op 1 januari en gemiddeld; geslacht, leeftijd en regio"
_SOURCE = "CBS"
_LICENCE = "CC BY 4.0"
_LICENCES = {"https://creativecommons.org/licenses/by/4.0/": _LICENCE}

Progress = Callable[[int, int], None]


def read_release(
    files: Sequence[NamedFile],
    *,
    limit: int = DEFAULT_LIMIT,
    known_names: Mapping[str, str] = MappingProxyType({}),
    progress: Progress | None = None,
) -> Release:
    """Read the figures of municipalities from CBS's OData v4 JSON or bulk CSV, zipped or not.

    `files` come in any order and are recognised by their content; only observations are needed.
    `limit` is the most that all files together may hold unpacked, in bytes. `known_names` names
    municipalities (`gm:0983`) that the files do not name. `progress` hears rows done and rows in
    all (for CSV an estimate). Raises `UnreadableRelease` with every problem found: there is no
    release of a part of the files.
    """
    found: list[Problem] = []
    parts = read_files(files, limit=limit, found=found)
    found.extend(cbs_checks.other_tables(parts))
    parts = [part for part in parts if part.table.casefold() in {"", TABLE}]
    areas = _titles(parts, "RegioS")
    sorting = Sorting(areas=areas, periods=_titles(parts, "Perioden").keys(), found=found)
    read = _walk(parts, sorting, progress)
    _refuse_problems(found)
    found.extend(cbs_checks.missing_pages(parts, read))
    found.extend(cbs_checks.nothing_wanted(sorting, _titles(parts, "Measure")))
    _refuse_problems(found)
    found.extend(cbs_checks.incomplete(sorting))
    _refuse_problems(found)
    return _release(parts, sorting, known_names, found)


def _refuse_problems(found: Sequence[Problem]) -> None:
    """Raise `UnreadableRelease` when there is a problem among what was found.

    Stops between the checks, because what a later check finds then follows from an earlier one.
    """
    if any(problem.severity is Severity.PROBLEM for problem in found):
        raise UnreadableRelease(found)


def _walk(parts: Sequence[Part], sorting: Sorting, progress: Progress | None) -> int:
    """Walk all observations; return how many rows the OData pages held."""
    pages = [part for part in parts if isinstance(part, Observations)]
    total = sum(page.expected for page in pages)
    done = 0

    def tick(rows: int) -> None:
        nonlocal done
        done += rows
        if progress is not None:
            progress(done, max(done, total))

    in_pages = 0
    for page in pages:
        rows = sorting.walk(page, tick)
        in_pages += page.expected if page.is_page else 0
        total += rows - page.expected
    tick(0)
    return in_pages


def _titles(parts: Sequence[Part], dimension: str, column: str = "Title") -> dict[str, str]:
    """Return what CBS says of the codes of a dimension, by code."""
    return {
        _text(record, "Identifier"): _text(record, column)
        for part in parts
        if isinstance(part, Codes) and part.dimension == dimension
        for record in part.records
        if record.get("Identifier")
    }


def _text(record: Mapping[str, object], column: str) -> str:
    """Return what a record says in a column, or nothing."""
    return one_line(record.get(column) or "")


def _release(
    parts: Sequence[Part], sorting: Sorting, known_names: Mapping[str, str], found: list[Problem]
) -> Release:
    """Make the release of rows without problems, and add the last notes."""
    figures = tuple(
        Figure(code=code, reference_date=on, inhabitants=inhabitants)
        for on, code, inhabitants in sorted(
            (on, code, n) for (code, on), n in sorting.figures.items() if n is not None
        )
    )
    dates = tuple(sorted({figure.reference_date for figure in figures}))
    codes = {figure.code for figure in figures}
    titles = {organisation_code(area): name for area, name in sorting.areas.items() if name}
    all_names = {**known_names, **titles}
    names = {code: all_names[code] for code in sorted(codes) if code in all_names}
    released, modified = _dates(parts)
    if released is None:
        message = Text("The files do not say when CBS released these figures.")
        found.append(Problem(kind=Kind.NO_RELEASE_DATE, message=message))
    found.extend(cbs_checks.provisional(_titles(parts, "Perioden", "Status"), dates))
    found.extend(cbs_checks.nameless(codes, names))
    licence = _property(parts, "License")
    return Release(
        table_id=TABLE,
        title=_property(parts, "Title") or _TITLE,
        source=_property(parts, "Source").rstrip(".") or _SOURCE,
        licence=_LICENCES.get(licence, licence) or _LICENCE,
        release_date=released,
        modified=modified,
        figures=figures,
        names=MappingProxyType(names),
        skipped=sorting.skipped(),
        notes=tuple(found),
        rows=sorting.row_count(),
        reference_dates=dates,
        fingerprint=fingerprint_of(TABLE, figures),
    )


def _property(parts: Sequence[Part], name: str) -> str:
    """Return what CBS says of the table under a name, or nothing."""
    values = (_text(part.values, name) for part in parts if isinstance(part, Properties))
    return next(filter(None, values), "")


def _dates(parts: Sequence[Part]) -> tuple[date | None, datetime | None]:
    """Return the day of release (Dutch calendar) and the moment of the last change (UTC).

    Each is None where CBS gives none that can be read.
    """
    released: date | None
    modified: datetime | None
    try:
        released = date.fromisoformat(_property(parts, "ReleaseDate")[:10])
    except ValueError:
        released = None
    try:
        moment = datetime.fromisoformat(_property(parts, "Modified"))
        modified = moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        modified = None
    return released, modified
