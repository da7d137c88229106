"""Guests: an organisation that is no member gets a seat in one coalition, and sees nothing else."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Actor, Role
from extranet.activity.services import Subject, record
from extranet.clock import today
from extranet.coalitions.models import Coalition, CoalitionState
from extranet.errors import Conflict, InvalidInput, NotFound
from extranet.i18n import Text
from extranet.membership.models import Organisation, Seat
from extranet.membership.queries.members import members_on
from extranet.people.models import Invitation, Tenure


def make_guest_seat(
    session: Session, *, coalition: Coalition, code: str, title: str, actor: Actor
) -> Seat:
    """Make a seat in one coalition for an organisation that is no member of the region."""
    if coalition.state == CoalitionState.CLOSED:
        raise Conflict(Text("This coalition is closed; nothing changes in it any more."))
    organisation = session.scalar(
        select(Organisation).where(Organisation.code == code.strip().lower())
    )
    if organisation is None:
        message = Text("No organisation has this code. Ask the operator to add it first.")
        raise InvalidInput({"code": message})
    members = members_on(session, coalition.region_id, today(session))
    if organisation.id in {one.organisation_id for one in members}:
        message = Text("%(name)s is a member of the region already.", name=organisation.name)
        raise InvalidInput({"code": message})
    seat = Seat(
        region_id=coalition.region_id,
        organisation_id=organisation.id,
        coalition_id=coalition.id,
        title=title.strip(),
        role=Role.READER,
    )
    session.add(seat)
    session.flush()
    _record(session, coalition, seat, "guest.let_in", actor)
    return seat


def end_guest_seat(session: Session, *, coalition: Coalition, seat_id: int, actor: Actor) -> None:
    """Take a guest's seat away: who sits there is out at the very next request."""
    seat = session.scalar(
        select(Seat).where(Seat.id == seat_id, Seat.coalition_id == coalition.id).with_for_update()
    )
    if seat is None:
        raise NotFound(Text("This guest is not in this coalition."))
    yesterday = today(session) - timedelta(days=1)
    if seat.ended_on is not None and seat.ended_on <= yesterday:
        return
    seat.ended_on = yesterday
    for tenure in session.scalars(select(Tenure).where(Tenure.seat_id == seat.id)):
        if tenure.until_date is None or tenure.until_date > yesterday:
            tenure.until_date = max(yesterday, tenure.from_date)
    for invitation in session.scalars(
        select(Invitation).where(Invitation.seat_id == seat.id, Invitation.accepted_at.is_(None))
    ):
        invitation.revoked_at = session.info["clock"].now()
    session.flush()
    _record(session, coalition, seat, "guest.ended", actor)


def _record(session: Session, coalition: Coalition, seat: Seat, action: str, actor: Actor) -> None:
    name = session.get_one(Organisation, seat.organisation_id).name
    record(
        session,
        actor=actor,
        action=action,
        subject=Subject("seat", seat.id, f"{name}, {coalition.name}"),
        region_id=coalition.region_id,
        coalition_id=coalition.id,
    )
