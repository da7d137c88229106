"""Contributions as a page shows them: every figure written out once, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from extranet.formats import cents, number, percent
from extranet.i18n import translate
from extranet.money.queries.figures import ContributionTable, Explanation, MemberYears
from extranet.money.queries.versions import VersionFacts
from extranet.money.queries.wording import figure_text
from extranet.money.rules import nearest


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A member in the table; `share_cents` is what its bar stands for."""

    name: str
    url: str
    inhabitants: str
    amounts: tuple[str, ...]
    share: str
    share_cents: int
    own: bool
    months: int


@dataclass(frozen=True, slots=True)
class ShownTable:
    """The table of all members, the own organisation first; `most_cents` fills a bar."""

    years: tuple[int, ...]
    rows: tuple[ShownRow, ...]
    inhabitants: str
    totals: tuple[str, ...]
    most_cents: int
    own: ShownRow | None


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A line of the explanation ladder."""

    text: str
    figure: str
    source: str
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class ShownYear:
    """A year of one member: its amount, the total beside it, and the address that explains it."""

    year: int
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
    steps: tuple[ShownStep, ...]
    years: tuple[ShownYear, ...]


def shown_table(table: ContributionTable, locale: str, *, own: str, base: str) -> ShownTable:
    """Write the table out; `base` is the address that a member's code follows."""
    total = table.totals[0]
    rows = [_row(member, total, locale, own=own, base=base) for member in table.members]
    rows.sort(key=lambda row: not row.own)
    return ShownTable(
        years=table.years,
        rows=tuple(rows),
        inhabitants=number(sum(member.inhabitants or 0 for member in table.members), locale),
        totals=tuple(cents(amount, locale) for amount in table.totals),
        most_cents=max((abs(row.share_cents) for row in rows), default=0),
        own=next((row for row in rows if row.own), None),
    )


def _row(member: MemberYears, total: int, locale: str, *, own: str, base: str) -> ShownRow:
    first = member.amounts[0]
    return ShownRow(
        member.name,
        f"{base}/{member.code}",
        "" if member.inhabitants is None else number(member.inhabitants, locale),
        tuple(cents(amount, locale) for amount in member.amounts),
        percent(first, total, locale),
        first,
        member.code == own,
        member.months,
    )


def shown_explanation(
    version: VersionFacts, found: Explanation, locale: str, *, base: str, suffix: str
) -> ShownMember:
    """Write the page of one member out; `base` and `suffix` make the addresses of its years."""
    amount = found.amount_cents
    return ShownMember(
        code=found.code,
        name=found.name,
        year=found.year,
        amount=cents(abs(amount), locale),
        gets_back=amount < 0,
        share=percent(amount, found.total_cents, locale),
        per_inhabitant=_per_inhabitant(abs(amount), found.inhabitants, locale),
        total=cents(found.total_cents, locale),
        steps=tuple(
            ShownStep(
                translate(step.text, locale),
                figure_text(step.figure, locale),
                translate(step.source, locale) if step.source else "",
            )
            for step in found.steps
        ),
        years=tuple(
            ShownYear(
                year=year,
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


def _per_inhabitant(amount_cents: int, inhabitants: int | None, locale: str) -> str:
    if not inhabitants:
        return ""
    return cents(nearest(Fraction(amount_cents, inhabitants)), locale)


def _query(suffix: str, part: str) -> str:
    if not part:
        return suffix
    return f"{suffix}{'&' if suffix else '?'}{part}"
