"""The address at which one's own calendar program reads a coalition: make, renew, stop."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from extranet.access import Actor, CoalitionRef
from extranet.activity.services import Subject, record
from extranet.clock import now
from extranet.coalitions.models import CalendarFeed
from extranet.coalitions.queries.calendar import find_feed
from extranet.people.queries import hash_token

SECRET_BYTES = 32


def make_feed(session: Session, *, coalition: CoalitionRef, actor: Actor) -> str:
    """Return the secret of a new address for the actor; an earlier one stops working.

    Only its hash is kept, so this is the one moment at which it can be shown.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = session.get(CalendarFeed, (actor.person_id, coalition.id), with_for_update=True)
    if feed is None:
        feed = CalendarFeed(person_id=actor.person_id, coalition_id=coalition.id)
        session.add(feed)
    feed.secret_hash, feed.made_at, feed.revoked_at = hash_token(secret), now(session), None
    session.flush()
    _record(session, "calendar_feed.made", coalition, actor)
    return secret


def revoke_feed(session: Session, *, coalition: CoalitionRef, actor: Actor) -> None:
    """Let the address of the actor stop working, at the very next time that it is asked for."""
    feed = find_feed(session, person_id=actor.person_id, coalition_id=coalition.id)
    if feed is not None:
        feed.revoked_at = now(session)
        session.flush()
        _record(session, "calendar_feed.revoked", coalition, actor)


def _record(session: Session, action: str, coalition: CoalitionRef, actor: Actor) -> None:
    subject = Subject("calendar_feed", coalition.id, coalition.name)
    record(session, actor=actor, action=action, subject=subject)
