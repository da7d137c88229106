"""Tables for CSV and Excel, from the same values as the pages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from extranet.i18n import Text, translate
from extranet.money.models import LineKind
from extranet.money.queries.figures import ContributionTable, Explanation, MemberYears
from extranet.money.queries.lines import LineFacts, Sheet
from extranet.money.queries.standing import payment_note, state_of
from extranet.money.queries.versions import VersionFacts
from extranet.money.queries.wording import (
    CERTAINTIES,
    INCIDENTAL,
    LINE_KINDS,
    STRUCTURAL,
    VAT_TREATMENTS,
)
from extranet.money.rules import Step, Unit
from extranet.publishing.tables import Column, Table, Value


def contributions_export(version: VersionFacts, table: ContributionTable, locale: str) -> Table:
    """Return what all members pay in the four years."""

    def say(text: Text) -> str:
        return translate(text, locale)

    year, total = table.years[0], table.totals[0]
    return Table(
        title=say(Text("Contributions %(year)s", year=str(year))),
        columns=[
            Column(key="code", heading=say(Text("Code"))),
            Column(key="name", heading=say(Text("Deelnemer"))),
            Column(key="inhabitants", heading=say(Text("Inhabitants")), kind="number"),
            Column(
                key="months", heading=say(Text("Months in %(year)s", year=str(year))), kind="number"
            ),
            *_year_columns(version, table.years, table.totals, locale),
            Column(
                key="share_percent",
                heading=say(Text("Share in %(year)s", year=str(year))),
                kind="percent",
                decimals=2,
            ),
        ],
        rows=[_member_row(member, total) for member in table.members],
        total=_members_total(table, say(Text("Total"))),
        notes=notes_of(version, total, locale),
    )


def _member_row(member: MemberYears, total: int) -> Sequence[Value]:
    share = _share(member.amounts[0], total)
    return (
        member.code,
        member.name,
        member.counts_for,
        member.months,
        *member.amounts,
        share,
    )


def _members_total(table: ContributionTable, words: str) -> Sequence[Value]:
    total = table.totals[0]
    return (None, words, table.inhabitants, None, *table.totals, _share(total, total))


def amounts_export(table: ContributionTable) -> Table:
    """Return what each member pays in the first year, with headings for programs only."""
    return Table(
        title=f"Contributions {table.years[0]}",
        columns=[
            Column(key="code", heading="Code"),
            Column(key="name", heading="Name"),
            Column(key="inhabitants", heading="Inhabitants", kind="number"),
            Column(key="amount_cents", heading="Amount", kind="cents"),
        ],
        rows=[
            (member.code, member.name, member.inhabitants, member.amounts[0])
            for member in table.members
            if member.months
        ],
    )


def steps_export(version: VersionFacts, explanation: Explanation, locale: str) -> Table:
    """Return the explanation of one member's amount, a step a row."""

    def say(text: Text) -> str:
        return translate(text, locale)

    named = {"name": explanation.name, "year": str(explanation.year)}
    return Table(
        title=say(Text("%(name)s in %(year)s, step by step", **named)),
        columns=[
            Column(key="step", heading=say(Text("Step"))),
            Column(key="number", heading=say(Text("Number")), kind="number", decimals=4),
            Column(
                key="exact_euros", heading=say(Text("Not rounded (€)")), kind="number", decimals=4
            ),
            Column(key="amount_cents", heading=say(Text("Amount")), kind="cents"),
            Column(key="source", heading=say(Text("Source"))),
        ],
        rows=[
            (say(step.text), *_figures(step), say(step.source) if step.source else None)
            for step in explanation.steps
        ],
        notes=notes_of(version, explanation.amounts[0], locale),
    )


def years_export(version: VersionFacts, explanation: Explanation, locale: str) -> Table:
    """Return what one member pays in the four years, beside the total of all."""

    def say(text: Text) -> str:
        return translate(text, locale)

    return Table(
        title=say(Text("%(name)s, four years", name=explanation.name)),
        columns=[
            Column(key="year", heading=say(Text("Year"))),
            Column(key="state", heading=say(Text("State"))),
            Column(key="months", heading=say(Text("Months")), kind="number"),
            Column(key="amount_cents", heading=say(Text("Amount")), kind="cents"),
            Column(key="total_cents", heading=say(Text("All members together")), kind="cents"),
            Column(key="share_percent", heading=say(Text("Share")), kind="percent", decimals=2),
        ],
        rows=[
            (
                str(year),
                say(state_of(version, year, explanation.amounts[at])),
                explanation.months[at],
                explanation.amounts[at],
                explanation.totals[at],
                _share(explanation.amounts[at], explanation.totals[at]),
            )
            for at, year in enumerate(explanation.years)
        ],
        notes=notes_of(version, explanation.amounts[0], locale),
    )


