"""Propose a coalition, hear who is interested, and let it form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import now, today
from extranet.coalitions.events import CoalitionStateChanged
from extranet.coalitions.models import Answer, Coalition, CoalitionState, Interest
from extranet.errors import Conflict, InvalidInput
from extranet.events import emit
from extranet.i18n import Text
from extranet.membership.models import MembershipKind, Region, Seat
from extranet.membership.queries.members import members_on

# Parts of an address under the list of coalitions that are no coalition.
TAKEN = frozenset({"nieuw", "coalities"})
LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What somebody proposes: a name, what it should reach, and why now."""

    name: str
    aim: str
    reason: str


def propose(
    session: Session, *, region_id: int, proposal: Proposal, organisation_id: int, actor: Actor
) -> Coalition:
    """Put an initiative on the list of the region; the proposing member says "we join" with it.

    Only a deelnemer proposes. The address follows from the name and stays.
    """
    _check_deelnemer(session, region_id, organisation_id)
    session.scalar(select(Region.id).where(Region.id == region_id).with_for_update())
    _check_name(session, region_id, proposal.name)
    coalition = Coalition(
        region_id=region_id,
        slug=_free_slug(session, region_id, proposal.name),
        name=proposal.name,
        aim=proposal.aim,
        reason=proposal.reason,
        proposed_by_id=organisation_id,
        proposed_on=today(session),
        state=CoalitionState.INITIATIVE,
    )
    session.add(coalition)
    session.flush()
    _record(session, coalition, "coalition.proposed", actor, after={"aim": proposal.aim})
    answer(
        session,
        coalition=coalition,
        organisation_id=organisation_id,
        said=Answer.JOIN,
        note="",
        actor=actor,
    )
    return coalition


def answer(
    session: Session,
    *,
    coalition: Coalition,
    organisation_id: int,
    said: Answer,
    note: str,
    actor: Actor,
) -> None:
    """Write down what a member says to an initiative; a later answer replaces an earlier one."""
    if coalition.state not in (CoalitionState.INITIATIVE, CoalitionState.FORMING):
        raise Conflict(Text("This coalition has formed already. Ask its lead to let you in."))
    members = {
        one.organisation_id for one in members_on(session, coalition.region_id, today(session))
    }
    if organisation_id not in members:
        raise InvalidInput({"": Text("Only a member of the region can answer.")})
    key = {"coalition_id": coalition.id, "organisation_id": organisation_id}
    interest = session.get(Interest, key, with_for_update=True)
    before = interest.answer if interest else None
    if interest is None:
        interest = Interest(**key)
        session.add(interest)
    interest.answer, interest.note = said, note
    interest.person_id, interest.answered_at = actor.person_id, now(session)
    session.flush()
    _record(
        session,
        coalition,
        "coalition.answered",
        actor,
        before={"answer": before},
        after={"answer": said},
    )


def edit_coalition(
    session: Session,
    *,
    coalition: Coalition,
    proposal: Proposal,
    lead_seat_id: int | None,
    actor: Actor,
) -> None:
    """Change the name, aim, reason and lead; the address stays as it is."""
    _check_open(coalition)
    if proposal.name.casefold() != coalition.name.casefold():
        _check_name(session, coalition.region_id, proposal.name)
    _check_lead(session, coalition, lead_seat_id)
    before = _plain(coalition)
    coalition.name, coalition.aim = proposal.name, proposal.aim
    coalition.reason, coalition.lead_seat_id = proposal.reason, lead_seat_id
    session.flush()
    after = _plain(coalition)
    changed = {name for name in after if after[name] != before[name]}
    if changed:
        _record(
            session,
            coalition,
            "coalition.edited",
            actor,
            before={name: before[name] for name in sorted(changed)},
            after={name: after[name] for name in sorted(changed)},
        )


def start_forming(
    session: Session, *, coalition: Coalition, lead_seat_id: int | None, actor: Actor
) -> None:
    """Let an initiative form: from now on organisations take part and their bodies consent."""
    if coalition.state != CoalitionState.INITIATIVE:
        raise Conflict(Text("This coalition is forming already."))
    if lead_seat_id is None:
        raise InvalidInput({"lead_seat_id": Text("Choose the seat that leads.")})
    _check_lead(session, coalition, lead_seat_id)
    coalition.lead_seat_id = lead_seat_id
    move(session, coalition, CoalitionState.FORMING, actor)


ACTIONS = {
    CoalitionState.FORMING: "coalition.forming",
    CoalitionState.ACTIVE: "coalition.active",
    CoalitionState.BELOW_THRESHOLD: "coalition.below_threshold",
    CoalitionState.CLOSING: "coalition.closing",
    CoalitionState.CLOSED: "coalition.closed",
}


def move(
    session: Session, coalition: Coalition, state: CoalitionState, actor: Actor | None
) -> None:
    """Bring a coalition to another state, write it down and tell who listens."""
    before, coalition.state = coalition.state, state
    session.flush()
    _record(
        session,
        coalition,
        ACTIONS[state],
        actor,
        before={"state": before},
        after={"state": state},
    )
    emit(
        session,
        CoalitionStateChanged(
            region_id=coalition.region_id, coalition_id=coalition.id, before=before, after=state
        ),
    )


def _check_open(coalition: Coalition) -> None:
    if coalition.state == CoalitionState.CLOSED:
        raise Conflict(Text("This coalition is closed; nothing changes in it any more."))


def _check_deelnemer(session: Session, region_id: int, organisation_id: int) -> None:
    day = today(session)
    members = members_on(session, region_id, day)
    deelnemers = {one.organisation_id for one in members if one.part == MembershipKind.DEELNEMER}
    if organisation_id not in deelnemers:
        raise InvalidInput({"": Text("Only a deelnemer of the region can propose a coalition.")})


def _check_name(session: Session, region_id: int, name: str) -> None:
    names: Collection[str] = session.scalars(
        select(Coalition.name).where(Coalition.region_id == region_id)
    ).all()
    if name.casefold() in {one.casefold() for one in names}:
        raise InvalidInput({"name": Text("This region already has a coalition with this name.")})


def _check_lead(session: Session, coalition: Coalition, seat_id: int | None) -> None:
    if seat_id is None:
        return
    seat = session.get(Seat, seat_id)
    here = seat is not None and seat.region_id == coalition.region_id and seat.coalition_id is None
    if seat is None or not here or (seat.ended_on and seat.ended_on < today(session)):
        raise InvalidInput({"lead_seat_id": Text("Choose a seat of this region.")})


def _free_slug(session: Session, region_id: int, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    wanted = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_SLUG - 4] or "coalitie"
    taken = TAKEN | set(
        session.scalars(select(Coalition.slug).where(Coalition.region_id == region_id))
    )
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def _plain(coalition: Coalition) -> dict[str, object]:
    return {
        "name": coalition.name,
        "aim": coalition.aim,
        "reason": coalition.reason,
        "lead_seat_id": coalition.lead_seat_id,
    }


def _record(
    session: Session,
    coalition: Coalition,
    action: str,
    actor: Actor | None,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    record(
        session,
        actor=actor,
        action=action,
        subject=Subject("coalition", coalition.id, coalition.name),
        region_id=coalition.region_id,
        coalition_id=coalition.id,
        before=before,
        after=after,
    )
