"""Sort out the observations: the figures of municipalities, the country's total, and bad rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date
from enum import Enum, auto

from extranet.membership.rules import cbs_rows
from extranet.membership.rules.cbs_codes import (
    cbs_code,
    first_of_january,
    is_area,
    is_municipality,
    organisation_code,
    whole_number,
)
from extranet.membership.rules.cbs_parts import MEASURE, WANTED, Observations
from extranet.membership.rules.cbs_problems import Problem, UnreadableFile, shown
from extranet.membership.rules.cbs_release import RowCount, Skipped
from extranet.membership.rules.cbs_rows import Place

_STEP = 2000

Key = tuple[str, date]


class _Verdict(Enum):
    """What a row is about, by its measure and breakdown."""

    WANTED = auto()
    OTHER = auto()
    BROKEN = auto()


class Sorting:
    """The rows of all pages, sorted out one by one; what is wrong goes into `found`.

    `areas` are CBS's names by code and `periods` its codes of periods; either may be empty, then
    codes are judged by their form. After walking, `figures` holds the inhabitants by municipality
    code (`gm:0983`) and date, None where the municipality did not exist; `totals` the inhabitants
    of the country by date; `combinations` how often each measure and breakdown occurs.
    """

    def __init__(
        self, *, areas: Mapping[str, str], periods: Collection[str], found: list[Problem]
    ) -> None:
        """Start without rows."""
        self.areas = areas
        self.periods = periods
        self.found = found
        self.figures: dict[Key, int | None] = {}
        self.totals: dict[date, int] = {}
        self.combinations: Counter[tuple[object, ...]] = Counter()
        self.other_areas = 0
        self._places: dict[Key, Place] = {}
        self._verdicts: dict[tuple[object, ...], _Verdict] = {}
        self._dates: dict[str, date | None] = {}

    def walk(self, page: Observations, tick: Callable[[int], None]) -> int:
        """Sort out the rows of one page and return their number; `tick` hears how many so far."""
        count = 0
        try:
            for count, (number, fields) in enumerate(page.rows, start=1):
                self._sort(page.file, number, fields)
                if count % _STEP == 0:
                    tick(_STEP)
        except UnreadableFile as error:
            self.found.append(error.problem)
        tick(count % _STEP)
        return count

    def _sort(self, file: str, number: int, fields: tuple[object, ...]) -> None:
        """Count one row by measure and breakdown, and look further when it is a wanted one."""
        combination = fields[2:6]
        try:
            self.combinations[combination] += 1
            verdict = self._verdicts.get(combination) or self._judge(combination)
        except TypeError:  # a list or an object where a code belongs cannot be counted
            verdict = _Verdict.BROKEN
        if verdict is not _Verdict.OTHER:
            place = Place(file, number, fields[0])
            codes = [field.strip() for field in fields[6:] if isinstance(field, str)]
            if verdict is _Verdict.BROKEN or len(codes) != 3:
                self.found.append(cbs_rows.not_a_code(place))
            else:
                self._take(place, fields[1], *codes)

    def _judge(self, combination: tuple[object, ...]) -> _Verdict:
        """Say what rows with this measure and breakdown are, and remember it."""
        codes = tuple(code.strip() for code in combination if isinstance(code, str))
        verdict = _Verdict.WANTED if codes == WANTED else _Verdict.OTHER
        if len(codes) != len(WANTED):
            verdict = _Verdict.BROKEN
        self._verdicts[combination] = verdict
        return verdict

    def _take(self, place: Place, value: object, attribute: str, area: str, period: str) -> None:
        """Keep the figure of a municipality or the country; count other areas."""
        if not is_area(area, self.areas):
            self.found.append(cbs_rows.unknown_area(place, area))
        elif not area.startswith(("GM", "NL")):
            self.other_areas += 1
        elif (on := self._date(period)) is None:
            self.found.append(cbs_rows.bad_period(place, period))
        else:
            try:
                inhabitants = whole_number(value)
            except ValueError:
                self.found.append(cbs_rows.bad_number(place, value, self.name(area)))
            else:
                self._check_attribute(place, inhabitants, attribute, area, on)
                self._keep(place, inhabitants, area, on)

    def _date(self, period: str) -> date | None:
        """Return 1 January of the year that a period is, or None when it is no year."""
        if period not in self._dates:
            self._dates[period] = first_of_january(period, self.periods)
        return self._dates[period]

    def name(self, area: str) -> str:
        """Return the name of an area with its code, for a message."""
        title = self.areas.get(area)
        return f"{title} ({area})" if title else area

    def _check_attribute(
        self, place: Place, inhabitants: int | None, attribute: str, area: str, on: date
    ) -> None:
        """Hold the figure against what CBS says of it: a figure, or impossible."""
        match (inhabitants, attribute):
            case (None, "Impossible"):
                pass
            case (None, _):
                if is_municipality(area):
                    self.found.append(cbs_rows.no_figure(place, self.name(area), on))
            case (_, "None" | ""):
                pass
            case (_, "Impossible"):
                self.found.append(cbs_rows.impossible_figure(place, self.name(area), on))
            case _:
                self.found.append(cbs_rows.marked_figure(place, self.name(area), on, attribute))

    def _keep(self, place: Place, inhabitants: int | None, area: str, on: date) -> None:
        """Keep a figure, unless the same place and date came by before."""
        key = (organisation_code(area), on)
        first = self._places.setdefault(key, place)
        if first is not place:
            before = self.figures[key] if is_municipality(area) else self.totals.get(on)
            if before == inhabitants:
                self.found.append(cbs_rows.repeated(place, first, self.name(area), on))
            else:
                figures = (before, inhabitants)
                problem = cbs_rows.contradiction(place, first, self.name(area), on, figures)
                self.found.append(problem)
        elif is_municipality(area):
            self.figures[key] = inhabitants
        elif inhabitants is not None:
            self.totals[on] = inhabitants

    def skipped(self) -> tuple[Skipped, ...]:
        """Return the municipalities without a figure, by date and code."""
        absent = sorted((on, code) for (code, on), n in self.figures.items() if n is None)
        return tuple(self._skipped(code, on) for on, code in absent)

    def _skipped(self, code: str, on: date) -> Skipped:
        """Return one municipality without a figure, with the row that says so."""
        place = self._places[code, on]
        return Skipped(
            code=code,
            name=self.name(cbs_code(code)),
            reference_date=on,
            file=place.file,
            number=place.number,
            identifier=shown(place.identifier),
        )

    def row_count(self) -> RowCount:
        """Return how many rows were read and why rows gave no figure."""
        other_measure = other_breakdown = 0
        for combination, n in self.combinations.items():
            if self._verdicts[combination] is _Verdict.OTHER:
                if str(combination[0]).strip() == MEASURE:
                    other_breakdown += n
                else:
                    other_measure += n
        given = sum(n is not None for n in self.figures.values())
        return RowCount(
            read=self.combinations.total(),
            figures=given,
            skipped=len(self.figures) - given,
            other_measure=other_measure,
            other_breakdown=other_breakdown,
            other_area=self.other_areas,
        )
