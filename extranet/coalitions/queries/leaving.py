"""What changes when an organisation leaves a coalition, shown before it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from extranet.coalitions.queries.parties import Participant, participants_of
from extranet.coalitions.queries.plustaak_changes import PlustaakLeaving, leaving_plustaken
from extranet.coalitions.queries.workspace import CoalitionFacts
from extranet.coalitions.rules.threshold import Standing, count


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """How the threshold stands before and after, and which plustaken go on without it."""

    before: Standing
    after: Standing
    plustaken: tuple[PlustaakLeaving, ...]

    @property
    def falls_below(self) -> bool:
        """Tell whether the coalition comes below its threshold by this."""
        return self.before.is_met and not self.after.is_met


def consequences(
    session: Session, facts: CoalitionFacts, participant: Participant, *, day: date
) -> Leaving:
    """Return what leaving changes for the coalition."""
    running = participants_of(session, facts.id, day=day)
    others = [one for one in running if one.participation_id != participant.participation_id]
    return Leaving(
        before=count([one.party for one in running], needed=facts.needed, day=day),
        after=count([one.party for one in others], needed=facts.needed, day=day),
        plustaken=leaving_plustaken(
            session, facts, organisation_id=participant.organisation_id, day=day
        ),
    )
