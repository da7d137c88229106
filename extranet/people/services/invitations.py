"""Accounts come by invitation only: a link by mail that works once and expires."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import now, today
from extranet.db import unless_taken
from extranet.errors import Conflict, Gone, InvalidInput, NotAllowed
from extranet.i18n import DEFAULT_LOCALE, Text
from extranet.membership.models import Organisation, Region, Seat
from extranet.outbox.services import queue_mail
from extranet.people.models import Employment, Invitation, Person
from extranet.people.queries import hash_token
from extranet.people.queries.accounts import find_person
from extranet.people.queries.invitations import GONE, get_open_invitation, invitations_to
from extranet.people.rules import Span
from extranet.people.services.tenures import is_taken, refuse_taken, start_tenure

TOKEN_BYTES = 32
HAS_ACCOUNT = Text("This address has an account already. Sign in and accept again.")


def invite(
    session: Session,
    *,
    email: str,
    name: str,
    seat: Seat | None,
    actor: Actor | None,
    base_url: str,
    days: int,
    from_date: date | None = None,
    employment: Employment = Employment.PERMANENT,
) -> str:
    """Invite somebody to a seat, or as operator when there is no seat; return the link.

    The mail leaves after the commit. An earlier one to the same seat is withdrawn. A seat is for
    one person: raises InvalidInput when somebody sits there from that day on, or is invited.
    """
    moment, address = now(session), email.strip().lower()
    start = from_date or today(session)
    _refuse_unfit(session, seat, start)
    _revoke_earlier(session, address, seat)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        email=address,
        name=name.strip(),
        seat_id=seat.id if seat else None,
        for_operator=seat is None,
        from_date=start,
        employment=employment,
        token_hash=hash_token(token),
        invited_by=actor.person_id if actor else None,
        created_at=moment,
        expires_at=moment + timedelta(days=days),
    )
    session.add(invitation)
    session.flush()
    link = f"{base_url.rstrip('/')}/uitnodiging/{token}"
    _send(session, invitation, seat, link, days)
    _record_sent(session, invitation, seat, actor)
    return link


def _record_sent(
    session: Session, invitation: Invitation, seat: Seat | None, actor: Actor | None
) -> None:
    subject = Subject("invitation", invitation.id, seat.title if seat else "")
    region_id = seat.region_id if seat else None
    record(session, actor=actor, action="invitation.sent", subject=subject, region_id=region_id)


def _refuse_unfit(session: Session, seat: Seat | None, start: date) -> None:
    """Raise InvalidInput when nobody can start on a seat on this day."""
    if start < today(session):
        raise InvalidInput({"from_date": Text("This day has passed.")})
    if seat is None:
        return
    if seat.ended_on is not None and seat.ended_on < start:
        raise InvalidInput({"from_date": Text("The seat has ended by then. Make a new one.")})
    refuse_taken(session, seat, Span(first=start, last=None), field="from_date")


def _revoke_earlier(session: Session, address: str, seat: Seat | None) -> None:
    """Withdraw the open invitations of the same address to the same seat.

    Raises InvalidInput when another address has one to it that still works.
    """
    for earlier in invitations_to(session, seat):
        if earlier.email == address:
            earlier.revoked_at = now(session)
        elif seat is not None and earlier.expires_at > now(session):
            message = Text("Somebody else is invited to this seat. Withdraw that invitation first.")
            raise InvalidInput({"email": message})


def accept_as_new(
    session: Session, *, token: str, name: str, password_hash: str, locale: str
) -> Person:
    """Make the account of somebody who was invited and put them on the seat."""
    invitation = _claim(session, token)
    if find_person(session, invitation.email) is not None:
        raise Conflict(HAS_ACCOUNT)
    person = Person(
        email=invitation.email,
        name=name.strip(),
        locale=locale,
        password_hash=password_hash,
        is_operator=False,
        created_at=now(session),
    )
    session.add(person)
    with unless_taken(Conflict(HAS_ACCOUNT)):
        session.flush()
    _take_seat(session, invitation, person, None)
    return person


def accept_as_known(session: Session, *, token: str, actor: Actor) -> Person:
    """Put somebody who has an account on the seat; only its owner can, signed in."""
    invitation = _claim(session, token)
    person = session.get_one(Person, actor.person_id)
    if person.email != invitation.email:
        raise NotAllowed(Text("This invitation is for another address. Sign in with that one."))
    _take_seat(session, invitation, person, actor)
    return person


def _claim(session: Session, token: str) -> Invitation:
    """Use a link up; of two requests with one link the second finds it used.

    The seat comes first, as it does for who invites: the other way round they could block
    each other.
    """
    invitation = get_open_invitation(session, token)
    if invitation.seat_id is not None:
        session.get_one(Seat, invitation.seat_id, with_for_update=True)
    claimed = session.scalar(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(accepted_at=now(session))
        .returning(Invitation.id)
    )
    if claimed is None:
        raise Gone(GONE)
    return invitation


def _take_seat(
    session: Session, invitation: Invitation, person: Person, actor: Actor | None
) -> None:
    """Give what the invitation offers: the operator's flag, or the seat."""
    if invitation.for_operator:
        person.is_operator = True
        subject = Subject("person", person.id)
        record(session, actor=actor, action="person.made_operator", subject=subject)
    if invitation.seat_id is None:
        return
    seat, start = (
        session.get_one(Seat, invitation.seat_id),
        max(invitation.from_date, today(session)),
    )
    if seat.ended_on is not None and seat.ended_on < start:
        raise Gone(GONE)
    if is_taken(session, seat, Span(first=start, last=None)):
        raise Conflict(Text("Somebody else sits on this seat by now. Ask who invited you."))
    start_tenure(
        session,
        actor=actor,
        seat=seat,
        person_id=person.id,
        from_date=start,
        employment=invitation.employment,
    )


def revoke(session: Session, *, invitation: Invitation, actor: Actor) -> None:
    """Withdraw an invitation; its link stops working at once."""
    invitation.revoked_at = now(session)
    subject = Subject("invitation", invitation.id)
    record(session, actor=actor, action="invitation.revoked", subject=subject)


def _send(
    session: Session, invitation: Invitation, seat: Seat | None, link: str, days: int
) -> None:
    values: dict[str, object] = {"name": invitation.name, "link": link, "days": days}
    if seat is None:
        template = "people/mail_operator_invitation.txt"
    else:
        template = "people/mail_invitation.txt"
        values["title"] = seat.title
        values["organisation"] = session.get_one(Organisation, seat.organisation_id).name
        values["region"] = session.get_one(Region, seat.region_id).name
    queue_mail(
        session,
        to_address=invitation.email,
        locale=DEFAULT_LOCALE,
        template=template,
        values=values,
        kept_until=invitation.expires_at,
    )
