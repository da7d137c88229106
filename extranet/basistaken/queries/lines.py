"""Which budget lines pay for a basistaak, with the amounts of the budget in force.

The budget in force is the one that `money` shows to who names no year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extranet.basistaken.models import BasistaakLine
from extranet.money.models import BudgetLine, BudgetLineAmount, BudgetVersion, LineKind
from extranet.money.queries.in_force import version_in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidLine:
    """A budget line that pays for a basistaak; `cents` are gross, by year, from `year` on."""

    line_key: str
    name: str
    year: int
    number: int
    cents: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChoice:
    """A cost line of the budget in force, and whether it pays for the basistaak now."""

    line_key: str
    name: str
    is_linked: bool


_PAID = (
    select(
        BudgetLine.line_key,
        BudgetLine.name,
        BudgetVersion.year,
        BudgetVersion.number,
        (BudgetLineAmount.net_cents + BudgetLineAmount.vat_cents).label("cents"),
    )
    .join(BudgetVersion, BudgetVersion.id == BudgetLine.version_id)
    .join(BudgetLineAmount, BudgetLineAmount.line_id == BudgetLine.id)
    .join(BasistaakLine, BasistaakLine.line_key == BudgetLine.line_key)
    .where(
        BasistaakLine.basistaak_id == bindparam("basistaak_id"),
        BudgetVersion.id == version_in_force(),
    )
    .order_by(BudgetLine.position, BudgetLine.id, BudgetLineAmount.year)
)
_CHOICES = (
    select(
        BudgetLine.line_key,
        BudgetLine.name,
        BasistaakLine.basistaak_id.is_not(None).label("is_linked"),
    )
    .outerjoin(
        BasistaakLine,
        (BasistaakLine.line_key == BudgetLine.line_key)
        & (BasistaakLine.basistaak_id == bindparam("basistaak_id")),
    )
    .where(BudgetLine.version_id == version_in_force(), BudgetLine.kind == LineKind.COST)
    .order_by(BudgetLine.position, BudgetLine.id)
)


def lines_of(
    session: Session, *, region_id: int, basistaak_id: int, this_year: int
) -> list[PaidLine]:
    """Return the budget lines that pay for a basistaak by the budget in force, in its order."""
    values = {"region_id": region_id, "basistaak_id": basistaak_id, "this_year": this_year}
    grouped: dict[str, list[Any]] = {}
    for row in session.execute(_PAID, values):
        grouped.setdefault(row.line_key, []).append(row)
    return [_line(rows) for rows in grouped.values()]


def line_choices(
    session: Session, *, region_id: int, basistaak_id: int, this_year: int
) -> list[LineChoice]:
    """Return the cost lines of the budget in force; empty when no budget is in force."""
    values = {"region_id": region_id, "basistaak_id": basistaak_id, "this_year": this_year}
    return [LineChoice(**row) for row in session.execute(_CHOICES, values).mappings()]


def totals_of(lines: Iterable[PaidLine]) -> tuple[int, ...]:
    """Return what the lines cost together in each year, in cents."""
    return tuple(sum(amounts) for amounts in zip(*(line.cents for line in lines), strict=True))


def _line(rows: list[Any]) -> PaidLine:
    first = rows[0]
    return PaidLine(
        line_key=first.line_key,
        name=first.name,
        year=first.year,
        number=first.number,
        cents=tuple(row.cents for row in rows),
    )
