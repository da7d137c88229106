"""Freeze the money of a plustaak while its threshold is not met, and free it when it is again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import today
from extranet.coalitions.events import PlustaakFrozen, PlustaakThawed
from extranet.coalitions.models import Coalition, CoalitionState, Plustaak, PlustaakState
from extranet.coalitions.queries.plustaak_parties import Parties, parties_by_plustaak
from extranet.coalitions.rules.threshold import Standing
from extranet.events import emit

WINDING_UP = frozenset({CoalitionState.CLOSING, CoalitionState.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A plustaak whose money was frozen or freed, and how it stands."""

    plustaak: Plustaak
    standing: Standing


def recount_plustaken(
    session: Session, *, coalition: Coalition, actor: Actor | None, day: date | None = None
) -> tuple[Moved, ...]:
    """Freeze or free each plustaak as its own participants and its coalition ask; return which.

    One that is live is frozen whenever it is below its threshold; one that is not yet live once it
    falls below. A coalition that winds up changes nothing any more.
    """
    if coalition.state in WINDING_UP:
        return ()
    day = day or today(session)
    plustaken = session.scalars(
        select(Plustaak)
        .where(Plustaak.coalition_id == coalition.id)
        .order_by(Plustaak.id)
        .with_for_update()
    ).all()
    if not plustaken:
        return ()
    parties = parties_by_plustaak(
        session, region_id=coalition.region_id, coalition_id=coalition.id, day=day
    )
    is_below = coalition.state == CoalitionState.BELOW_THRESHOLD
    moved = []
    for plustaak in plustaken:
        frozen = is_below or _is_frozen_by_itself(plustaak, parties[plustaak.id], day)
        if frozen != (plustaak.frozen_on is not None):
            plustaak.frozen_on = day if frozen else None
            _tell(session, coalition, plustaak, actor)
            moved.append(Moved(plustaak=plustaak, standing=parties[plustaak.id].standing(day)))
    session.flush()
    return tuple(moved)


def that_are_on(moved: Iterable[Moved]) -> tuple[Moved, ...]:
    """Return those that people work in: nobody is mailed about one that is off."""
    return tuple(one for one in moved if one.plustaak.state == PlustaakState.ON)


def _is_frozen_by_itself(plustaak: Plustaak, parties: Parties, day: date) -> bool:
    """Tell whether a plustaak is below its own threshold, whatever its coalition does.

    Before it is live it must have met its threshold once: who is still gathering is not frozen.
    """
    if parties.standing(day).is_met:
        return False
    if plustaak.live_since is not None:
        return bool(parties.everybody)
    was_met = parties.standing(day - timedelta(days=1)).is_met
    return was_met or (plustaak.frozen_on is not None and bool(parties.everybody))


def _tell(session: Session, coalition: Coalition, plustaak: Plustaak, actor: Actor | None) -> None:
    is_frozen = plustaak.frozen_on is not None
    event = PlustaakFrozen if is_frozen else PlustaakThawed
    record(
        session,
        actor=actor,
        action="plustaak.frozen" if is_frozen else "plustaak.thawed",
        subject=Subject("plustaak", plustaak.id, f"{plustaak.plugin}, {coalition.name}"),
        region_id=coalition.region_id,
        coalition_id=coalition.id,
    )
    emit(
        session,
        event(
            region_id=coalition.region_id,
            coalition_id=coalition.id,
            plustaak_id=plustaak.id,
            plugin=plustaak.plugin,
        ),
    )
