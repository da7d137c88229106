"""Who takes part in a coalition, and how that stands against the threshold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from extranet.coalitions.models import Participation
from extranet.coalitions.rules.threshold import Party, Standing, count
from extranet.membership.models import Organisation, Region

Successor = aliased(Organisation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An organisation in a coalition, with its body's consent; `until_date` is its last day."""

    participation_id: int
    organisation_id: int
    code: str
    name: str
    kind: str
    from_date: date
    until_date: date | None
    consented_on: date | None
    body: str
    evidence: str
    leaving_reason: str
    successor_code: str | None
    successor_from: date | None

    def takes_part_on(self, day: date) -> bool:
        """Tell whether it takes part on a day."""
        return self.from_date <= day and (self.until_date is None or self.until_date >= day)

    def has_left(self, day: date) -> bool:
        """Tell whether its last day lies before a day."""
        return self.until_date is not None and self.until_date < day

    @property
    def party(self) -> Party:
        """Return the participant as the rule of the threshold sees it."""
        return Party(
            code=self.code,
            kind=self.kind,
            consented=self.consented_on is not None,
            from_date=self.from_date,
            until_date=self.until_date,
            successor_code=self.successor_code,
            ended_on=self.successor_from,
        )


_PARTICIPANTS = (
    select(
        Participation.id.label("participation_id"),
        Participation.organisation_id,
        Organisation.code,
        Organisation.name,
        Organisation.kind,
        Participation.from_date,
        Participation.until_date,
        Participation.consented_on,
        Participation.body,
        Participation.evidence,
        Participation.leaving_reason,
        Successor.code.label("successor_code"),
        Organisation.successor_from,
    )
    .join(Organisation, Organisation.id == Participation.organisation_id)
    .outerjoin(Successor, Successor.id == Organisation.successor_id)
    .where(Participation.coalition_id == bindparam("coalition_id"))
    .order_by(Organisation.name, Participation.from_date, Participation.id)
)
_RUNNING = _PARTICIPANTS.where(
    or_(Participation.until_date.is_(None), Participation.until_date >= bindparam("day"))
)
_NEEDED = select(Region.threshold).where(Region.id == bindparam("region_id"))


def participants_of(
    session: Session, coalition_id: int, *, day: date | None = None
) -> list[Participant]:
    """Return who takes part, ever took part or will, by name; with `day` without who has left."""
    if day is None:
        rows = session.execute(_PARTICIPANTS, {"coalition_id": coalition_id}).mappings()
    else:
        rows = session.execute(_RUNNING, {"coalition_id": coalition_id, "day": day}).mappings()
    return [Participant(**row) for row in rows]


def standing_of(
    session: Session, *, region_id: int, coalition_id: int, day: date, without: int | None = None
) -> Standing:
    """Return how many municipalities count on a day; `without` leaves one participation out."""
    needed = session.scalars(_NEEDED, {"region_id": region_id}).one()
    parties = [
        one.party
        for one in participants_of(session, coalition_id, day=day)
        if one.participation_id != without
    ]
    return count(parties, needed=needed, day=day)
