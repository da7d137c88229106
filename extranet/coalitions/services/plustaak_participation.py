"""Who takes part in a plustaak, a part of its coalition: begin with all, add one, let one go."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import today
from extranet.coalitions.events import PlustaakParticipationEnded, PlustaakParticipationStarted
from extranet.coalitions.models import (
    Coalition,
    CoalitionState,
    Plustaak,
    PlustaakParticipation,
    PlustaakState,
)
from extranet.coalitions.queries.parties import Participant, participants_of
from extranet.coalitions.services.freezing import recount_plustaken, that_are_on
from extranet.coalitions.services.mails import tell_plustaken
from extranet.errors import Conflict, InvalidInput, NotFound
from extranet.events import emit
from extranet.i18n import Text
from extranet.membership.models import Organisation

STARTED, ENDED = "plustaak_participation.started", "plustaak_participation.ended"


def start_with_coalition(
    session: Session, *, coalition: Coalition, plustaak: Plustaak
) -> tuple[str, ...]:
    """Let everybody take part whose consent to the coalition is recorded, from today on.

    Returns their codes, for the entry that the caller writes in the log. Whose body has yet to
    consent is added later, by hand.
    """
    day = today(session)
    parties = [
        one
        for one in participants_of(session, coalition.id, day=day)
        if one.consented_on is not None and one.takes_part_on(day)
    ]
    for one in parties:
        made = PlustaakParticipation(
            plustaak_id=plustaak.id,
            organisation_id=one.organisation_id,
            from_date=day,
            until_date=one.until_date,
        )
        _start(session, coalition, plustaak, made)
    return tuple(one.code for one in parties)


def get_participation(
    session: Session, *, plustaak: Plustaak, organisation_id: int
) -> PlustaakParticipation:
    """Return how an organisation takes part, now or from a day to come, to change; else NotFound.

    There is one at most: nobody is added who takes part already.
    """
    day = today(session)
    found = session.scalar(
        select(PlustaakParticipation)
        .where(
            PlustaakParticipation.plustaak_id == plustaak.id,
            PlustaakParticipation.organisation_id == organisation_id,
            or_(
                PlustaakParticipation.until_date.is_(None),
                PlustaakParticipation.until_date >= day,
            ),
        )
        .with_for_update()
    )
    if found is None:
        raise NotFound(Text("This organisation does not take part in this plustaak."))
    return found


def add(
    session: Session,
    *,
    coalition: Coalition,
    plustaak: Plustaak,
    organisation_id: int,
    from_date: date,
    actor: Actor | None,
) -> None:
    """Let one of the coalition's participants take part from a day on, and count again.

    A plustaak rests on an overeenkomst, so no publication is needed (product rule 9). It goes no
    further than the participation in the coalition does.
    """
    _check_open(coalition, plustaak)
    if from_date < today(session):
        raise InvalidInput({"from_date": Text("The first day cannot lie in the past.")})
    here = _in_coalition(session, coalition, organisation_id, from_date)
    if here is None:
        message = Text("Choose an organisation that takes part in the coalition on that day.")
        raise InvalidInput({"organisation_id": message})
    others = session.scalars(
        select(PlustaakParticipation).where(
            PlustaakParticipation.plustaak_id == plustaak.id,
            PlustaakParticipation.organisation_id == organisation_id,
        )
    )
    if any(one.until_date is None or one.until_date >= from_date for one in others):
        raise InvalidInput({"organisation_id": Text("This organisation takes part already.")})
    made = PlustaakParticipation(
        plustaak_id=plustaak.id,
        organisation_id=organisation_id,
        from_date=from_date,
        until_date=here.until_date,
    )
    _start(session, coalition, plustaak, made)
    _record(session, coalition, plustaak, made, action=STARTED, actor=actor)
    _count_again(session, coalition, actor)


def let_go(
    session: Session,
    *,
    coalition: Coalition,
    plustaak: Plustaak,
    participation: PlustaakParticipation,
    until_date: date,
    actor: Actor | None,
) -> None:
    """Give a participation its last day; what that changes was shown before."""
    _check_open(coalition, plustaak)
    if until_date < participation.from_date:
        raise InvalidInput({"until_date": Text("The last day cannot come before the first one.")})
    if until_date < today(session) - timedelta(days=1):
        raise InvalidInput(
            {"until_date": Text("The last day cannot lie further back than yesterday.")}
        )
    here = _in_coalition(session, coalition, participation.organisation_id, until_date)
    if here is None:
        message = Text("On that day it no longer takes part in the coalition. Choose another day.")
        raise InvalidInput({"until_date": message})
    end(
        session,
        coalition=coalition,
        plustaak=plustaak,
        participation=participation,
        until_date=until_date,
        actor=actor,
    )
    _count_again(session, coalition, actor)


def leave_all(
    session: Session,
    *,
    coalition: Coalition,
    organisation_id: int,
    until_date: date,
    announced: date | None = None,
    actor: Actor | None,
) -> None:
    """Let an organisation leave every plustaak of a coalition, on its last day in the coalition.

    Where it was to leave with the coalition, on the day `announced` before, the new day counts;
    where it leaves a plustaak earlier by itself, that stays.
    """
    follows = PlustaakParticipation.until_date == announced if announced else false()
    for participation, plustaak in session.execute(
        select(PlustaakParticipation, Plustaak)
        .join(Plustaak, Plustaak.id == PlustaakParticipation.plustaak_id)
        .where(
            Plustaak.coalition_id == coalition.id,
            PlustaakParticipation.organisation_id == organisation_id,
            or_(
                PlustaakParticipation.until_date.is_(None),
                PlustaakParticipation.until_date > until_date,
                follows,
            ),
        )
        .order_by(Plustaak.id, PlustaakParticipation.from_date)
    ).all():
        end(
            session,
            coalition=coalition,
            plustaak=plustaak,
            participation=participation,
            until_date=until_date,
            actor=actor,
        )


def end(
    session: Session,
    *,
    coalition: Coalition,
    plustaak: Plustaak,
    participation: PlustaakParticipation,
    until_date: date,
    actor: Actor | None,
) -> None:
    """Give a participation its last day, write it down and tell; one not yet begun goes away."""
    if until_date < participation.from_date:
        session.delete(participation)
    else:
        participation.until_date = until_date
    session.flush()
    _record(session, coalition, plustaak, participation, action=ENDED, actor=actor)
    _tell_end(session, coalition, plustaak, participation.organisation_id, until_date)


def _check_open(coalition: Coalition, plustaak: Plustaak) -> None:
    if coalition.state == CoalitionState.CLOSED:
        raise Conflict(Text("This coalition is closed; nothing changes in it any more."))
    if plustaak.state != PlustaakState.ON:
        raise Conflict(Text("This plustaak is not on; nothing changes in it."))


def _in_coalition(
    session: Session, coalition: Coalition, organisation_id: int, day: date
) -> Participant | None:
    """Return how an organisation takes part in the coalition on a day, None when it does not."""
    return next(
        (
            one
            for one in participants_of(session, coalition.id, day=day)
            if one.organisation_id == organisation_id and one.takes_part_on(day)
        ),
        None,
    )


def _count_again(session: Session, coalition: Coalition, actor: Actor | None) -> None:
    moved = recount_plustaken(session, coalition=coalition, actor=actor)
    tell_plustaken(session, coalition=coalition, moved=that_are_on(moved))


def _start(
    session: Session, coalition: Coalition, plustaak: Plustaak, made: PlustaakParticipation
) -> None:
    session.add(made)
    session.flush()
    emit(
        session,
        PlustaakParticipationStarted(
            region_id=coalition.region_id,
            coalition_id=coalition.id,
            plustaak_id=plustaak.id,
            plugin=plustaak.plugin,
            organisation_id=made.organisation_id,
            from_date=made.from_date,
        ),
    )
    if made.until_date is not None:
        _tell_end(session, coalition, plustaak, made.organisation_id, made.until_date)


def _tell_end(
    session: Session,
    coalition: Coalition,
    plustaak: Plustaak,
    organisation_id: int,
    until_date: date,
) -> None:
    emit(
        session,
        PlustaakParticipationEnded(
            region_id=coalition.region_id,
            coalition_id=coalition.id,
            plustaak_id=plustaak.id,
            plugin=plustaak.plugin,
            organisation_id=organisation_id,
            until_date=until_date,
        ),
    )


def _record(
    session: Session,
    coalition: Coalition,
    plustaak: Plustaak,
    participation: PlustaakParticipation,
    *,
    action: str,
    actor: Actor | None,
) -> None:
    name = session.get_one(Organisation, participation.organisation_id).name
    until = participation.until_date
    record(
        session,
        actor=actor,
        action=action,
        subject=Subject("plustaak", plustaak.id, f"{name}, {plustaak.plugin}, {coalition.name}"),
        region_id=coalition.region_id,
        coalition_id=coalition.id,
        after={
            "from_date": participation.from_date.isoformat(),
            "until_date": until.isoformat() if until else None,
        },
    )
