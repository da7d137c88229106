"""Accounts: sign in, change a password, ask for a new one, close an account.

What checks or hashes a password takes a `Database`, not a session: argon2 is slow by design and
must not hold the write lock meanwhile.
"""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import now
from extranet.db import Database
from extranet.errors import Gone, InvalidInput
from extranet.i18n import DEFAULT_LOCALE, LOCALES, Text
from extranet.outbox.services import queue_mail
from extranet.people.models import PasswordReset, Person
from extranet.people.queries import hash_token
from extranet.people.queries.accounts import get_person
from extranet.people.queries.signing_in import get_reset
from extranet.people.services import attempts
from extranet.people.services.passwords import (
    hash_password,
    needs_rehash,
    refuse_weak,
    verify_password,
)
from extranet.people.services.sessions import end_sessions

log = logging.getLogger(__name__)


def authenticate(database: Database, *, email: str, password: str, memory_kib: int) -> int:
    """Return the number of whose address and password these are.

    Raises InvalidInput, the same and after as long for an address without an account.
    """
    with database.reading() as session:
        person = session.scalar(select(Person).where(Person.email == email.strip().lower()))
    stored = person.password_hash if person and person.disabled_at is None else None
    if not verify_password(stored, password, memory_kib=memory_kib) or person is None:
        log.warning("sign-in refused: person %s", person.id if person else "unknown")
        raise InvalidInput({"": Text("The e-mail address or the password is not right.")})
    if stored and needs_rehash(stored, memory_kib=memory_kib):
        _renew_hash(database, person.id, stored, password, memory_kib)
    return person.id


def confirm_password(database: Database, *, actor: Actor, current: str, memory_kib: int) -> Person:
    """Return the actor's account when this is their password; raise InvalidInput or TooMany."""
    attempts.count_attempt(database, attempts.PASSWORD_AGAIN, str(actor.person_id))
    with database.reading() as session:
        person = get_person(session, actor.person_id)
    if not verify_password(person.password_hash, current, memory_kib=memory_kib):
        raise InvalidInput({"current": Text("This is not your present password.")})
    attempts.forget_attempts(database, attempts.PASSWORD_AGAIN, str(actor.person_id))
    return person


def change_password(
    database: Database, *, actor: Actor, current: str, password: str, memory_kib: int
) -> None:
    """Change the actor's password; ends their other sessions and every link to reset it."""
    person = confirm_password(database, actor=actor, current=current, memory_kib=memory_kib)
    places = (name for seat in actor.seats for name in (seat.region.name, seat.organisation.name))
    refuse_weak(password, context=(person.name, person.email, *places))
    new_hash = hash_password(password, memory_kib=memory_kib)
    with database.unit_of_work() as session:
        _set_hash(session, person.id, new_hash, actor)
        end_sessions(session, person_id=person.id, keep_id=actor.login_session_id)


def change_details(session: Session, *, actor: Actor, name: str, locale: str) -> None:
    """Change the actor's own name and language."""
    session.get_one(Person, actor.person_id).name = name.strip()
    change_locale(session, actor=actor, locale=locale)
    subject = Subject("person", actor.person_id)
    record(session, actor=actor, action="person.changed", subject=subject)


def change_locale(session: Session, *, actor: Actor, locale: str) -> None:
    """Change the language of the actor's pages and mails; an unknown one changes nothing."""
    if locale in LOCALES:
        session.get_one(Person, actor.person_id).locale = locale


def ask_reset(session: Session, *, email: str, base_url: str, minutes: int) -> None:
    """Mail a link for a new password when the address has an account; otherwise do nothing."""
    address = email.strip().lower()
    person = session.scalar(
        select(Person).where(Person.email == address, Person.disabled_at.is_(None))
    )
    if person is None:
        _write_as_much(session, address)
        return
    token = secrets.token_urlsafe(32)
    moment = now(session)
    expires_at = moment + timedelta(minutes=minutes)
    session.add(
        PasswordReset(
            person_id=person.id,
            token_hash=hash_token(token),
            created_at=moment,
            expires_at=expires_at,
        )
    )
    link = f"{base_url.rstrip('/')}/wachtwoord-herstellen/{token}"
    queue_mail(
        session,
        to_address=person.email,
        locale=person.locale,
        template="people/mail_reset.txt",
        values={"name": person.name, "link": link, "minutes": minutes},
        kept_until=expires_at,
    )


def reset_password(database: Database, *, token: str, password: str, memory_kib: int) -> None:
    """Set a new password by a link; ends every session and leaves the second factor in place."""
    with database.reading() as session:
        person = get_person(session, get_reset(session, token).person_id)
    refuse_weak(password, context=(person.name, person.email))
    new_hash = hash_password(password, memory_kib=memory_kib)
    with database.unit_of_work() as session:
        _claim_reset(session, token)
        _set_hash(session, person.id, new_hash, None)
        end_sessions(session, person_id=person.id)


def close_account(session: Session, *, person: Person, actor: Actor | None) -> None:
    """Close an account; it is out at the very next request.

    Nothing happens when it is closed already; raises InvalidInput for the actor's own.
    """
    if actor is not None and actor.person_id == person.id:
        raise InvalidInput({"": Text("You cannot close your own account. Ask another operator.")})
    if person.disabled_at is not None:
        return
    person.disabled_at = now(session)
    end_sessions(session, person_id=person.id)
    _use_up_resets(session, person.id)
    record(session, actor=actor, action="person.closed", subject=Subject("person", person.id))


def reopen_account(session: Session, *, person: Person, actor: Actor | None) -> None:
    """Open a closed account again; nothing happens when it is open."""
    if person.disabled_at is None:
        return
    person.disabled_at = None
    record(session, actor=actor, action="person.reopened", subject=Subject("person", person.id))


def _set_hash(session: Session, person_id: int, new_hash: str, actor: Actor | None) -> None:
    """Store a new password; links to reset the old one stop working."""
    get_person(session, person_id).password_hash = new_hash
    _use_up_resets(session, person_id)
    subject = Subject("person", person_id)
    record(session, actor=actor, action="person.password_changed", subject=subject)


def _claim_reset(session: Session, token: str) -> None:
    """Use a link up; of two requests with one link the second finds it used."""
    claimed = session.scalar(
        update(PasswordReset)
        .where(PasswordReset.token_hash == hash_token(token), PasswordReset.used_at.is_(None))
        .values(used_at=now(session))
        .returning(PasswordReset.id)
    )
    if claimed is None:
        raise Gone(Text("This link was used or is too old. Ask for a new one."))


def _use_up_resets(session: Session, person_id: int) -> None:
    session.execute(
        update(PasswordReset)
        .where(PasswordReset.person_id == person_id, PasswordReset.used_at.is_(None))
        .values(used_at=now(session))
    )


def _renew_hash(
    database: Database, person_id: int, stored: str, password: str, memory_kib: int
) -> None:
    """Hash with today's parameters, unless the password was changed in the meantime."""
    new_hash = hash_password(password, memory_kib=memory_kib)
    with database.unit_of_work() as session:
        session.execute(
            update(Person)
            .where(Person.id == person_id, Person.password_hash == stored)
            .values(password_hash=new_hash)
        )


def _write_as_much(session: Session, address: str) -> None:
    """Write and take back as many rows as for an account, so that time gives nothing away."""
    mail = queue_mail(
        session,
        to_address=address,
        locale=DEFAULT_LOCALE,
        template="people/mail_reset.txt",
        values={},
    )
    session.flush()
    session.delete(mail)
