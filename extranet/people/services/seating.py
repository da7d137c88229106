"""Seats and who sits on them: make a seat, end somebody's time on it, hand over to a successor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from extranet.access import Actor, Role
from extranet.activity.services import Subject, record
from extranet.clock import today
from extranet.errors import InvalidInput, NotFound
from extranet.events import emit
from extranet.i18n import DEFAULT_LOCALE, Text, translate
from extranet.membership.models import Body, Membership, Organisation, Seat
from extranet.people.events import SeatInventoryAsked, TenureEnded
from extranet.people.models import Employment, Person, Tenure


def get_seat(session: Session, *, region_id: int, seat_id: int) -> Seat:
    """Return a seat of this region; raise NotFound for any other."""
    seat = session.get(Seat, seat_id)
    if seat is None or seat.region_id != region_id:
        raise NotFound(Text("This seat does not exist."))
    return seat


def get_tenure(session: Session, *, region_id: int, tenure_id: int) -> tuple[Tenure, Seat]:
    """Return somebody's time on a seat of this region; raise NotFound for any other."""
    row = session.execute(
        select(Tenure, Seat)
        .join(Seat, Seat.id == Tenure.seat_id)
        .where(Tenure.id == tenure_id, Seat.region_id == region_id)
    ).one_or_none()
    if row is None:
        raise NotFound(Text("This person does not sit on this seat."))
    return row[0], row[1]


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
    member = session.scalars(
        select(Membership)
        .where(
            Membership.region_id == region_id,
            Membership.organisation_id == organisation_id,
            or_(Membership.until_date.is_(None), Membership.until_date >= today(session)),
        )
        .order_by(Membership.from_date.desc())
    ).first()
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
    if seat.role == Role.REGION_ADMIN and role != Role.REGION_ADMIN:
        _refuse_without_admin(session, seat)
    before = {"title": seat.title, "role": seat.role, "body_id": seat.body_id}
    seat.title, seat.role, seat.body_id = title.strip(), role, body_id
    after = {"title": seat.title, "role": seat.role, "body_id": seat.body_id}
    _record(session, actor, "seat.changed", seat, before=before, after=after)


def end_tenure(
    session: Session,
    *,
    actor: Actor,
    tenure: Tenure,
    seat: Seat,
    until: date,
    successor_id: int | None = None,
    employment: Employment = Employment.PERMANENT,
) -> None:
    """End somebody's time on a seat; what hangs on the seat goes to the successor with it.

    `until` is the last day. The successor starts the day after. A seat without successor stays,
    empty, with everything that hangs on it.
    """
    if tenure.until_date is not None and tenure.until_date < today(session):
        raise InvalidInput({"until": Text("This person left this seat already.")})
    if until < tenure.from_date:
        raise InvalidInput({"until": Text("The last day is before the first one.")})
    if seat.role == Role.REGION_ADMIN and successor_id is None:
        _refuse_without_admin(session, seat)
    tenure.until_date = until
    _record(session, actor, "tenure.ended", seat, after={"until": until.isoformat()})
    if successor_id is not None:
        if session.get(Person, successor_id) is None:
            raise InvalidInput({"successor": Text("Choose somebody from the list.")})
        start = max(date.fromordinal(until.toordinal() + 1), today(session))
        session.add(
            Tenure(person_id=successor_id, seat_id=seat.id, from_date=start, employment=employment)
        )
        _record(session, actor, "tenure.started", seat, after={"person_id": successor_id})
    emit(
        session,
        TenureEnded(tenure_id=tenure.id, person_id=tenure.person_id, seat_id=seat.id),
    )


def hangs_on(session: Session, *, seat: Seat) -> list[Text]:
    """Return what hangs on a seat: its body, and what the other domains know."""
    asked = SeatInventoryAsked(seat_id=seat.id)
    if seat.body_id is not None:
        body = session.get_one(Body, seat.body_id)
        asked.items.append(Text("A seat in %(body)s.", body=body.name))
    emit(session, asked)
    return asked.items


def _refuse_without_admin(session: Session, seat: Seat) -> None:
    others = session.scalars(
        select(Tenure.id)
        .join(Seat, Seat.id == Tenure.seat_id)
        .where(
            Seat.region_id == seat.region_id,
            Seat.role == Role.REGION_ADMIN,
            Seat.id != seat.id,
            Tenure.until_date.is_(None),
        )
        .limit(1)
    ).first()
    if others is None:
        message = Text("This is the last region admin. Appoint another one first.")
        raise InvalidInput({"": message})


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
