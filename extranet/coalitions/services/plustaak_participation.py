"""Who takes part in a plustaak, a part of its coalition: begin with all, add one, let one go."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import today
from extranet.coalitions.events import PlustaakParticipationEnded, PlustaakParticipationStarted
from extranet.coalitions.models import Coalition, Plustaak, PlustaakParticipation
from extranet.coalitions.queries.parties import participants_of
from extranet.events import emit
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


def leave_all(
    session: Session,
    *,
    coalition: Coalition,
    organisation_id: int,
    until_date: date,
    actor: Actor | None,
) -> None:
    """Let an organisation leave every plustaak of a coalition, on its last day in the coalition."""
    for participation, plustaak in session.execute(
        select(PlustaakParticipation, Plustaak)
        .join(Plustaak, Plustaak.id == PlustaakParticipation.plustaak_id)
        .where(
            Plustaak.coalition_id == coalition.id,
            PlustaakParticipation.organisation_id == organisation_id,
            or_(
                PlustaakParticipation.until_date.is_(None),
                PlustaakParticipation.until_date > until_date,
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
