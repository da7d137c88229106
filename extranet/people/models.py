"""Accounts, tenures, invitations, sessions and the counters that slow guessing down."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.db import Base


class Employment(StrEnum):
    """How somebody is employed on a seat; a picture shows what hangs on hired hands."""

    PERMANENT = "permanent"
    HIRED = "hired"
    TRAINEE = "trainee"


class Person(Base):
    """Somebody with an account. `email` is stored in lower case and signs them in.

    `totp_last_step` is the last used time step, so that a code works once (RFC 6238, 5.2).
    """

    __tablename__ = "persons"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    locale: Mapped[str] = mapped_column(String(5), default="nl")
    is_operator: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_last_step: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class RecoveryCode(Base):
    """A code that replaces the second factor once; only its hash is kept."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None]


class Tenure(Base):
    """A person on a seat, from a day until a day (the last day).

    `withdrawn_at` is when the access was taken at once. The last day is then the one before, so
    that it opens nothing any more; for who started that day it lies before the first.
    """

    __tablename__ = "tenures"
    __table_args__ = (
        Index("ix_tenures_person_id", "person_id"),
        CheckConstraint(
            "until_date IS NULL OR until_date >= from_date OR withdrawn_at IS NOT NULL",
            name="period",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seats.id"), index=True)
    from_date: Mapped[date]
    until_date: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    employment: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class Invitation(Base):
    """An offer of an account and, except for an operator, a seat; its token is kept as a hash."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(120))
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seats.id"), index=True)
    for_operator: Mapped[bool] = mapped_column(default=False)
    from_date: Mapped[date]
    employment: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class PasswordReset(Base):
    """A way to set a new password, sent by mail; works once and expires."""

    __tablename__ = "password_resets"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class LoginSession(Base):
    """A signed-in browser; what ends it ends it at the very next request.

    `acting_organisation_id` is the organisation that the person chose to act for;
    `needs_second_factor` is true between the password and the code.
    """

    __tablename__ = "login_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    acting_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    needs_second_factor: Mapped[bool] = mapped_column(default=False)
    browser: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class AttemptCounter(Base):
    """How often something was tried under a key within a window; shared by all workers."""

    __tablename__ = "attempt_counters"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    attempts: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)
