"""Sign-in sessions: a random token in the cookie, its hash in the database."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import now, today
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.people.events import TenureEnded
from extranet.people.models import LoginSession, Person, Tenure
from extranet.people.queries import hash_token

TOKEN_BYTES = 32
PENDING_LASTS = timedelta(minutes=15)


def start_session(
    session: Session,
    *,
    person: Person,
    browser: str,
    address: str,
    hours: int,
    pending: bool = False,
) -> str:
    """Start a session and return its token; `pending` waits for the second factor."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    moment = now(session)
    session.add(
        LoginSession(
            token_hash=hash_token(token),
            person_id=person.id,
            needs_second_factor=pending,
            browser=browser[:200],
            address=address[:60],
            created_at=moment,
            last_used_at=moment,
            expires_at=moment + (PENDING_LASTS if pending else timedelta(hours=hours)),
        )
    )
    if not pending:
        subject = Subject("person", person.id)
        record(session, actor=None, action="person.signed_in", subject=subject)
    return token


def touch(session: Session, *, login_session_id: int) -> None:
    """Write down that a session was used now."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.id == login_session_id)
        .values(last_used_at=now(session))
    )


def find_pending(session: Session, token: str | None) -> tuple[LoginSession, Person] | None:
    """Return the session that waits for a second factor and its person."""
    if not token:
        return None
    row = session.execute(
        select(LoginSession, Person)
        .join(Person, Person.id == LoginSession.person_id)
        .where(
            LoginSession.token_hash == hash_token(token),
            LoginSession.needs_second_factor,
            LoginSession.ended_at.is_(None),
            LoginSession.expires_at > now(session),
            Person.disabled_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def end_session(session: Session, *, login_session_id: int, actor: Actor) -> None:
    """End one session of the actor; somebody else's does not exist for them."""
    found = session.get(LoginSession, login_session_id)
    if found is None or found.person_id != actor.person_id:
        raise NotFound(Text("This session does not exist."))
    found.ended_at = found.ended_at or now(session)
    record(session, actor=actor, action="session.ended", subject=Subject("session", found.id))


def end_sessions(session: Session, *, person_id: int, keep_id: int | None = None) -> None:
    """End every session of a person, except perhaps the present one."""
    wanted = [LoginSession.person_id == person_id, LoginSession.ended_at.is_(None)]
    if keep_id is not None:
        wanted.append(LoginSession.id != keep_id)
    session.execute(update(LoginSession).where(*wanted).values(ended_at=now(session)))


def end_after_tenure(session: Session, event: TenureEnded) -> None:
    """End the sessions of somebody whose last day on a seat has passed.

    On a later last day nothing needs to end: every request reads who sits where today.
    """
    tenure = session.get_one(Tenure, event.tenure_id)
    if tenure.until_date is not None and tenure.until_date < today(session):
        end_sessions(session, person_id=event.person_id)


def end_by_token(session: Session, token: str) -> None:
    """End the session that a browser had, before it gets another one."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.token_hash == hash_token(token), LoginSession.ended_at.is_(None))
        .values(ended_at=now(session))
    )


def act_for(session: Session, *, actor: Actor, region_slug: str, organisation_id: int) -> None:
    """Let the actor act for an organisation in a region; they must hold a seat there."""
    held = any(
        seat.region.slug == region_slug and seat.organisation.id == organisation_id
        for seat in actor.seats
    )
    if not held:
        raise NotFound(Text("You hold no seat there."))
    login = session.get_one(LoginSession, actor.login_session_id)
    login.acting_organisation_id = organisation_id
