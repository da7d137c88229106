"""Contributions as a page shows them: every figure written out once, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from extranet.formats import cents, number, percent
from extranet.i18n import Text, translate
from extranet.money.queries.figures import ContributionTable, Explanation, MemberYears
from extranet.money.queries.standing import no_payment_note, outcome, state_of, together
from extranet.money.queries.versions import VersionFacts
from extranet.money.queries.wording import figure_text
from extranet.money.rules import Step, nearest


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A member in the table; `outcome` says its first year, `share_cents` is its bar."""

    name: str
    url: str
    inhabitants: str
    amounts: tuple[str, ...]
    outcome: str
    share: str
    share_cents: int
    own: bool
    months: int


@dataclass(frozen=True, slots=True)
class ShownTable:
    """The table of all members, the own organisation first; `most_cents` fills a bar.

    `years` are the four years, each with how its amounts stand.
    """

    years: tuple[tuple[int, str], ...]
    rows: tuple[ShownRow, ...]
    inhabitants: str
    totals: tuple[str, ...]
    most_cents: int
    own: ShownRow | None
    together: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A line of the explanation ladder; `source_name` is what stands at `source_url`."""

    text: str
    figure: str
    source: str = ""
    source_name: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class ShownYear:
    """A year of one member: its amount, the total beside it, and the address that explains it."""

    year: int
    state: str
    amount: str
    total: str
    share: str
    months: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class ShownMember:
    """One member's page."""

    code: str
    name: str
    year: int
    amount: str
    gets_back: bool
    share: str
    per_inhabitant: str
    total: str
    remark: str
    steps: tuple[ShownStep, ...]
    years: tuple[ShownYear, ...]


def shown_table(
    version: VersionFacts,
    table: ContributionTable,
    locale: str,
    *,
    own: str,
    base: str,
    suffix: str,
) -> ShownTable:
    """Write the table out; a member's code stands between `base` and `suffix` in its address."""
    year, total = table.years[0], table.totals[0]
    rows = [
        _row(member, year, total, locale, own=own, url=f"{base}/{member.code}{suffix}")
        for member in table.members
    ]
    rows.sort(key=lambda row: not row.own)
    return ShownTable(
        years=tuple(
            (year, translate(state_of(version, year, cents), locale))
            for year, cents in zip(table.years, table.totals, strict=True)
        ),
        rows=tuple(rows),
        inhabitants=number(table.inhabitants, locale),
        totals=tuple(cents(amount, locale) for amount in table.totals),
        most_cents=max((abs(row.share_cents) for row in rows), default=0),
        own=next((row for row in rows if row.own), None),
        together=translate(together(year, total), locale),
    )


def _row(
    member: MemberYears, year: int, total: int, locale: str, *, own: str, url: str
) -> ShownRow:
    first = member.amounts[0]
    return ShownRow(
        member.name,
        url,
        "" if member.counts_for is None else number(member.counts_for, locale),
        tuple(cents(amount, locale) for amount in member.amounts),
        translate(outcome(member.name, year, first), locale),
        percent(first, total, locale),
        first,
        member.code == own,
        member.months,
    )


def shown_explanation(
    version: VersionFacts, found: Explanation, locale: str, *, base: str, suffix: str
) -> ShownMember:
    """Write the page of one member out; `base` and `suffix` make the addresses of its years."""
    amount, remark = found.amount_cents, no_payment_note(version, found.year)
    return ShownMember(
        code=found.code,
        name=found.name,
        year=found.year,
        amount=cents(abs(amount), locale),
        gets_back=amount < 0,
        share=percent(amount, found.total_cents, locale),
        per_inhabitant=_per_inhabitant(abs(amount), found.inhabitants, locale),
        total=cents(abs(found.total_cents), locale),
        remark=translate(remark, locale) if remark else "",
        steps=tuple(_step(step, locale) for step in found.steps),
        years=tuple(
            ShownYear(
                year=year,
                state=translate(state_of(version, year, found.amounts[at]), locale),
                amount=cents(found.amounts[at], locale),
                total=cents(found.totals[at], locale),
                share=percent(found.amounts[at], found.totals[at], locale),
                months=found.months[at],
                url=base + _query(suffix, "" if year == version.year else f"jaar={year}"),
                current=year == found.year,
            )
            for at, year in enumerate(found.years)
        ),
    )


def _step(step: Step, locale: str) -> ShownStep:
    """Write a step out, with a link to the table at CBS that its figure was taken from."""
    text, figure = translate(step.text, locale), figure_text(step.figure, locale)
    source = step.population
    if source is None:
        return ShownStep(text, figure)
    name = Text("CBS table %(table)s", table=source.table)
    return ShownStep(
        text,
        figure,
        source=translate(source.text, locale),
        source_name=translate(name, locale) if source.url else "",
        source_url=source.url,
    )


def _per_inhabitant(amount_cents: int, inhabitants: int | None, locale: str) -> str:
    if not inhabitants:
        return ""
    return cents(nearest(Fraction(amount_cents, inhabitants)), locale)


def _query(suffix: str, part: str) -> str:
    if not part:
        return suffix
    return f"{suffix}{'&' if suffix else '?'}{part}"
