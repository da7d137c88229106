"""The steps that explain a contribution: values that a page, a letter, a sheet or JSON prints.

A step is a sentence and one figure, so that the steps read as a ladder; the last figure is the
amount that is paid. Steps are frozen with an adopted budget as JSON values: the kind and the
figures are kept, the words are those of today. A kind that was ever stored stays in SENTENCES.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

from extranet.i18n import Text

Value: TypeAlias = str | int | date
# Where anybody reads a table of CBS; a page links to it and never asks anything of it.
STATLINE = "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/{}/table"

SENTENCES: Mapping[str, Text] = {
    "inhabitants": Text("Inhabitants of %(name)s on %(on)s"),
    "own_weight": Text("Agreed weight of %(name)s"),
    "equal": Text("Every member counts as one"),
    "counts_for": Text("%(name)s is a member for %(months)s of the 12 months and counts for"),
    "all_inhabitants": Text("Inhabitants of all members that share"),
    "all_weights": Text("Agreed weights of all members that share"),
    "all_equal": Text("Number of members that share"),
    "all_counted": Text("All members that share, each for its months"),
    "total": Text("What the members pay together in %(year)s"),
    "total_back": Text("What the members get back together in %(year)s"),
    "less_fixed_sums": Text("Minus all fixed sums"),
    "less_foot": Text("Minus the fixed foot of all members"),
    "left": Text("Left to divide"),
    "quota": Text("Part of %(name)s, not yet rounded"),
    "base_rate": Text("Rate per inhabitant in %(year)s"),
    "index": Text("Yearly index since then: %(index)s"),
    "index_times": Text("%(times)s times the index, not yet rounded"),
    "rate": Text("Rate per inhabitant"),
    "rate_rounded": Text("Rate per inhabitant in %(year)s, rounded to the nearest cent"),
    "rate_amount": Text("Inhabitants times the rate"),
    "for_months": Text("For %(months)s of the 12 months"),
    "fixed_sum": Text("Fixed sum of %(name)s for a whole year"),
    "plus_fixed_sum": Text("Plus the fixed sum"),
    "plus_fixed_sum_months": Text("Plus the fixed sum, for %(months)s of the 12 months"),
    "plus_fixed_sum_rounded": Text("Plus the fixed sum for those months, to the nearest cent"),
    "foot": Text("Fixed foot for a whole year"),
    "plus_foot": Text("Plus the fixed foot"),
    "plus_foot_months": Text("Plus the fixed foot, for %(months)s of the 12 months"),
    "plus_foot_rounded": Text("Plus the fixed foot for those months, to the nearest cent"),
    "cap": Text("The maximum for %(name)s"),
    "above_cap": Text("Above the maximum: the other members take this over"),
    "taken_over": Text("Plus a part of what others have above their maximum"),
    "already_whole": Text("Already in whole cents: nothing to round"),
    "rounded_down": Text("Rounded down to whole cents"),
    "rounded_up": Text("Rounded down, plus one of the cents that were left over"),
    "rounded_nearest": Text("Rounded to the nearest cent"),
    "without_inhabitants": Text("%(name)s has no inhabitants to count and does not share"),
    "nothing_asked": Text("The allocation key asks nothing of %(name)s"),
    "no_member": Text("%(name)s is not a member in %(year)s"),
    "pays": Text("%(name)s pays in %(year)s"),
    "gets_back": Text("%(name)s gets back in %(year)s"),
}


class Unit(StrEnum):
    """What a figure counts: how to print it."""

    CENTS = "cents"
    EUROS = "euros"
    INHABITANTS = "inhabitants"
    WEIGHT = "weight"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit.

    An integer, or for what is no whole number a decimal string with a point ("6789.5"). CENTS is
    always an integer; EUROS is an amount that is not rounded to cents, cut off at four decimals
    of a euro, so that what follows never seems to round the wrong way.
    """

    unit: Unit
    value: int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationSource:
    """Where the inhabitants come from: the release, its reference date and when it came out.

    `table` is the CBS table that the release was taken from, '' for figures of somebody else.
    """

    name: str
    reference_date: date
    release_date: date
    table: str = ""

    @property
    def url(self) -> str:
        """Return the public page of the CBS table, '' for figures of somebody else."""
        return STATLINE.format(self.table) if self.table.isalnum() else ""

    @property
    def text(self) -> Text:
        """Say the source in words."""
        return Text(
            "%(name)s, reference date %(on)s, published on %(released)s",
            name=self.name,
            on=self.reference_date,
            released=self.release_date,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of an explanation: a sentence, its figure and where that comes from."""

    kind: str
    figure: Figure
    values: Mapping[str, Value] = field(default_factory=dict)
    population: PopulationSource | None = None

    @property
    def text(self) -> Text:
        """Return the sentence, to be translated at the edge."""
        return Text(SENTENCES[self.kind].msgid, **self.values)

    @property
    def source(self) -> Text | None:
        """Return where the figure was published, when it was."""
        return self.population.text if self.population else None

    @property
    def amount_cents(self) -> int | None:
        """Return the figure when it is an amount in whole cents."""
        is_cents = self.figure.unit == Unit.CENTS and isinstance(self.figure.value, int)
        return int(self.figure.value) if is_cents else None


def in_cents(cents: int) -> Figure:
    """Return an amount in whole cents as a figure."""
    return Figure(Unit.CENTS, cents)


def in_euros(cents: Fraction) -> Figure:
    """Return an exact amount in cents as euros with four decimals, cut off towards zero."""
    return Figure(Unit.EUROS, decimal_string(cents / 100, 4))


def counted(unit: Unit, number: Fraction | int) -> Figure:
    """Return a number as a figure: an integer when it is whole, else up to four decimals."""
    if number.denominator == 1:
        return Figure(unit, number.numerator)
    return Figure(unit, decimal_string(Fraction(number), 4).rstrip("0"))


def decimal_string(number: Fraction, places: int) -> str:
    """Write an exact number with a fixed number of decimals, cut off towards zero."""
    scale = 10**places
    whole, rest = divmod(abs(number.numerator) * scale // number.denominator, scale)
    sign = "-" if number < 0 and (whole or rest) else ""
    return f"{sign}{whole}.{rest:0{places}d}"


def steps_to_data(steps: Iterable[Step]) -> list[dict[str, object]]:
    """Return steps as JSON values; `steps_from_data` reads them back."""
    return [_step_to_data(step) for step in steps]


def steps_from_data(data: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Read what `steps_to_data` wrote; it was ours, so anything else is a KeyError."""
    return tuple(_step_from_data(item) for item in data)


def _step_to_data(step: Step) -> dict[str, object]:
    data: dict[str, object] = {
        "kind": step.kind,
        "unit": step.figure.unit.value,
        "figure": step.figure.value,
    }
    if step.values:
        data["values"] = {
            name: {"date": value.isoformat()} if isinstance(value, date) else value
            for name, value in step.values.items()
        }
    if step.population:
        data["source"] = {
            "name": step.population.name,
            "reference_date": step.population.reference_date.isoformat(),
            "release_date": step.population.release_date.isoformat(),
            "table": step.population.table,
        }
    return data


def _step_from_data(data: Mapping[str, Any]) -> Step:
    source = data.get("source")
    return Step(
        kind=data["kind"],
        figure=Figure(Unit(data["unit"]), data["figure"]),
        values={
            name: date.fromisoformat(value["date"]) if isinstance(value, dict) else value
            for name, value in data.get("values", {}).items()
        },
        population=source
        and PopulationSource(
            name=source["name"],
            reference_date=date.fromisoformat(source["reference_date"]),
            release_date=date.fromisoformat(source["release_date"]),
            table=source.get("table", ""),
        ),
    )