def budget_export(version: VersionFacts, sheet: Sheet, locale: str) -> Table:
    """Return the lines of a budget, VAT beside amounts; incomes are negative, so columns add up."""

    def say(text: Text) -> str:
        return translate(text, locale)

    return Table(
        title=say(Text("Budget %(year)s", year=str(version.year))),
        columns=[
            Column(key="kind", heading=say(Text("Kind"))),
            Column(key="line", heading=say(Text("Line"))),
            Column(key="explanation", heading=say(Text("Explanation"))),
            Column(key="lasting", heading=say(Text("Structural or incidental"))),
            Column(key="vat_treatment", heading=say(Text("VAT"))),
            Column(key="funding_source", heading=say(Text("Funding source"))),
            Column(key="certainty", heading=say(Text("Certainty"))),
            Column(key="source_ends_on", heading=say(Text("Last day")), kind="date"),
            *_vat_columns(sheet.years, locale),
            *_year_columns(version, sheet.years, sheet.to_share, locale),
        ],
        rows=[_budget_row(line, locale) for line in sheet.lines],
        total=(
            say(Text("The members pay together")),
            *(None for _ in range(7)),
            *_vat_totals(sheet),
            *sheet.to_share,
        ),
        notes=notes_of(version, sheet.to_share[0], locale),
    )


def _budget_row(line: LineFacts, locale: str) -> Sequence[Value]:
    source = line.source
    return (
        translate(LINE_KINDS[line.kind], locale),
        line.name,
        line.explanation or None,
        translate(STRUCTURAL if line.is_structural else INCIDENTAL, locale),
        translate(VAT_TREATMENTS[line.vat_treatment], locale),
        source.name if source else None,
        translate(CERTAINTIES[source.certainty], locale) if source else None,
        source.ends_on if source else None,
        *_signed(line, line.vat),
        *_signed(line, line.gross),
    )


def notes_of(version: VersionFacts, cents: int, locale: str) -> list[str]:
    """Return what a reader of figures must know: version, key, population and what is payable.

    `cents` are the amount of the version's own year.
    """
    number = version.number
    state = Text("Version %(number)s, a draft: nothing in it is final.", number=number)
    if version.adopted_on:
        state = Text(
            "Version %(number)s, adopted on %(day)s by %(body)s.",
            number=number,
            day=version.adopted_on,
            body=version.body_name,
        )
    notes = [state, *version.key_texts]
    if version.population and version.key.uses_inhabitants:
        notes.append(Text("Inhabitants: %(source)s.", source=version.population.text))
    notes.append(payment_note(version, cents))
    whose = [version.whose] if version.whose else []
    return [*whose, version.title, *(translate(note, locale) for note in notes)]


def _year_columns(
    version: VersionFacts, years: Sequence[int], totals: Sequence[int], locale: str
) -> list[Column]:
    return [
        Column(
            key=f"amount_{year}_cents",
            heading=f"{year}, {translate(state_of(version, year, cents), locale)}",
            kind="cents",
        )
        for year, cents in zip(years, totals, strict=True)
    ]


def _vat_columns(years: Sequence[int], locale: str) -> list[Column]:
    return [
        Column(
            key=f"vat_{year}_cents",
            heading=translate(Text("VAT in %(year)s", year=str(year)), locale),
            kind="cents",
        )
        for year in years
    ]


def _figures(step: Step) -> tuple[Value, Value, Value]:
    """Return a step's figure in the column of its unit: number, exact amount or cents."""
    value = step.figure.value
    if step.figure.unit == Unit.CENTS:
        return None, None, int(value)
    number = value if isinstance(value, int) else Decimal(value)
    return (None, number, None) if step.figure.unit == Unit.EUROS else (number, None, None)


def _signed(line: LineFacts, amounts: Sequence[int]) -> tuple[int, ...]:
    sign = -1 if line.kind == LineKind.INCOME else 1
    return tuple(sign * cents for cents in amounts)


def _vat_totals(sheet: Sheet) -> tuple[int, ...]:
    vat = [_signed(line, line.vat) for line in sheet.lines]
    return tuple(sum(amounts[at] for amounts in vat) for at in range(len(sheet.years)))


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
