"""A CBS population release as values, and what it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from extranet.i18n import Text
from extranet.membership.rules.cbs_problems import Problem, row_place


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFile:
    """A file as it was handed over: the name that people know it by, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The inhabitants of one municipality (`gm:0983`) on 1 January of a year."""

    code: str
    reference_date: date
    inhabitants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A municipality that did not exist (any more, or yet) on a date: CBS gives no figure.

    `name` is as a message says it: `Thorn (GM0976)`, or the code alone.
    """

    code: str
    name: str
    reference_date: date
    file: str
    number: int
    identifier: str

    @property
    def row(self) -> Text:
        """Name the row that says so."""
        return row_place(self.number, self.identifier)

    @property
    def message(self) -> Text:
        """Say why there is no figure."""
        return Text(
            "%(name)s was not a municipality on %(date)s, so there is no figure.",
            name=self.name,
            date=self.reference_date,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCount:
    """How many rows were read, and why rows gave no figure."""

    read: int
    figures: int
    skipped: int
    other_measure: int
    other_breakdown: int
    other_area: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release of CBS table 03759ned: every figure that it holds of municipalities.

    `figures` are sorted by date, then code. `names` holds the municipalities of `figures` that
    have a known name. `fingerprint` is the SHA-256 (hex) of table and figures: equal for the same
    figures whatever the form, names and order of the files. `release_date` and `modified` (aware)
    are None when no file tells them.
    """

    table_id: str
    title: str
    source: str
    licence: str
    release_date: date | None
    modified: datetime | None
    figures: tuple[Figure, ...]
    names: Mapping[str, str]
    skipped: tuple[Skipped, ...]
    notes: tuple[Problem, ...]
    rows: RowCount
    reference_dates: tuple[date, ...]
    fingerprint: str

    def on(self, reference_date: date) -> dict[str, int]:
        """Return the inhabitants by municipality code on a date."""
        return {
            figure.code: figure.inhabitants
            for figure in self.figures
            if figure.reference_date == reference_date
        }


def fingerprint_of(table_id: str, figures: Iterable[Figure]) -> str:
    """Return the SHA-256 (hex) of a table's figures, whatever their order."""
    lines = sorted(f"{f.reference_date};{f.code};{f.inhabitants}\n" for f in figures)
    content = f"{table_id.casefold()}\n{''.join(lines)}"
    return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFigure:
    """A figure that differs from the one known for the same municipality and date."""

    code: str
    reference_date: date
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDifference:
    """What a release changes against the figures that are known.

    `absent` are figures that are known for a date of the release but that it does not hold.
    `appeared` and `gone` are the codes of municipalities on `latest_date` but not on
    `previous_date`, and the other way round; both empty without a previous date.
    """

    new_dates: tuple[date, ...]
    new: int
    unchanged: int
    changed: tuple[ChangedFigure, ...]
    absent: tuple[Figure, ...]
    latest_date: date
    previous_date: date | None
    appeared: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether the release brings nothing that was not known."""
        return not (self.new or self.changed or self.absent)


def compare(release: Release, known: Mapping[tuple[str, date], int]) -> ReleaseDifference:
    """Compare a release with the figures known by code and date, for the preview of an import."""
    new, unchanged, changed = 0, 0, []
    for figure in release.figures:
        before = known.get((figure.code, figure.reference_date))
        if before is None:
            new += 1
        elif before == figure.inhabitants:
            unchanged += 1
        else:
            changed.append(
                ChangedFigure(
                    code=figure.code,
                    reference_date=figure.reference_date,
                    before=before,
                    after=figure.inhabitants,
                )
            )
    known_dates = {reference_date for _, reference_date in known}
    latest = release.reference_dates[-1]
    earlier = {d for d in known_dates.union(release.reference_dates) if d < latest}
    previous = max(earlier, default=None)
    here = release.on(latest).keys()
    there = here if previous is None else _codes_on(previous, release, known)
    return ReleaseDifference(
        new_dates=tuple(d for d in release.reference_dates if d not in known_dates),
        new=new,
        unchanged=unchanged,
        changed=tuple(changed),
        absent=_absent(release, known),
        latest_date=latest,
        previous_date=previous,
        appeared=tuple(sorted(here - there)),
        gone=tuple(sorted(there - here)),
    )


def _codes_on(
    reference_date: date, release: Release, known: Mapping[tuple[str, date], int]
) -> set[str]:
    """Return the municipalities on a date, by the release itself where it has that date."""
    if reference_date in release.reference_dates:
        return set(release.on(reference_date))
    return {code for code, known_date in known if known_date == reference_date}


def _absent(release: Release, known: Mapping[tuple[str, date], int]) -> tuple[Figure, ...]:
    """Return the known figures on dates of the release that it does not hold."""
    held = {(figure.code, figure.reference_date) for figure in release.figures}
    dates = set(release.reference_dates)
    missing = sorted((d, code) for code, d in known if d in dates and (code, d) not in held)
    return tuple(
        Figure(code=code, reference_date=d, inhabitants=known[code, d]) for d, code in missing
    )
