"""The second factor: time-based codes (RFC 6238) that work once, and recovery codes."""

from __future__ import annotations

import hmac
import secrets

import pyotp
import segno
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import now
from extranet.errors import InvalidInput
from extranet.i18n import Text
from extranet.people.models import Person, RecoveryCode
from extranet.people.queries import hash_token
from extranet.people.services.sessions import end_sessions

STEP_SECONDS = 30
ISSUER = "Extranet"
RECOVERY_CODES = 10
# Crockford's alphabet: nothing that reads as something else.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# 24 of 32 signs is 120 bits; from 112 up a plain hash is enough (ASVS 5.0, 6.5.2).
GROUPS, GROUP_LENGTH = 6, 4
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def new_secret() -> str:
    """Return a new secret for an authenticator app."""
    return pyotp.random_base32()


def picture(secret: str, email: str) -> str:
    """Return the SVG that an authenticator app scans: dark on light, also in dark mode."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    return segno.make(uri, error="m").svg_inline(scale=5, dark="#000", light="#fff")


def set_up(session: Session, *, person: Person, secret: str, code: str) -> list[str]:
    """Store the secret once its first code is right; return new recovery codes, shown once."""
    step = _matching_step(session, secret, code)
    if step is None:
        raise InvalidInput({"one_time_code": _wrong()})
    person.totp_secret, person.totp_last_step = secret, step
    subject = Subject("person", person.id)
    record(session, actor=None, action="person.second_factor_set", subject=subject)
    return make_recovery_codes(session, person_id=person.id)


def make_recovery_codes(session: Session, *, person_id: int) -> list[str]:
    """Replace the recovery codes of a person and return the new ones; only hashes are kept."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(person_id=person_id, code_hash=_hash(person_id, code)) for code in codes
    )
    subject = Subject("person", person_id)
    record(session, actor=None, action="person.recovery_codes_made", subject=subject)
    return codes


def recovery_codes_left(session: Session, *, person_id: int) -> int:
    """Return how many recovery codes still work."""
    return (
        session.scalar(
            select(func.count())
            .select_from(RecoveryCode)
            .where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
        )
        or 0
    )


def verify(session: Session, *, person: Person, code: str) -> None:
    """Accept a code of the app or a recovery code, each once; raise InvalidInput otherwise."""
    if not (_use_step(session, person, code) or _use_recovery_code(session, person, code)):
        raise InvalidInput({"one_time_code": _wrong()})


def remove(session: Session, *, person: Person, actor: Actor | None) -> None:
    """Take the second factor of a person away; they set a new one up when they next sign in.

    That is at once: whoever found the phone may be signed in with it.
    """
    person.totp_secret = None
    end_sessions(session, person_id=person.id)
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    subject = Subject("person", person.id)
    record(session, actor=actor, action="person.second_factor_removed", subject=subject)


def _use_step(session: Session, person: Person, code: str) -> bool:
    """Use the time step of a code; two requests with one code cannot both win."""
    step = _matching_step(session, person.totp_secret or "", code)
    if step is None:
        return False
    used = session.scalar(
        update(Person)
        .where(Person.id == person.id, Person.totp_last_step < step)
        .values(totp_last_step=step)
        .returning(Person.id)
        .execution_options(synchronize_session=False)
    )
    return used is not None


def _use_recovery_code(session: Session, person: Person, code: str) -> bool:
    """Use a recovery code; two requests with one code cannot both win."""
    used = session.scalar(
        update(RecoveryCode)
        .where(
            RecoveryCode.code_hash == _hash(person.id, code),
            RecoveryCode.person_id == person.id,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now(session))
        .returning(RecoveryCode.id)
        .execution_options(synchronize_session=False)
    )
    if used is None:
        return False
    subject = Subject("person", person.id)
    record(session, actor=None, action="person.recovery_code_used", subject=subject)
    return True


def _matching_step(session: Session, secret: str, code: str) -> int | None:
    """Return the present time step when this is its code, None otherwise.

    The code before it would live longer than the 30 seconds of ASVS 5.0, 6.5.5 (decision 0007).
    """
    if not secret:
        return None
    step = int(now(session).timestamp()) // STEP_SECONDS
    wanted = pyotp.TOTP(secret).at(step * STEP_SECONDS)
    plain = "".join(code.split())
    return step if hmac.compare_digest(wanted.encode(), plain.encode()) else None


def _new_code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def _hash(person_id: int, code: str) -> str:
    return hash_token(f"{person_id}:{code.upper().translate(MISREAD)}")


def _wrong() -> Text:
    return Text("This code is not right, or it was used before. Take the newest code of your app.")
