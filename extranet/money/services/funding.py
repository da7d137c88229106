"""Keep the list of funding sources: money from outside, how certain and until when."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.errors import Conflict, InvalidInput
from extranet.i18n import Text
from extranet.money.models import BudgetLine, Certainty, FundingKind, FundingSource, Household
from extranet.money.rules import Purse
from extranet.money.services.changes import Changes, changes
from extranet.money.services.drafts import check_open
from extranet.money.services.households import household_to_change


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingInput:
    """A funding source as somebody fills it in; `sector` is that of CDOKE, '' for the others."""

    name: str
    kind: FundingKind
    certainty: Certainty
    ends_on: date | None = None
    sector: str = ""
    conditions: str = ""


def add_source(
    session: Session, *, purse: Purse, source: FundingInput, actor: Actor | None
) -> FundingSource:
    """Add a funding source to a household."""
    household = household_to_change(session, purse=purse)
    _check(session, household, source)
    added = FundingSource(household_id=household.id, **_plain(source))
    session.add(added)
    session.flush()
    differs = changes(after=_logged(source))
    _record(session, added, "funding_source.added", household, actor, differs=differs)
    return added


def change_source(
    session: Session, *, source: FundingSource, to: FundingInput, actor: Actor | None
) -> None:
    """Change what is known about a funding source; amounts stay where they are, in the lines."""
    household = _open_household(session, source)
    _check(session, household, to, but=source.id)
    before = _logged(as_input(source))
    for name, value in _plain(to).items():
        setattr(source, name, value)
    session.flush()
    differs = changes(before, _logged(to))
    _record(session, source, "funding_source.changed", household, actor, differs=differs)


def remove_source(session: Session, *, source: FundingSource, actor: Actor | None) -> None:
    """Remove a funding source that no line of any version names."""
    household = _open_household(session, source)
    used = session.scalar(
        select(BudgetLine.id).where(BudgetLine.funding_source_id == source.id).limit(1)
    )
    if used is not None:
        raise Conflict(Text("A budget line names this funding source, so it has to stay."))
    before = _logged(as_input(source))
    session.delete(source)
    session.flush()
    differs = changes(before)
    _record(session, source, "funding_source.removed", household, actor, differs=differs)


def as_input(source: FundingSource) -> FundingInput:
    """Return a stored source as somebody would fill it in."""
    return FundingInput(
        name=source.name,
        kind=FundingKind(source.kind),
        certainty=Certainty(source.certainty),
        ends_on=source.ends_on,
        sector=source.sector,
        conditions=source.conditions,
    )


def _open_household(session: Session, source: FundingSource) -> Household:
    household = session.get_one(Household, source.household_id)
    check_open(household)
    return household


def _plain(source: FundingInput) -> dict[str, object]:
    return asdict(source)


def _logged(source: FundingInput) -> dict[str, object]:
    ends_on = source.ends_on.isoformat() if source.ends_on else None
    return _plain(source) | {"ends_on": ends_on}


def _check(
    session: Session, household: Household, source: FundingInput, *, but: int | None = None
) -> None:
    wrong: dict[str, Text] = {}
    if not source.name:
        wrong["name"] = Text("Give the funding source a name.")
    if source.sector and source.kind != FundingKind.CDOKE:
        wrong["sector"] = Text("Only CDOKE has sectors.")
    namesake = session.scalar(
        select(FundingSource.id).where(
            FundingSource.household_id == household.id,
            FundingSource.name == source.name,
            FundingSource.id != (but or 0),
        )
    )
    if namesake is not None:
        wrong["name"] = Text("There is a funding source with this name already.")
    if wrong:
        raise InvalidInput(wrong)


def _record(
    session: Session,
    source: FundingSource,
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
        subject=Subject("funding_source", source.id, source.name),
        region_id=household.region_id,
        **differs,
    )
