"""Switch a plugin on and off in one coalition; no other coalition notices."""

from __future__ import annotations

from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import now, today
from extranet.coalitions.events import (
    EnablingAsked,
    PlustaakArchived,
    PlustaakDisabled,
    PlustaakEnabled,
    PlustaakPurged,
)
from extranet.coalitions.models import Coalition, CoalitionState, Plustaak, PlustaakState
from extranet.coalitions.services.plustaak_participation import start_with_coalition
from extranet.errors import Conflict, InvalidInput, NotFound
from extranet.events import emit
from extranet.i18n import Text

CLOSED = Text("This coalition is closed; nothing changes in it any more.")
ARCHIVED = Text("This plustaak is archived. Open it again before you switch it on.")


def get_plustaak(session: Session, *, coalition_id: int, plugin: str) -> Plustaak:
    """Return a plustaak of a coalition to change, locked; raise NotFound when it has none such."""
    plustaak = session.scalar(
        select(Plustaak)
        .where(Plustaak.coalition_id == coalition_id, Plustaak.plugin == plugin)
        .with_for_update()
    )
    if plustaak is None:
        raise NotFound(Text("This coalition has no such plustaak."))
    return plustaak


def enable_plustaak(
    session: Session, *, coalition: Coalition, plugin: str, actor: Actor | None
) -> Plustaak:
    """Switch a plugin on in a coalition, for the first time or again, with all that it kept.

    The first time everybody takes part whose consent to the coalition is recorded.
    Raises InvalidInput with everything that stands in the way, Conflict when the coalition is
    closed or the plustaak archived.
    """
    if coalition.state == CoalitionState.CLOSED:
        raise Conflict(CLOSED)
    asked = EnablingAsked(region_id=coalition.region_id, coalition_id=coalition.id, plugin=plugin)
    emit(session, asked)
    if asked.refusals:
        raise InvalidInput({"": asked.refusals[0]})
    plustaak = session.scalar(
        select(Plustaak).where(Plustaak.coalition_id == coalition.id, Plustaak.plugin == plugin)
    )
    is_new = plustaak is None
    if plustaak is None:
        plustaak = Plustaak(coalition_id=coalition.id, plugin=plugin, enabled_at=now(session))
        session.add(plustaak)
    elif plustaak.state == PlustaakState.ARCHIVED:
        raise Conflict(ARCHIVED)
    elif plustaak.state == PlustaakState.ON:
        return plustaak
    plustaak.state = PlustaakState.ON
    session.flush()
    emit(session, PlustaakEnabled(**_place(coalition, plustaak), is_new=is_new))
    after = {}
    if is_new:
        parties = start_with_coalition(session, coalition=coalition, plustaak=plustaak)
        after["participants"] = ", ".join(parties)
    _record(session, coalition, plustaak, "plustaak.enabled", actor, **after)
    return plustaak


def disable_plustaak(
    session: Session, *, coalition: Coalition, plustaak: Plustaak, actor: Actor | None
) -> None:
    """Switch a plugin off in a coalition: its pages are gone, what it kept stays."""
    if plustaak.state != PlustaakState.ON:
        return
    plustaak.state = PlustaakState.OFF
    session.flush()
    _record(session, coalition, plustaak, "plustaak.disabled", actor)
    emit(session, PlustaakDisabled(**_place(coalition, plustaak)))


def archive_plustaak(
    session: Session, *, coalition: Coalition, plustaak: Plustaak, actor: Actor | None
) -> None:
    """Close a plustaak; the caller has given its export. It can be opened again."""
    if plustaak.state == PlustaakState.ARCHIVED:
        return
    plustaak.state, plustaak.archived_on = PlustaakState.ARCHIVED, today(session)
    session.flush()
    _record(session, coalition, plustaak, "plustaak.archived", actor)
    emit(session, PlustaakArchived(**_place(coalition, plustaak)))


def reopen_plustaak(
    session: Session, *, coalition: Coalition, plustaak: Plustaak, actor: Actor | None
) -> None:
    """Open an archived plustaak again; it is off until somebody switches it on."""
    if coalition.state == CoalitionState.CLOSED:
        raise Conflict(CLOSED)
    if plustaak.state != PlustaakState.ARCHIVED:
        return
    plustaak.state, plustaak.archived_on = PlustaakState.OFF, None
    session.flush()
    _record(session, coalition, plustaak, "plustaak.reopened", actor)


def purge_plustaak(
    session: Session, *, coalition: Coalition, plustaak: Plustaak, typed: str, actor: Actor | None
) -> None:
    """Delete what the plugin kept for a coalition, after its name was typed as confirmation.

    Everything else that the plustaak is (its agreement, budget and log) stays. It must be off.
    """
    if plustaak.state == PlustaakState.ON:
        raise Conflict(Text("Switch the plustaak off before you delete what it kept."))
    if typed.strip() != plustaak.plugin:
        message = Text("Type %(name)s to confirm.", name=plustaak.plugin)
        raise InvalidInput({"typed": message})
    _record(session, coalition, plustaak, "plustaak.purged", actor)
    emit(session, PlustaakPurged(**_place(coalition, plustaak)))


class _Place(TypedDict):
    region_id: int
    coalition_id: int
    plustaak_id: int
    plugin: str


def _place(coalition: Coalition, plustaak: Plustaak) -> _Place:
    return {
        "region_id": coalition.region_id,
        "coalition_id": coalition.id,
        "plustaak_id": plustaak.id,
        "plugin": plustaak.plugin,
    }


def _record(
    session: Session,
    coalition: Coalition,
    plustaak: Plustaak,
    action: str,
    actor: Actor | None,
    **after: str,
) -> None:
    record(
        session,
        actor=actor,
        action=action,
        subject=Subject("plustaak", plustaak.id, f"{plustaak.plugin}, {coalition.name}"),
        region_id=coalition.region_id,
        coalition_id=coalition.id,
        after={"state": plustaak.state, **after},
    )
