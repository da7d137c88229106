"""The lines of a budget version with their amounts in four years, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, case, select
from sqlalchemy.orm import Session

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.money.models import (
    BudgetLine,
    BudgetLineAmount,
    Certainty,
    FundingKind,
    FundingSource,
    LineKind,
    VatTreatment,
)
from extranet.money.queries.versions import VersionFacts
from extranet.money.rules import LineAmount, TotalToShare, total_to_share


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """The funding source of a line: as it is in a draft, as it was in an adopted version."""

    id: int
    name: str
    kind: FundingKind
    sector: str
    certainty: Certainty
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """A line; `net` and `vat` are cents in the budget's year and the three after it."""

    id: int
    line_key: str
    name: str
    kind: LineKind
    is_structural: bool
    vat_treatment: VatTreatment
    source: SourceFacts | None
    explanation: str
    net: tuple[int, ...]
    vat: tuple[int, ...]

    @property
    def gross(self) -> tuple[int, ...]:
        """Return the amounts with VAT, in cents."""
        return tuple(net + vat for net, vat in zip(self.net, self.vat, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A budget as it is read: its lines by kind, and what is shared in each of the four years."""

    years: tuple[int, ...]
    lines: tuple[LineFacts, ...]
    totals: tuple[TotalToShare, ...]

    def of_kind(self, kind: LineKind) -> tuple[LineFacts, ...]:
        """Return the costs, the incomes or the movements of the reserve."""
        return tuple(line for line in self.lines if line.kind == kind)

    def sums(self, kind: LineKind) -> tuple[int, ...]:
        """Return the gross cents of a kind of line in each year."""
        lines = self.of_kind(kind)
        return tuple(sum(line.gross[at] for line in lines) for at in range(len(self.years)))

    @property
    def to_share(self) -> tuple[int, ...]:
        """Return what the members pay together in each year, in cents."""
        return tuple(total.total_cents for total in self.totals)


def _frozen(stored: Any, of_today: Any) -> ColumnElement[Any]:
    """Return what adoption stored on the line, or what the source says where it stored nothing."""
    return case((BudgetLine.source_name.is_not(None), stored), else_=of_today)


_LINES = (
    select(
        BudgetLine.id,
        BudgetLine.line_key,
        BudgetLine.name,
        BudgetLine.kind,
        BudgetLine.is_structural,
        BudgetLine.vat_treatment,
        BudgetLine.explanation,
        BudgetLine.funding_source_id,
        _frozen(BudgetLine.source_name, FundingSource.name).label("source_name"),
        _frozen(BudgetLine.source_kind, FundingSource.kind).label("source_kind"),
        _frozen(BudgetLine.source_sector, FundingSource.sector).label("source_sector"),
        _frozen(BudgetLine.source_certainty, FundingSource.certainty).label("certainty"),
        _frozen(BudgetLine.source_ends_on, FundingSource.ends_on).label("ends_on"),
        BudgetLineAmount.year,
        BudgetLineAmount.net_cents,
        BudgetLineAmount.vat_cents,
    )
    .join(BudgetLineAmount, BudgetLineAmount.line_id == BudgetLine.id)
    .outerjoin(FundingSource, FundingSource.id == BudgetLine.funding_source_id)
    .where(BudgetLine.version_id == bindparam("version_id"))
    .order_by(BudgetLine.position, BudgetLine.id, BudgetLineAmount.year)
)


def get_sheet(session: Session, version: VersionFacts) -> Sheet:
    """Return the whole budget of a version."""
    grouped: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in session.execute(_LINES, {"version_id": version.id}):
        grouped.setdefault(row.id, []).append(row)
    lines = tuple(_line(rows) for rows in grouped.values())
    return Sheet(
        years=version.years, lines=lines, totals=totals_of(lines, count=len(version.years))
    )


def totals_of(lines: Sequence[LineFacts], *, count: int) -> tuple[TotalToShare, ...]:
    """Return what is shared in each of `count` years."""
    return tuple(
        total_to_share(
            LineAmount(
                kind=line.kind,
                net_cents=line.net[at],
                vat_cents=line.vat[at],
                vat_treatment=line.vat_treatment,
            )
            for line in lines
        )
        for at in range(count)
    )


def get_line(session: Session, *, version_id: int, line_id: int) -> BudgetLine:
    """Return a line of a version; to change it, lock the version first."""
    line = session.get(BudgetLine, line_id)
    if line is None or line.version_id != version_id:
        raise NotFound(Text("There is no such budget line."))
    return line


def amounts_of(session: Session, line: BudgetLine) -> dict[int, BudgetLineAmount]:
    """Return the amounts of a line by year."""
    found = session.scalars(select(BudgetLineAmount).where(BudgetLineAmount.line_id == line.id))
    return {amount.year: amount for amount in found}


def _line(rows: Sequence[Row[*tuple[Any, ...]]]) -> LineFacts:
    """Make a line of its rows, one a year."""
    first = rows[0]
    return LineFacts(
        id=first.id,
        line_key=first.line_key,
        name=first.name,
        kind=LineKind(first.kind),
        is_structural=first.is_structural,
        vat_treatment=VatTreatment(first.vat_treatment),
        source=_source(first),
        explanation=first.explanation,
        net=tuple(row.net_cents for row in rows),
        vat=tuple(row.vat_cents for row in rows),
    )


def _source(row: Row[*tuple[Any, ...]]) -> SourceFacts | None:
    if row.funding_source_id is None:
        return None
    return SourceFacts(
        id=row.funding_source_id,
        name=row.source_name,
        kind=FundingKind(row.source_kind),
        sector=row.source_sector,
        certainty=Certainty(row.certainty),
        ends_on=row.ends_on,
    )
