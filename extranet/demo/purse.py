"""Put the example budget into the demo region and adopt it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from extranet.demo import budget, cast
from extranet.membership.models import Body
from extranet.money.models import BudgetVersion
from extranet.money.rules import AllocationKey, DivisionByInhabitants, FixedSum, Purse
from extranet.money.services.adoption import Decision, adopt_budget
from extranet.money.services.budgets import Description, create_budget
from extranet.money.services.funding import FundingInput, add_source
from extranet.money.services.keys import set_key
from extranet.money.services.lines import LineInput, add_line
from extranet.outbox.models import Mail

YEARS = range(budget.FIRST_YEAR, budget.FIRST_YEAR + 4)
ADOPTED_ON = date(2026, 7, 2)
EVIDENCE = "Voorbeeld: besluitenlijst portefeuillehoudersoverleg"


def fill_budget(session: Session, *, region_id: int) -> None:
    """Make the funding sources, the lines and the key, and adopt the first version."""
    purse = Purse(region_id=region_id)
    sources = {
        source.name: add_source(
            session,
            purse=purse,
            source=FundingInput(
                name=source.name,
                kind=source.kind,
                certainty=source.certainty,
                ends_on=source.ends_on,
                sector=source.sector,
                conditions=source.conditions,
            ),
            actor=None,
        ).id
        for source in budget.SOURCES
    }
    version = create_budget(
        session,
        purse=purse,
        year=budget.FIRST_YEAR,
        description=Description(title="Begroting 2027-2030", reason="Voorbeeld"),
        copy_last_year=False,
        actor=None,
    )
    for line in budget.LINES:
        add_line(session, version=version, line=_input(line, sources.get(line.source)), actor=None)
    key = AllocationKey([FixedSum(sums=budget.FIXED_SUMS_CENTS), DivisionByInhabitants()])
    set_key(session, version=version, key=key, actor=None)
    _adopt(session, region_id, version)


def _input(line: budget.Line, source_id: int | None) -> LineInput:
    ends = next((s.ends_on for s in budget.SOURCES if s.name == line.source), None)
    runs = [year for year in YEARS if ends is None or year <= ends.year]
    net = tuple(budget.net_cents(line, year) if year in runs else 0 for year in YEARS)
    return LineInput(
        name=line.name,
        kind=line.kind,
        net=net,
        vat=tuple(cents * line.vat_percent // 100 for cents in net),
        is_structural=line.structural,
        vat_treatment=line.vat,
        funding_source_id=source_id,
    )


def _adopt(session: Session, region_id: int, version: BudgetVersion) -> None:
    """Adopt the version; the mails that announce it are not for people of a demo."""
    body_id = session.scalars(
        select(Body.id).where(Body.region_id == region_id, Body.name == cast.PFO)
    ).one()
    adopt_budget(
        session,
        version=version,
        decision=Decision(body_id=body_id, adopted_on=ADOPTED_ON, evidence=EVIDENCE),
        link_to=lambda code: code,
        actor=None,
    )
    session.execute(delete(Mail))
