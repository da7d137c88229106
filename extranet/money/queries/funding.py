"""The money from outside: a household's funding sources, and which lines lean on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.money.models import (
    BudgetLine,
    Certainty,
    FundingKind,
    FundingSource,
    Household,
    LineKind,
)
from extranet.money.queries.households import bound, lock_household, of_purse
from extranet.money.queries.lines import LineFacts, Sheet
from extranet.money.rules import Purse

NO_SOURCE = Text("There is no such funding source.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingFacts:
    """A funding source; `line_count` is in how many lines of any version it stands."""

    id: int
    name: str
    kind: FundingKind
    sector: str
    certainty: Certainty
    ends_on: date | None
    conditions: str
    line_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsOnEndedMoney:
    """A warning: a line has money in a year that its source does not last through.

    `is_partial` says that the source still pays for the first part of the year.
    """

    line: str
    source: str
    ends_on: date
    year: int

    @property
    def is_partial(self) -> bool:
        """Tell whether the source ends within the year, so that it pays for a part of it."""
        return self.ends_on.year == self.year


_SOURCES = (
    select(
        FundingSource.id,
        FundingSource.name,
        FundingSource.kind,
        FundingSource.sector,
        FundingSource.certainty,
        FundingSource.ends_on,
        FundingSource.conditions,
        func.count(BudgetLine.id).label("line_count"),
    )
    .join(Household, Household.id == FundingSource.household_id)
    .outerjoin(BudgetLine, BudgetLine.funding_source_id == FundingSource.id)
    .where(of_purse())
    .group_by(FundingSource.id)
    .order_by(FundingSource.name)
)


def sources_of(session: Session, *, purse: Purse) -> tuple[FundingFacts, ...]:
    """Return the funding sources of a household, by name."""
    return tuple(
        FundingFacts(
            id=row.id,
            name=row.name,
            kind=FundingKind(row.kind),
            sector=row.sector,
            certainty=Certainty(row.certainty),
            ends_on=row.ends_on,
            conditions=row.conditions,
            line_count=row.line_count,
        )
        for row in session.execute(_SOURCES, bound(purse))
    )


_SOURCE = (
    select(FundingSource)
    .join(Household, Household.id == FundingSource.household_id)
    .where(of_purse(), FundingSource.id == bindparam("source_id"))
)


def get_source(session: Session, *, purse: Purse, source_id: int) -> FundingSource:
    """Return a funding source of a household; to change it, `lock_source`."""
    source = session.scalar(_SOURCE, {**bound(purse), "source_id": source_id})
    if source is None:
        raise NotFound(NO_SOURCE)
    return source


def lock_source(session: Session, *, purse: Purse, source_id: int) -> FundingSource:
    """Return a funding source to change, kept from everybody else, its household with it."""
    household = lock_household(session, purse=purse)
    source = session.scalar(
        select(FundingSource)
        .where(FundingSource.id == source_id, FundingSource.household_id == household.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if source is None:
        raise NotFound(NO_SOURCE)
    return source


def money_after_its_end(sheet: Sheet) -> tuple[CountsOnEndedMoney, ...]:
    """Return where a budget counts on a source in a year that the source does not last through."""
    return tuple(
        CountsOnEndedMoney(
            line=line.name, source=line.source.name, ends_on=line.source.ends_on, year=year
        )
        for line in sheet.lines
        if line.source is not None and line.source.ends_on is not None
        for year, cents in zip(sheet.years, line.gross, strict=True)
        if cents and line.source.ends_on < date(year, 12, 31)
    )


def coverage_of(sheet: Sheet) -> dict[str, tuple[LineFacts, ...]]:
    """Return the incomes by the name of their source; '' for those without one."""
    found: dict[str, list[LineFacts]] = {}
    for line in sheet.of_kind(LineKind.INCOME):
        found.setdefault(line.source.name if line.source else "", []).append(line)
    return {name: tuple(lines) for name, lines in found.items()}


def sums_of(lines: Sequence[LineFacts]) -> tuple[int, ...]:
    """Return the gross cents of lines in each year."""
    return tuple(map(sum, zip(*(line.gross for line in lines), strict=True)))
