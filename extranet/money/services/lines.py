"""Add, change and remove the lines of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.errors import InvalidInput
from extranet.i18n import DEFAULT_LOCALE, Euros, Text, translate
from extranet.money.models import (
    BudgetLine,
    BudgetLineAmount,
    BudgetVersion,
    FundingSource,
    Household,
    LineKind,
    VatTreatment,
)
from extranet.money.queries.computing import compute
from extranet.money.queries.lines import amounts_of
from extranet.money.queries.versions import YEARS_AHEAD, facts_of_version
from extranet.money.services.changes import Changes, changes
from extranet.money.services.drafts import check_draft

MOST_CENTS = 1_000_000_000_00
GAP_LINE = Text("From or to the reserve: difference with the rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInput:
    """A line as somebody fills it in; `net` and `vat` are cents in Y, Y+1, Y+2 and Y+3.

    A cost and an income from outside are above zero; a reserve line is above zero when it adds
    to the reserve and below zero when it takes from it. Below zero corrects another line.
    """

    name: str
    kind: LineKind
    net: Sequence[int]
    vat: Sequence[int] = (0,) * (YEARS_AHEAD + 1)
    is_structural: bool = True
    vat_treatment: VatTreatment = VatTreatment.JOINT_ACCOUNT
    funding_source_id: int | None = None
    explanation: str = ""


def add_line(
    session: Session,
    *,
    version: BudgetVersion,
    line: LineInput,
    actor: Actor | None,
    closes_gap: bool = False,
) -> BudgetLine:
    """Add a line at the end of a draft; `closes_gap` is for the one that `close_gaps` makes."""
    household = check_draft(session, version)
    _check(session, household, line)
    last = session.scalar(
        select(func.max(BudgetLine.position)).where(BudgetLine.version_id == version.id)
    )
    added = BudgetLine(
        version_id=version.id,
        line_key=str(uuid4()),
        position=(last or 0) + 1,
        closes_gap=closes_gap,
        **_plain(line),
    )
    session.add(added)
    session.flush()
    session.add_all(
        BudgetLineAmount(
            line_id=added.id, year=version.year + at, net_cents=line.net[at], vat_cents=line.vat[at]
        )
        for at in range(YEARS_AHEAD + 1)
    )
    session.flush()
    differs = changes(after=_logged(line))
    _record(session, added, "budget_line.added", household, actor, differs=differs)
    return added


def change_line(
    session: Session,
    *,
    version: BudgetVersion,
    line: BudgetLine,
    to: LineInput,
    actor: Actor | None,
) -> None:
    """Change a line of a draft; its key stays."""
    household = check_draft(session, version)
    _check(session, household, to)
    amounts = amounts_of(session, line)
    before = _logged(as_input(line, amounts, version.year))
    for name, value in _plain(to).items():
        setattr(line, name, value)
    line.closes_gap = line.closes_gap and to.kind == LineKind.RESERVE
    for at in range(YEARS_AHEAD + 1):
        amount = amounts[version.year + at]
        amount.net_cents, amount.vat_cents = to.net[at], to.vat[at]
    # The line counts as changed when only its amounts are, so that a stale form is noticed.
    flag_modified(line, "name")
    session.flush()
    differs = changes(before, _logged(to))
    _record(session, line, "budget_line.changed", household, actor, differs=differs)


def remove_line(
    session: Session, *, version: BudgetVersion, line: BudgetLine, actor: Actor | None
) -> None:
    """Take a line out of a draft."""
    household = check_draft(session, version)
    amounts = amounts_of(session, line)
    before = _logged(as_input(line, amounts, version.year))
    for amount in amounts.values():
        session.expunge(amount)  # the database deletes it with its line
    session.delete(line)
    session.flush()
    _record(session, line, "budget_line.removed", household, actor, differs=changes(before))


def close_gaps(session: Session, *, version: BudgetVersion, actor: Actor | None) -> None:
    """Close what a rate leaves open in any of the four years with one reserve line.

    The line that did so before is changed, whatever it is called by now; what it comes to is the
    opposite of the gap.
    """
    check_draft(session, version)
    computed = compute(session, facts_of_version(session, version.id))
    gaps = [division.gap_cents for division in computed.divisions]
    if not any(gaps):
        return
    line = session.scalar(
        select(BudgetLine).where(
            BudgetLine.version_id == version.id, BudgetLine.closes_gap.is_(True)
        )
    )
    if line is None:
        closing = LineInput(
            name=translate(GAP_LINE, DEFAULT_LOCALE),
            kind=LineKind.RESERVE,
            net=[-gap for gap in gaps],
            is_structural=False,
            vat_treatment=VatTreatment.EXEMPT,
        )
        add_line(session, version=version, line=closing, actor=actor, closes_gap=True)
        return
    present = as_input(line, amounts_of(session, line), version.year)
    net = [cents - gap for cents, gap in zip(present.net, gaps, strict=True)]
    change_line(session, version=version, line=line, to=replace(present, net=net), actor=actor)


def as_input(line: BudgetLine, amounts: dict[int, BudgetLineAmount], first_year: int) -> LineInput:
    """Return a stored line as somebody would fill it in."""
    years = range(first_year, first_year + YEARS_AHEAD + 1)
    return LineInput(
        name=line.name,
        kind=LineKind(line.kind),
        net=tuple(amounts[year].net_cents for year in years),
        vat=tuple(amounts[year].vat_cents for year in years),
        is_structural=line.is_structural,
        vat_treatment=VatTreatment(line.vat_treatment),
        funding_source_id=line.funding_source_id,
        explanation=line.explanation,
    )


def _plain(line: LineInput) -> dict[str, object]:
    """Return the columns of a line, without its amounts."""
    return {
        "name": line.name,
        "kind": line.kind,
        "is_structural": line.is_structural,
        "vat_treatment": line.vat_treatment,
        "funding_source_id": line.funding_source_id,
        "explanation": line.explanation,
    }


def _logged(line: LineInput) -> dict[str, object]:
    return _plain(line) | {"net_cents": list(line.net), "vat_cents": list(line.vat)}


def _check(session: Session, household: Household, line: LineInput) -> None:
    """Raise InvalidInput, by field, for what cannot stand in a budget."""
    wrong: dict[str, Text] = {}
    if not line.name:
        wrong["name"] = Text("Give the line a name.")
    if line.kind == LineKind.RESERVE and any(line.vat):
        wrong["vat_0"] = Text("A reserve line has no VAT.")
    for name, amounts in (("net", line.net), ("vat", line.vat)):
        for at, cents in enumerate(amounts):
            if abs(cents) > MOST_CENTS:
                wrong[f"{name}_{at}"] = Text(
                    "An amount is at most %(amount)s.", amount=Euros(MOST_CENTS)
                )
    if line.funding_source_id is not None:
        source = session.get(FundingSource, line.funding_source_id)
        if source is None or source.household_id != household.id:
            wrong["funding_source"] = Text("Choose one of the funding sources.")
    if wrong:
        raise InvalidInput(wrong)


def _record(
    session: Session,
    line: BudgetLine,
    action: str,
    household: Household,
    actor: Actor | None,
    *,
    differs: Changes,
) -> None:
    record(
        session,
        actor=actor,
        action=action,
        subject=Subject("budget_line", line.id, line.name),
        region_id=household.region_id,
        **differs,
    )
