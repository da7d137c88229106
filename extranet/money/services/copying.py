"""Carry the lines of one version on to the next, by calendar year."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.money.models import BudgetLine, BudgetLineAmount, BudgetVersion
from extranet.money.queries.versions import YEARS_AHEAD


def copy_lines(session: Session, *, source: BudgetVersion, target: BudgetVersion) -> None:
    """Copy every line with its key, so that versions can be compared and links keep pointing.

    A year that the source did not reach gets the last amount of a structural line, and nothing
    of an incidental one.
    """
    lines = session.scalars(
        select(BudgetLine).where(BudgetLine.version_id == source.id).order_by(BudgetLine.id)
    ).all()
    copies = {line.id: _copy(line, target) for line in lines}
    session.add_all(copies.values())
    session.flush()
    amounts: dict[int, dict[int, BudgetLineAmount]] = {line.id: {} for line in lines}
    for amount in session.scalars(
        select(BudgetLineAmount).where(BudgetLineAmount.line_id.in_(copies))
    ):
        amounts[amount.line_id][amount.year] = amount
    last_year = source.year + YEARS_AHEAD
    for line in lines:
        known = amounts[line.id]
        for year in range(target.year, target.year + YEARS_AHEAD + 1):
            found = known.get(year) or (known[last_year] if line.is_structural else None)
            session.add(
                BudgetLineAmount(
                    line_id=copies[line.id].id,
                    year=year,
                    net_cents=found.net_cents if found else 0,
                    vat_cents=found.vat_cents if found else 0,
                )
            )
    session.flush()


def _copy(line: BudgetLine, target: BudgetVersion) -> BudgetLine:
    return BudgetLine(
        version_id=target.id,
        line_key=line.line_key,
        position=line.position,
        name=line.name,
        kind=line.kind,
        is_structural=line.is_structural,
        vat_treatment=line.vat_treatment,
        closes_gap=line.closes_gap,
        funding_source_id=line.funding_source_id,
        explanation=line.explanation,
    )
