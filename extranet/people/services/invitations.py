"""Accounts come by invitation only: a link by mail that works once and expires."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import now, today
from extranet.errors import Conflict, Gone, InvalidInput, NotAllowed
from extranet.i18n import DEFAULT_LOCALE, Text
from extranet.membership.models import Organisation, Region, Seat
from extranet.outbox.services import queue_mail
from extranet.people.models import Employment, Invitation, Person, Tenure
from extranet.people.queries import hash_token

TOKEN_BYTES = 32


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

    The mail leaves after the commit. An earlier one to the same seat is withdrawn.
    """
    moment, address = now(session), email.strip().lower()
    _refuse_closed(session, seat)
    _revoke_earlier(session, address, seat)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        email=address,
        name=name.strip(),
        seat_id=seat.id if seat else None,
        for_operator=seat is None,
        from_date=from_date or today(session),
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
    subject = Subject("invitation", invitation.id, seat.title if seat else "")
    region_id = seat.region_id if seat else None
    record(session, actor=actor, action="invitation.sent", subject=subject, region_id=region_id)
    return link


def _refuse_closed(session: Session, seat: Seat | None) -> None:
    if seat is not None and seat.ended_on is not None and seat.ended_on < today(session):
        raise InvalidInput({"": Text("This seat has ended. Make a new one.")})


def _revoke_earlier(session: Session, address: str, seat: Seat | None) -> None:
    """Withdraw the open invitations of the same address to the same seat."""
    for earlier in session.scalars(
        select(Invitation).where(
            Invitation.email == address,
            Invitation.seat_id == (seat.id if seat else None),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
    ):
        earlier.revoked_at = now(session)


def find_open(session: Session, token: str) -> Invitation:
    """Return the invitation of a link; raise Gone when it is used, revoked or too old."""
    invitation = session.scalar(
        select(Invitation).where(
            Invitation.token_hash == hash_token(token),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now(session),
        )
    )
    if invitation is None:
        raise _gone()
    return invitation


def offered_seat(session: Session, invitation: Invitation) -> tuple[str, str, str] | None:
    """Return function, organisation and region that are offered; None for an operator."""
    row = session.execute(
        select(Seat.title, Organisation.name, Region.name)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .join(Region, Region.id == Seat.region_id)
        .where(Seat.id == invitation.seat_id)
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def find_account(session: Session, invitation: Invitation) -> Person | None:
    """Return the account that the invited address has already."""
    return session.scalar(select(Person).where(Person.email == invitation.email))


def accept_as_new(
    session: Session, *, token: str, name: str, password_hash: str, locale: str
) -> Person:
    """Make the account of somebody who was invited and put them on the seat."""
    invitation = _claim(session, token)
    if find_account(session, invitation) is not None:
        raise Conflict(Text("This address has an account already. Sign in and accept again."))
    person = Person(
        email=invitation.email,
        name=name.strip(),
        locale=locale,
        password_hash=password_hash,
        is_operator=False,
        created_at=now(session),
    )
    session.add(person)
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
    """Use a link up; of two requests with one link the second finds it used."""
    invitation = find_open(session, token)
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
        raise _gone()
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
    session.add(
        Tenure(
            person_id=person.id,
            seat_id=invitation.seat_id,
            from_date=max(invitation.from_date, today(session)),
            employment=invitation.employment,
        )
    )
    seat = session.get_one(Seat, invitation.seat_id)
    record(
        session,
        actor=actor,
        action="tenure.started",
        subject=Subject("seat", seat.id, seat.title),
        region_id=seat.region_id,
        after={"person_id": person.id},
    )


def _gone() -> Gone:
    return Gone(Text("This invitation was used, withdrawn or is too old. Ask for a new one."))


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
    )
