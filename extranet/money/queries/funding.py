"""The money from outside: a region's funding sources, and which lines lean on them."""

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
from extranet.money.queries.lines import LineFacts, Sheet


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
    """A warning: a line has money in a year in which its source has ended."""

    line: str
    source: str
    ends_on: date
    year: int


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
    .where(Household.region_id == bindparam("region_id"), Household.is_base.is_(True))
    .group_by(FundingSource.id)
    .order_by(FundingSource.name)
)


def sources_of(session: Session, *, region_id: int) -> tuple[FundingFacts, ...]:
    """Return the funding sources of a region's base, by name."""
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
        for row in session.execute(_SOURCES, {"region_id": region_id})
    )


def get_source(session: Session, *, region_id: int, source_id: int) -> FundingSource:
    """Return a funding source of the region's base; in a writing session nobody else changes it."""
    source = session.scalar(
        select(FundingSource)
        .join(Household, Household.id == FundingSource.household_id)
        .where(
            FundingSource.id == source_id,
            Household.region_id == region_id,
            Household.is_base.is_(True),
        )
    )
    if source is None:
        raise NotFound(Text("There is no such funding source."))
    return source


def money_after_its_end(sheet: Sheet) -> tuple[CountsOnEndedMoney, ...]:
    """Return where a budget counts on a source in a year that starts after the source ended."""
    return tuple(
        CountsOnEndedMoney(
            line=line.name, source=line.source.name, ends_on=line.source.ends_on, year=year
        )
        for line in sheet.lines
        if line.source is not None and line.source.ends_on is not None
        for year, cents in zip(sheet.years, line.gross, strict=True)
        if cents and line.source.ends_on < date(year, 1, 1)
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
