"""Join a coalition, record the consent of a body, leave it; count the threshold each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import today
from extranet.coalitions.events import ParticipationEnded, ParticipationStarted
from extranet.coalitions.models import Coalition, CoalitionState, Participation
from extranet.coalitions.services.plustaak_participation import leave_all
from extranet.coalitions.services.states import recount
from extranet.errors import Conflict, InvalidInput, NotFound
from extranet.events import emit
from extranet.i18n import Text
from extranet.membership.models import MembershipKind, Organisation
from extranet.membership.queries.members import members_on

JOINABLE = frozenset(
    {CoalitionState.FORMING, CoalitionState.ACTIVE, CoalitionState.BELOW_THRESHOLD}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Which body of an organisation consented, when, and where that can be read."""

    on: date
    body: str
    evidence: str


def get_participation(session: Session, *, coalition_id: int, number: int) -> Participation:
    """Return a participation of this coalition to change, locked; raise NotFound otherwise."""
    found = session.scalar(
        select(Participation)
        .where(Participation.id == number, Participation.coalition_id == coalition_id)
        .with_for_update()
    )
    if found is None:
        raise NotFound(Text("This organisation does not take part in this coalition."))
    return found


def join(
    session: Session,
    *,
    coalition: Coalition,
    organisation_id: int,
    from_date: date,
    actor: Actor | None,
) -> Participation:
    """Let a deelnemer of the region take part from a day on; its body has yet to consent.

    A coalition is an overeenkomst: it needs no publication (product rule 9).
    """
    if coalition.state not in JOINABLE:
        raise Conflict(Text("Nobody can join this coalition now."))
    members = members_on(session, coalition.region_id, from_date)
    deelnemers = {one.organisation_id for one in members if one.part == MembershipKind.DEELNEMER}
    if organisation_id not in deelnemers:
        message = Text("Choose a deelnemer of the region that is a member on that day.")
        raise InvalidInput({"organisation_id": message})
    _check_free(session, coalition, organisation_id, from_date)
    made = Participation(
        coalition_id=coalition.id, organisation_id=organisation_id, from_date=from_date
    )
    session.add(made)
    session.flush()
    _record(session, coalition, made, "participation.started", actor)
    emit(
        session,
        ParticipationStarted(
            region_id=coalition.region_id,
            coalition_id=coalition.id,
            organisation_id=organisation_id,
            from_date=from_date,
        ),
    )
    return made


def record_consent(
    session: Session,
    *,
    coalition: Coalition,
    participation: Participation,
    consent: Consent,
    actor: Actor | None,
) -> None:
    """Write down that a body of the organisation consented; from then on it counts."""
    if coalition.state == CoalitionState.CLOSED:
        raise Conflict(Text("This coalition is closed; nothing changes in it any more."))
    wrong: dict[str, Text] = {}
    if consent.on > today(session):
        wrong["consented_on"] = Text(
            "This day is yet to come. Record the decision once it is made."
        )
    if not consent.body:
        wrong["body"] = Text("Say which body decided.")
    if not consent.evidence:
        wrong["evidence"] = Text("Say where the decision can be read.")
    if wrong:
        raise InvalidInput(wrong)
    participation.consented_on = consent.on
    participation.body, participation.evidence = consent.body, consent.evidence
    session.flush()
    _record(session, coalition, participation, "participation.consented", actor)
    recount(session, coalition=coalition, actor=actor)


def leave(
    session: Session,
    *,
    coalition: Coalition,
    participation: Participation,
    until_date: date,
    reason: str,
    actor: Actor | None,
) -> None:
    """Give a participation its last day; what that changes was shown before."""
    if participation.until_date is not None and participation.until_date < today(session):
        raise Conflict(Text("This organisation has left already."))
    if until_date < participation.from_date:
        raise InvalidInput({"until_date": Text("The last day cannot come before the first one.")})
    if until_date < today(session) - timedelta(days=1):
        raise InvalidInput(
            {"until_date": Text("The last day cannot lie further back than yesterday.")}
        )
    end_participation(
        session,
        coalition=coalition,
        participation=participation,
        until_date=until_date,
        reason=reason,
        actor=actor,
    )


def end_participation(
    session: Session,
    *,
    coalition: Coalition,
    participation: Participation,
    until_date: date,
    reason: str,
    actor: Actor | None,
) -> None:
    """End a participation on a day, in the plustaken too, and count the threshold again.

    A last day that is corrected moves there as well.
    """
    announced = participation.until_date
    participation.until_date, participation.leaving_reason = until_date, reason
    session.flush()
    _record(session, coalition, participation, "participation.ended", actor)
    emit(
        session,
        ParticipationEnded(
            region_id=coalition.region_id,
            coalition_id=coalition.id,
            organisation_id=participation.organisation_id,
            until_date=until_date,
        ),
    )
    leave_all(
        session,
        coalition=coalition,
        organisation_id=participation.organisation_id,
        until_date=until_date,
        announced=announced,
        actor=actor,
    )
    recount(session, coalition=coalition, actor=actor)


def _check_free(
    session: Session, coalition: Coalition, organisation_id: int, from_date: date
) -> None:
    others = session.scalars(
        select(Participation).where(
            Participation.coalition_id == coalition.id,
            Participation.organisation_id == organisation_id,
        )
    )
    if any(one.until_date is None or one.until_date >= from_date for one in others):
        raise InvalidInput({"organisation_id": Text("This organisation takes part already.")})


def _record(
    session: Session,
    coalition: Coalition,
    participation: Participation,
    action: str,
    actor: Actor | None,
) -> None:
    name = session.get_one(Organisation, participation.organisation_id).name
    consented, until = participation.consented_on, participation.until_date
    record(
        session,
        actor=actor,
        action=action,
        subject=Subject("participation", participation.id, f"{name}, {coalition.name}"),
        region_id=coalition.region_id,
        coalition_id=coalition.id,
        after={
            "from_date": participation.from_date.isoformat(),
            "until_date": until.isoformat() if until else None,
            "consented_on": consented.isoformat() if consented else None,
            "body": participation.body,
            "evidence": participation.evidence,
        },
    )
