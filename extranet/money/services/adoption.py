"""Adopt a budget: freeze what everybody pays, tell them, and let nothing change it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import record
from extranet.clock import now, today
from extranet.errors import Conflict, InvalidInput
from extranet.events import emit
from extranet.i18n import Text
from extranet.membership.models import Body
from extranet.money.events import BudgetAdopted
from extranet.money.models import (
    BudgetLine,
    BudgetVersion,
    Contribution,
    FundingSource,
    Household,
    VersionState,
)
from extranet.money.queries.adoption import AdoptionPlan, plan_adoption
from extranet.money.queries.computing import Computed
from extranet.money.queries.recipients import Recipient
from extranet.money.queries.versions import facts_of_version, find_version
from extranet.money.rules import steps_to_data
from extranet.money.services.budgets import subject_of
from extranet.money.services.drafts import check_draft
from extranet.money.services.mails import News, tell

NOT_WHAT_YOU_SAW = Text(
    "The budget, the members or the people who are told changed while you had this page open. "
    "Look at it again before you adopt it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Which body decided, on which day, and where that can be read."""

    body_id: int
    adopted_on: date
    evidence: str


def adopt_budget(
    session: Session,
    *,
    version: BudgetVersion,
    decision: Decision,
    link_to: Callable[[str], str],
    actor: Actor | None,
    seen: str | None = None,
) -> tuple[Recipient, ...]:
    """Adopt a draft and return who gets a mail about it.

    Freezes the lines with their sources, the key, the population, the letterhead, what the body
    is called, and what every member pays in Y to Y+3 under its name and with its steps.
    `link_to` gives the address of a member's explanation by code; `seen` is the fingerprint of
    the plan that somebody confirmed, None where nobody looked (a filled database). Raises
    InvalidInput for a wrong decision and for the first blocker, Conflict when the version is
    adopted already or the plan is not what was seen.
    """
    household = check_draft(session, version)
    body = _checked(session, household, version, decision)
    plan = plan_adoption(session, facts_of_version(session, version.id))
    if plan.blockers or plan.computed is None:
        raise InvalidInput({"": plan.blockers[0]})
    if seen is not None and seen != plan.fingerprint:
        raise Conflict(NOT_WHAT_YOU_SAW)
    _freeze_contributions(session, version, plan.computed)
    _freeze_sources(session, version)
    version.state = VersionState.ADOPTED
    version.adopted_on = decision.adopted_on
    version.adopted_at = now(session)
    version.adopted_by_body_id, version.body_name = body.id, body.name
    version.letterhead = asdict(plan.sender)
    version.evidence = decision.evidence
    session.flush()
    _announce(session, plan, household, version, actor)
    news = News(whose=plan.sender.whose, body=body.name, adopted_on=decision.adopted_on)
    tell(session, plan=plan, news=news, link_to=link_to)
    return plan.recipients


def _checked(
    session: Session, household: Household, version: BudgetVersion, decision: Decision
) -> Body:
    """Return the deciding body; raise InvalidInput, by field, for what cannot be a decision."""
    wrong: dict[str, Text] = {}
    body = session.scalar(
        select(Body).where(Body.id == decision.body_id, Body.region_id == household.region_id)
    )
    if body is None:
        wrong["body"] = Text("Choose the body that decided.")
    if decision.adopted_on > today(session):
        wrong["adopted_on"] = Text("This day is yet to come. Record the decision once it is made.")
    before = find_version(session, purse=household.purse, year=version.year)
    if before and before.adopted_on and decision.adopted_on < before.adopted_on:
        wrong["adopted_on"] = Text(
            "Version %(number)s was adopted on %(day)s; a later version cannot come before it.",
            number=before.number,
            day=before.adopted_on,
        )
    if not decision.evidence:
        wrong["evidence"] = Text("Say where the decision can be read.")
    if wrong or body is None:
        raise InvalidInput(wrong)
    return body


def _freeze_contributions(session: Session, version: BudgetVersion, computed: Computed) -> None:
    """Store what every member pays, after checking the sums to the cent."""
    paying = set(computed.paying)
    rows = [
        {
            "version_id": version.id,
            "year": division.year,
            "organisation_id": computed.deelnemers[share.code].organisation_id,
            "organisation_name": computed.deelnemers[share.code].name,
            "inhabitants": share.inhabitants,
            "months": share.months,
            "amount_cents": share.amount_cents,
            "steps": steps_to_data(share.steps),
        }
        for division in computed.divisions
        for share in division.shares
        if share.code in paying
    ]
    for year, total_cents in zip(computed.sheet.years, computed.sheet.to_share, strict=True):
        shared = sum(int(str(row["amount_cents"])) for row in rows if row["year"] == year)
        if shared != total_cents:
            raise InvalidInput(
                {"": Text("The contributions of %(year)s do not add up.", year=str(year))}
            )
    session.execute(insert(Contribution), rows)


def _freeze_sources(session: Session, version: BudgetVersion) -> None:
    """Store with each line what its funding source is now; afterwards the source may change."""
    rows = session.execute(
        select(BudgetLine, FundingSource)
        .join(FundingSource, FundingSource.id == BudgetLine.funding_source_id)
        .where(BudgetLine.version_id == version.id)
    )
    for line, source in rows:
        line.source_name, line.source_kind = source.name, source.kind
        line.source_sector, line.source_certainty = source.sector, source.certainty
        line.source_ends_on = source.ends_on
    # Before the version itself: the database lets nobody write in an adopted one.
    session.flush()


def _announce(
    session: Session,
    plan: AdoptionPlan,
    household: Household,
    version: BudgetVersion,
    actor: Actor | None,
) -> None:
    """Write it in the log and tell the domains that listen."""
    day = version.adopted_on
    record(
        session,
        actor=actor,
        action="budget_version.adopted",
        subject=subject_of(version, household),
        region_id=household.region_id,
        after={
            "adopted_on": day.isoformat() if day else None,
            "body": version.adopted_by_body_id,
            "evidence": version.evidence,
            "totals_cents": list(plan.table.totals) if plan.table else [],
            "people_told": len(plan.recipients),
        },
    )
    emit(
        session,
        BudgetAdopted(
            region_id=household.region_id,
            owner=household.owner,
            household_id=household.id,
            version_id=version.id,
            year=version.year,
            number=version.number,
        ),
    )
