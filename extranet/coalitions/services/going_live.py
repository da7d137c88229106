"""Let a plustaak go live: its contracts hold, so money may be asked for and letters may go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import today
from extranet.coalitions.events import PlustaakWentLive
from extranet.coalitions.models import Coalition, Plustaak, PlustaakState
from extranet.coalitions.queries.blockers import Asked, going_live
from extranet.coalitions.queries.plustaak_parties import PlustaakParty
from extranet.coalitions.services.mails import speaking_for, tell_live
from extranet.errors import Conflict
from extranet.events import emit
from extranet.i18n import Text
from extranet.people.queries.holders import Holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Who is mailed when a plustaak goes live, and the participants where nobody is."""

    holders: tuple[Holder, ...]
    unreached: tuple[str, ...]


def readers_of(session: Session, region_id: int, parties: Iterable[PlustaakParty]) -> Readers:
    """Return the contacts and portfolio holders of participants, each once."""
    names = {one.organisation_id: one.name for one in parties}
    seats = speaking_for(session, region_id, names)
    reached = {one.organisation_id for one in seats}
    return Readers(
        holders=tuple({one.person_id: one for one in seats}.values()),
        unreached=tuple(name for number, name in names.items() if number not in reached),
    )


def go_live(
    session: Session, *, coalition: Coalition, plustaak: Plustaak, actor: Actor | None
) -> bool:
    """Let a plustaak go live, and tell; both are locked. Return whether it did so just now.

    Everything is checked again: raises Conflict with what came in between.
    """
    if plustaak.live_since is not None:
        return False
    if plustaak.state != PlustaakState.ON:
        raise Conflict(Text("This plustaak is not on; nothing changes in it."))
    found = going_live(session, _asked(coalition, plustaak))
    if found.blockers:
        what = found.blockers[0].what
        raise Conflict(Text("It cannot go live yet. %(what)s", what=what))
    plustaak.live_since = today(session)
    session.flush()
    record(
        session,
        actor=actor,
        action="plustaak.went_live",
        subject=Subject("plustaak", plustaak.id, f"{plustaak.plugin}, {coalition.name}"),
        region_id=coalition.region_id,
        coalition_id=coalition.id,
        after={"live_since": plustaak.live_since.isoformat()},
    )
    emit(
        session,
        PlustaakWentLive(
            region_id=coalition.region_id,
            coalition_id=coalition.id,
            plustaak_id=plustaak.id,
            plugin=plustaak.plugin,
            live_since=plustaak.live_since,
        ),
    )
    readers = readers_of(session, coalition.region_id, found.participants)
    tell_live(session, coalition=coalition, plugin=plustaak.plugin, readers=readers.holders)
    return True


def _asked(coalition: Coalition, plustaak: Plustaak) -> Asked:
    return Asked(
        id=plustaak.id,
        plugin=plustaak.plugin,
        region_id=coalition.region_id,
        coalition_id=coalition.id,
        coalition_state=coalition.state,
    )
