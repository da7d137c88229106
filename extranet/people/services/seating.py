"""Seats: make one, change it, close it for good, and tell what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Actor, Role
from extranet.activity.services import Subject, record
from extranet.clock import today
from extranet.errors import InvalidInput
from extranet.events import emit
from extranet.i18n import DEFAULT_LOCALE, Text, translate
from extranet.membership.models import Body, Organisation, Seat
from extranet.people.events import SeatInventoryAsked
from extranet.people.queries.seats import members_to_seat
from extranet.people.services.admins import keeping_an_admin


def make_seat(
    session: Session,
    *,
    region_id: int,
    actor: Actor,
    organisation_id: int,
    title: str,
    role: Role,
    body_id: int | None,
) -> Seat:
    """Make a seat at a member of a region, perhaps in one of its bodies."""
    member = members_to_seat(session, region_id).get(organisation_id)
    if member is None:
        raise InvalidInput({"organisation_id": Text("Choose a member of this region.")})
    _check_body(session, region_id, body_id)
    seat = Seat(
        region_id=region_id,
        organisation_id=organisation_id,
        title=title.strip(),
        role=role,
        body_id=body_id,
        ended_on=member.until_date,
    )
    session.add(seat)
    session.flush()
    _record(session, actor, "seat.made", seat)
    return seat


def make_admin_seat(session: Session, *, region_id: int, code: str, actor: Actor) -> Seat:
    """Make a region admin's seat at an organisation, for the operator who sets a region up.

    The organisation need not be a member yet: a new region has none, and its admin adds them.
    """
    organisation_id = session.scalar(select(Organisation.id).where(Organisation.code == code))
    if organisation_id is None:
        message = Text("No organisation has this code. The list of organisations has them all.")
        raise InvalidInput({"code": message})
    seat = Seat(
        region_id=region_id,
        organisation_id=organisation_id,
        title=translate(Text("Region admin"), DEFAULT_LOCALE),
        role=Role.REGION_ADMIN,
    )
    session.add(seat)
    session.flush()
    subject = Subject("seat", seat.id, seat.title)
    record(session, actor=actor, action="seat.made", subject=subject, region_id=region_id)
    return seat


def change_seat(
    session: Session, *, actor: Actor, seat: Seat, title: str, role: Role, body_id: int | None
) -> None:
    """Change the title, role or body of a seat; its holder has the new role at once."""
    _check_body(session, seat.region_id, body_id)
    before = {"title": seat.title, "role": seat.role, "body_id": seat.body_id}
    with keeping_an_admin(session, seat.region_id):
        seat.title, seat.role, seat.body_id = title.strip(), role, body_id
    after = {"title": seat.title, "role": seat.role, "body_id": seat.body_id}
    _record(session, actor, "seat.changed", seat, before=before, after=after)


def end_seat(session: Session, *, actor: Actor, seat: Seat, last_day: date) -> None:
    """Close a seat for good after a last day, today or later; its holder has access until then.

    Raises InvalidInput for a day that has passed, or after which the seat has ended already.
    """
    if last_day < today(session):
        raise InvalidInput({"ended_on": Text("This day has passed.")})
    if seat.ended_on is not None and last_day >= seat.ended_on:
        message = Text("This seat already ends on %(day)s.", day=seat.ended_on)
        raise InvalidInput({"ended_on": message})
    before = seat.ended_on.isoformat() if seat.ended_on else None
    with keeping_an_admin(session, seat.region_id):
        seat.ended_on = last_day
    after = {"ended_on": last_day.isoformat()}
    _record(session, actor, "seat.ended", seat, before={"ended_on": before}, after=after)


def hangs_on(session: Session, *, seat: Seat) -> list[Text]:
    """Return what hangs on a seat: its body, and what the other domains know."""
    asked = SeatInventoryAsked(seat_id=seat.id)
    if seat.body_id is not None:
        body = session.get_one(Body, seat.body_id)
        asked.items.append(Text("A seat in %(body)s.", body=body.name))
    emit(session, asked)
    return asked.items


def _check_body(session: Session, region_id: int, body_id: int | None) -> None:
    if body_id is None:
        return
    body = session.get(Body, body_id)
    if body is None or body.region_id != region_id:
        raise InvalidInput({"body_id": Text("Choose a body of this region.")})


def _record(
    session: Session,
    actor: Actor,
    action: str,
    seat: Seat,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    subject = Subject("seat", seat.id, seat.title)
    record(session, actor=actor, action=action, subject=subject, before=before, after=after)
