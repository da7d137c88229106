"""Who is signed in; it runs on every page, so it is one prepared statement.

Also the reads of one's own account, and of the link that resets its password.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, literal, null, or_, select
from sqlalchemy.orm import Session

from extranet.access import Actor, HeldSeat, OrganisationRef, RegionRef, Role
from extranet.clock import day_of, now
from extranet.config import IDLE_MINUTES
from extranet.errors import Gone
from extranet.i18n import Text
from extranet.membership.models import Organisation, Region, Seat
from extranet.people.models import LoginSession, PasswordReset, Person, Tenure

# Nobody is signed in who comes with a secret of another kind.
NO_SESSION = 0
_PERSON = (
    Person.id,
    Person.name,
    Person.locale,
    Person.is_operator,
    Person.totp_secret.is_not(None).label("has_second_factor"),
)
_SEAT = (
    Seat.id.label("seat_id"),
    Seat.role,
    Seat.coalition_id,
    Region.id.label("region_id"),
    Region.slug,
    Region.name.label("region_name"),
    Region.is_example,
    Region.modules,
    Organisation.id.label("organisation_id"),
    Organisation.code,
    Organisation.name.label("organisation_name"),
)


def _with_seats(of: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Add the seats that the person holds today, one a row; a row without one when they hold none.

    An account that is closed holds nothing and is not there.
    """
    return (
        of.outerjoin(
            Tenure,
            and_(
                Tenure.person_id == Person.id,
                Tenure.from_date <= bindparam("today"),
                or_(Tenure.until_date.is_(None), Tenure.until_date >= bindparam("today")),
            ),
        )
        .outerjoin(
            Seat,
            and_(
                Seat.id == Tenure.seat_id,
                or_(Seat.ended_on.is_(None), Seat.ended_on >= bindparam("today")),
            ),
        )
        .outerjoin(Region, Region.id == Seat.region_id)
        .outerjoin(Organisation, Organisation.id == Seat.organisation_id)
        .where(Person.disabled_at.is_(None))
        .order_by(Seat.id)
    )


_SIGNED_IN = _with_seats(
    select(
        *_PERSON,
        LoginSession.id.label("login_session_id"),
        LoginSession.acting_organisation_id,
        *_SEAT,
    )
    .select_from(LoginSession)
    .join(Person, Person.id == LoginSession.person_id)
).where(
    LoginSession.token_hash == bindparam("token_hash"),
    LoginSession.ended_at.is_(None),
    LoginSession.expires_at > bindparam("moment"),
    LoginSession.last_used_at > bindparam("used_since"),
    LoginSession.needs_second_factor.is_(False),
)
_HOLDER = _with_seats(
    select(
        *_PERSON,
        literal(NO_SESSION).label("login_session_id"),
        null().label("acting_organisation_id"),
        *_SEAT,
    ).select_from(Person)
).where(Person.id == bindparam("person_id"))


def hash_token(token: str) -> str:
    """Return the form in which a secret token is stored (SHA-256; the token itself is random)."""
    return sha256(token.encode()).hexdigest()


def find_actor(session: Session, token: str, *, idle_minutes: int = IDLE_MINUTES) -> Actor | None:
    """Return who is signed in with this session token, with every seat they hold today.

    None when the session ended, expired or was not used for so many minutes, the account is
    disabled or the second factor is due.
    """
    moment = now(session)
    rows = session.execute(
        _SIGNED_IN,
        {
            "token_hash": hash_token(token),
            "moment": moment,
            "used_since": moment - timedelta(minutes=idle_minutes),
            "today": day_of(moment),
        },
    ).all()
    return _actor(rows) if rows else None


def find_holder(session: Session, person_id: int) -> Actor | None:
    """Return a person with every seat they hold today, None when the account is closed.

    For what they opened with a secret of its own, such as a calendar: nobody is signed in.
    """
    values = {"person_id": person_id, "today": day_of(now(session))}
    rows = session.execute(_HOLDER, values).all()
    return _actor(rows) if rows else None


def _actor(rows: Sequence[Any]) -> Actor:
    first = rows[0]
    return Actor(
        person_id=first.id,
        login_session_id=first.login_session_id,
        name=first.name,
        locale=first.locale,
        is_operator=first.is_operator,
        seats=tuple(_held_seat(row) for row in rows if row.seat_id is not None),
        preferred_organisation_id=first.acting_organisation_id,
        has_second_factor=first.has_second_factor,
    )


def _held_seat(row: Row[Any]) -> HeldSeat:
    return HeldSeat(
        seat_id=row.seat_id,
        role=Role(row.role),
        region=RegionRef(
            id=row.region_id,
            slug=row.slug,
            name=row.region_name,
            is_example=row.is_example,
            modules=frozenset(row.modules.split(",") if row.modules else ()),
        ),
        organisation=OrganisationRef(
            id=row.organisation_id, code=row.code, name=row.organisation_name
        ),
        coalition_id=row.coalition_id,
    )


def open_sessions(
    session: Session,
    person_id: int,
    *,
    idle_minutes: int = IDLE_MINUTES,
    after: int | None = None,
    limit: int | None = None,
) -> Sequence[Any]:
    """Return the open sessions of a person, newest first: id, browser, address, moments.

    With `after`, a session's number, the list goes on after that one.
    """
    moment = now(session)
    return session.execute(
        select(
            LoginSession.id,
            LoginSession.browser,
            LoginSession.address,
            LoginSession.created_at,
            LoginSession.last_used_at,
            LoginSession.expires_at,
        )
        .where(
            LoginSession.person_id == person_id,
            LoginSession.ended_at.is_(None),
            LoginSession.expires_at > moment,
            LoginSession.last_used_at > moment - timedelta(minutes=idle_minutes),
            LoginSession.needs_second_factor.is_(False),
            *([] if after is None else [LoginSession.id < after]),
        )
        .order_by(LoginSession.id.desc())
        .limit(limit)
    ).all()


def own_data(session: Session, person_id: int) -> dict[str, Any]:
    """Return what is kept about a person, without secrets, as plain values."""
    person = session.get_one(Person, person_id)
    tenures = session.execute(
        select(
            Region.name.label("region"),
            Organisation.name.label("organisation"),
            Seat.title,
            Seat.role,
            Tenure.from_date,
            Tenure.until_date,
            Tenure.employment,
        )
        .join(Seat, Seat.id == Tenure.seat_id)
        .join(Region, Region.id == Seat.region_id)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .where(Tenure.person_id == person_id)
        .order_by(Tenure.from_date)
    ).all()
    return {
        "name": person.name,
        "email": person.email,
        "locale": person.locale,
        "created_at": person.created_at,
        "second_factor": person.totp_secret is not None,
        "seats": [dict(row._mapping) for row in tenures],  # noqa: SLF001 - SQLAlchemy's name
        "sessions": [
            dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's name
            for row in open_sessions(session, person_id)
        ],
    }


def get_reset(session: Session, token: str) -> PasswordReset:
    """Return the reset of a link; raise NotFound when it is used or too old."""
    reset = session.scalar(
        select(PasswordReset).where(
            PasswordReset.token_hash == hash_token(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now(session),
        )
    )
    if reset is None:
        raise Gone(Text("This link was used or is too old. Ask for a new one."))
    return reset
