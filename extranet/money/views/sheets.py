"""A budget as a page shows it: lines grouped by kind, sums, and where the money comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extranet.formats import cents
from extranet.i18n import Euros, Text, translate
from extranet.money.models import Certainty, LineKind
from extranet.money.queries.funding import coverage_of, sums_of
from extranet.money.queries.lines import LineFacts, Sheet, SourceFacts
from extranet.money.queries.standing import together
from extranet.money.queries.wording import (
    CERTAINTIES,
    INCIDENTAL,
    LINE_KINDS,
    STRUCTURAL,
    VAT_IN_SHORT,
)
from extranet.web.pictures import CoverageBars, coverage_bars


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line: what it is in a few words under its name, and its amounts with VAT.

    The words have the VAT of the first year that has some; the exports have that of every year.
    """

    id: int
    name: str
    words: str
    explanation: str
    amounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The lines of one kind with their sum."""

    title: str
    lines: tuple[ShownLine, ...]
    sums: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A whole budget; the tuples of VAT are empty where no year has any."""

    years: tuple[int, ...]
    groups: tuple[ShownGroup, ...]
    to_share: tuple[str, ...]
    together: str
    costs_vat: tuple[str, ...]
    passed_on_vat: tuple[str, ...]
    coverage: CoverageBars | None


def shown_sheet(sheet: Sheet, locale: str) -> ShownSheet:
    """Write a budget out in the reader's language."""
    groups = tuple(
        ShownGroup(
            translate(LINE_KINDS[kind], locale),
            tuple(_line(line, sheet.years, locale) for line in sheet.of_kind(kind)),
            _written(sheet.sums(kind), locale),
        )
        for kind in LineKind
        if sheet.of_kind(kind)
    )
    return ShownSheet(
        years=sheet.years,
        groups=groups,
        to_share=_written(sheet.to_share, locale),
        together=translate(together(sheet.years[0], sheet.to_share[0]), locale),
        costs_vat=_vat([total.costs_vat_cents for total in sheet.totals], locale),
        passed_on_vat=_vat([total.compensable_vat_cents for total in sheet.totals], locale),
        coverage=_coverage(sheet, locale) if sheet.of_kind(LineKind.COST) else None,
    )


def _line(line: LineFacts, years: Sequence[int], locale: str) -> ShownLine:
    words = [STRUCTURAL if line.is_structural else INCIDENTAL]
    if line.kind == LineKind.COST:
        words.append(VAT_IN_SHORT[line.vat_treatment])
    taxed = next(((year, vat) for year, vat in zip(years, line.vat, strict=True) if vat), None)
    if taxed:
        year, vat = taxed
        words.append(Text("%(amount)s VAT in %(year)s", amount=Euros(vat), year=str(year)))
    if line.source:
        words.append(_source(line.source, line.name))
    return ShownLine(
        line.id,
        line.name,
        ", ".join(translate(word, locale) for word in words),
        line.explanation,
        _written(line.gross, locale),
    )


def _source(source: SourceFacts, line_name: str) -> Text:
    """Say where the money comes from and how certain it is; not again what the line is called."""
    certainty = CERTAINTIES[source.certainty]
    if source.ends_on:
        certainty = Text("%(certainty)s, until %(day)s", certainty=certainty, day=source.ends_on)
    if source.name == line_name:
        return certainty
    return Text("%(name)s (%(certainty)s)", name=source.name, certainty=certainty)


def _coverage(sheet: Sheet, locale: str) -> CoverageBars:
    """Stack what pays for the budget: outside money by source, the reserve, and the members."""
    sources: list[tuple[str, bool]] = []
    amounts: list[Sequence[int]] = []
    for name, lines in coverage_of(sheet).items():
        certain = all(
            line.source is None or line.source.certainty == Certainty.COMMITTED for line in lines
        )
        sources.append((name or translate(Text("Other income"), locale), certain))
        amounts.append(sums_of(lines))
    taken = [max(0, -cents) for cents in sheet.sums(LineKind.RESERVE)]
    if any(taken):
        sources.append((translate(Text("From the reserve"), locale), True))
        amounts.append(taken)
    sources.append((translate(Text("Contributions of the members"), locale), True))
    amounts.append(sheet.to_share)
    years = [(str(year), [row[at] for row in amounts]) for at, year in enumerate(sheet.years)]
    return coverage_bars(sources, years)


def _vat(amounts: Sequence[int], locale: str) -> tuple[str, ...]:
    return _written(amounts, locale) if any(amounts) else ()


def _written(amounts: Sequence[int], locale: str) -> tuple[str, ...]:
    return tuple(cents(amount, locale) for amount in amounts)
