"""Count attempts, so that guessing is slow; all workers share the counters.

An attempt is counted before it is judged, in a transaction of its own: attempts side by side
cannot slip past each other, and one that fails still counts. One that succeeds is given back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import case, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from extranet.clock import now
from extranet.db import Database
from extranet.errors import TooMany
from extranet.i18n import Text
from extranet.people.models import AttemptCounter


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `attempts` in `window`, per key."""

    name: str
    attempts: int
    window: timedelta


SIGN_IN_ACCOUNT = Limit("sign-in-account", 10, timedelta(minutes=15))
# A whole town hall may share one address, so only what fails stays counted here.
SIGN_IN_ADDRESS = Limit("sign-in-address", 100, timedelta(minutes=15))
RESET_ACCOUNT = Limit("reset-account", 3, timedelta(hours=1))
RESET_ADDRESS = Limit("reset-address", 30, timedelta(hours=1))
SECOND_FACTOR = Limit("second-factor", 6, timedelta(minutes=15))
PASSWORD_AGAIN = Limit("password-again", 10, timedelta(minutes=15))
INVITATION = Limit("invitation", 60, timedelta(minutes=15))


def count_attempt(database: Database, limit: Limit, key: str) -> None:
    """Count one attempt and raise TooMany above the limit.

    Commits by itself: an attempt counts also when what was attempted fails.
    """
    with database.unit_of_work() as session:
        moment = now(session)
        session.execute(delete(AttemptCounter).where(AttemptCounter.expires_at <= moment))
        insert = (sqlite if database.is_sqlite else postgresql).insert(AttemptCounter)
        row = session.execute(
            insert.values(key=_name(limit, key), attempts=1, expires_at=moment + limit.window)
            .on_conflict_do_update(
                index_elements=[AttemptCounter.key],
                set_={
                    "attempts": case(
                        (AttemptCounter.attempts > limit.attempts, AttemptCounter.attempts),
                        else_=AttemptCounter.attempts + 1,
                    )
                },
            )
            .returning(AttemptCounter.attempts, AttemptCounter.expires_at)
        ).one()
    if row.attempts > limit.attempts:
        raise _too_many(row.expires_at, moment)


def forget_attempts(database: Database, limit: Limit, key: str) -> None:
    """Start counting anew for a key, after it proved to be who it said."""
    with database.unit_of_work() as session:
        session.execute(delete(AttemptCounter).where(AttemptCounter.key == _name(limit, key)))


def give_back(database: Database, limit: Limit, key: str) -> None:
    """Take one attempt off a key that many people share, after theirs succeeded."""
    with database.unit_of_work() as session:
        session.execute(
            update(AttemptCounter)
            .where(AttemptCounter.key == _name(limit, key), AttemptCounter.attempts > 0)
            .values(attempts=AttemptCounter.attempts - 1)
        )


def _name(limit: Limit, key: str) -> str:
    """Return the stored key; only a hash of the address or account is kept."""
    return f"{limit.name}:{sha256(key.strip().lower().encode()).hexdigest()}"


def _too_many(expires_at: datetime, moment: datetime) -> TooMany:
    seconds = max(1, int((expires_at - moment).total_seconds()))
    minutes = -(-seconds // 60)
    if minutes == 1:
        return TooMany(Text("Too many attempts. Try again in one minute."), seconds)
    message = Text("Too many attempts. Try again in %(minutes)s minutes.", minutes=minutes)
    return TooMany(message, seconds)
