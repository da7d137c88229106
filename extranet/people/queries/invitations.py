"""Reads about invitations: behind a link, and those of a region that wait for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.clock import now
from extranet.errors import Gone
from extranet.i18n import Text
from extranet.membership.models import Organisation, Region, Seat
from extranet.people.models import Invitation
from extranet.people.queries.signing_in import hash_token

GONE = Text("This invitation was used, withdrawn or is too old. Ask for a new one.")
_WAITS = (Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))


def get_open_invitation(session: Session, token: str) -> Invitation:
    """Return the invitation of a link; raise NotFound when it is used, revoked or too old."""
    invitation = session.scalar(
        select(Invitation).where(
            Invitation.token_hash == hash_token(token),
            *_WAITS,
            Invitation.expires_at > now(session),
        )
    )
    if invitation is None:
        raise Gone(GONE)
    return invitation


def get_waiting_invitation(session: Session, *, region_id: int, invitation_id: int) -> Invitation:
    """Return an invitation of this region that was not answered, to withdraw; raise NotFound."""
    invitation = session.scalar(
        select(Invitation)
        .join(Seat, Seat.id == Invitation.seat_id)
        .where(Invitation.id == invitation_id, Seat.region_id == region_id, *_WAITS)
        .with_for_update(of=Invitation)
    )
    if invitation is None:
        raise Gone(GONE)
    return invitation


def invitations_to(session: Session, seat: Seat | None) -> Sequence[Invitation]:
    """Return the invitations to a seat that wait for an answer; None: to be operator."""
    statement = select(Invitation).where(Invitation.seat_id == (seat.id if seat else None), *_WAITS)
    return session.scalars(statement).all()


def offered_seat(session: Session, invitation: Invitation) -> tuple[str, str, str] | None:
    """Return function, organisation and region that are offered; None for an operator."""
    row = session.execute(
        select(Seat.title, Organisation.name, Region.name)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .join(Region, Region.id == Seat.region_id)
        .where(Seat.id == invitation.seat_id)
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def open_invitations(session: Session, region_id: int) -> Sequence[Any]:
    """Return the invitations of a region that were not accepted yet, newest first."""
    return session.execute(
        select(
            Invitation.id,
            Invitation.name,
            Invitation.email,
            Invitation.created_at,
            Invitation.expires_at,
            Seat.title,
            Organisation.name.label("organisation"),
        )
        .join(Seat, Seat.id == Invitation.seat_id)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .where(Seat.region_id == region_id, *_WAITS)
        .order_by(Invitation.id.desc())
        .limit(200)
    ).all()
