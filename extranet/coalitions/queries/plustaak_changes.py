"""What changes for plustaken when an organisation leaves, shown before it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from extranet.coalitions.models import PlustaakState
from extranet.coalitions.queries.plustaak_parties import Parties, parties_by_plustaak
from extranet.coalitions.queries.plustaken import describe_plugin
from extranet.coalitions.queries.workspace import CoalitionFacts, plustaken_of
from extranet.coalitions.rules.threshold import Standing
from extranet.i18n import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakLeaving:
    """How a plustaak stands before and after; `freezes` says that its money is frozen by it."""

    title: Text | str
    before: Standing
    after: Standing
    freezes: bool


def leaving_plustaak(
    title: Text | str, parties: Parties, *, is_frozen: bool, organisation_id: int, day: date
) -> PlustaakLeaving | None:
    """Return what leaving changes for a plustaak, None when the organisation is not in it.

    Whoever has yet to begin is counted on its first day.
    """
    own = [
        one
        for one in parties.everybody
        if one.organisation_id == organisation_id and not one.has_left(day)
    ]
    if not own:
        return None
    on = max(day, own[0].from_date)
    before = parties.standing(on)
    after = parties.without(organisation_id, after=on - timedelta(days=1)).standing(on)
    falls = before.is_met and not after.is_met
    return PlustaakLeaving(title=title, before=before, after=after, freezes=falls and not is_frozen)


def leaving_plustaken(
    session: Session, facts: CoalitionFacts, *, organisation_id: int, day: date
) -> tuple[PlustaakLeaving, ...]:
    """Return what leaving the coalition changes for each plustaak that the organisation is in."""
    parties = parties_by_plustaak(
        session, region_id=facts.region_id, coalition_id=facts.id, day=day
    )
    found = (
        leaving_plustaak(
            describe_plugin(session, line.plugin).title,
            parties[line.id],
            is_frozen=line.frozen_on is not None,
            organisation_id=organisation_id,
            day=day,
        )
        for line in plustaken_of(session, facts.id)
        if line.state != PlustaakState.ARCHIVED
    )
    return tuple(one for one in found if one is not None)
