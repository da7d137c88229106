"""Count the threshold and act on it: money frozen below it, freed above it, everyone told."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.clock import today
from extranet.coalitions.models import Coalition, CoalitionState, Participation, Plustaak
from extranet.coalitions.queries.parties import standing_of
from extranet.coalitions.rules.threshold import GRACE_DAYS, state_after
from extranet.coalitions.services.freezing import recount_plustaken, that_are_on
from extranet.coalitions.services.initiatives import move
from extranet.coalitions.services.mails import tell_plustaken, tell_state
from extranet.coalitions.services.plustaak_participation import leave_all
from extranet.errors import Conflict
from extranet.i18n import Text


def recount(
    session: Session, *, coalition: Coalition, actor: Actor | None, day: date | None = None
) -> None:
    """Bring a coalition to the state that its participants of a day (today) ask for.

    Below the threshold the money of its plustaken is frozen, reading stays, the admins and the
    participants are told, and a grace date is set. Each plustaak is counted for itself as well;
    whatever moves, everybody gets one mail.
    """
    day = day or today(session)
    standing = standing_of(
        session, region_id=coalition.region_id, coalition_id=coalition.id, day=day
    )
    before = coalition.state
    after = CoalitionState(state_after(before, standing))
    if after != before:
        is_below = after == CoalitionState.BELOW_THRESHOLD
        coalition.below_since = day if is_below else None
        coalition.grace_until = day + timedelta(days=GRACE_DAYS) if is_below else None
        move(session, coalition, after, actor)
    moved = recount_plustaken(session, coalition=coalition, actor=actor, day=day)
    if after != before:
        tell_state(session, coalition=coalition, standing=standing)
    else:
        tell_plustaken(session, coalition=coalition, moved=that_are_on(moved))


def recount_all(session: Session) -> int:
    """Count every coalition again, for what the calendar changed; return how many moved."""
    moved = 0
    coalitions = session.scalars(
        select(Coalition)
        .where(
            Coalition.state.in_(
                (CoalitionState.FORMING, CoalitionState.ACTIVE, CoalitionState.BELOW_THRESHOLD)
            )
        )
        .order_by(Coalition.id)
        .with_for_update()
    )
    for coalition in coalitions.all():
        before = coalition.state
        recount(session, coalition=coalition, actor=None)
        moved += coalition.state != before
    return moved


def start_closing(session: Session, *, coalition: Coalition, actor: Actor) -> None:
    """Begin to wind a coalition up: nobody joins, no plustaak goes live any more."""
    if coalition.state in (CoalitionState.CLOSING, CoalitionState.CLOSED):
        raise Conflict(Text("This coalition is closing already."))
    coalition.below_since = coalition.grace_until = None
    move(session, coalition, CoalitionState.CLOSING, actor)


def close(session: Session, *, coalition: Coalition, actor: Actor) -> None:
    """Close a coalition for good; it stays readable. Its plustaken must be off or archived."""
    if coalition.state != CoalitionState.CLOSING:
        raise Conflict(Text("Start closing first."))
    still_on = session.scalar(
        select(Plustaak.id).where(Plustaak.coalition_id == coalition.id, Plustaak.state == "on")
    )
    if still_on is not None:
        raise Conflict(Text("A plustaak is still on. Archive it, or switch it off, first."))
    coalition.closed_on = today(session)
    for one in session.scalars(
        select(Participation).where(
            Participation.coalition_id == coalition.id,
            or_(
                Participation.until_date.is_(None),
                Participation.until_date > coalition.closed_on,
            ),
        )
    ):
        one.until_date = max(coalition.closed_on, one.from_date)
        leave_all(
            session,
            coalition=coalition,
            organisation_id=one.organisation_id,
            until_date=one.until_date,
            actor=actor,
        )
    move(session, coalition, CoalitionState.CLOSED, actor)
