"""Coalitions, interest, participation, guests and plustaken."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.db import Base


class CoalitionState(StrEnum):
    """How far a coalition is (product rule 1).

    An initiative asks who is interested; a forming coalition counts consents; below the threshold
    its money is frozen; a closing one winds up; a closed one is an archive to read.
    """

    INITIATIVE = "initiative"
    FORMING = "forming"
    ACTIVE = "active"
    BELOW_THRESHOLD = "below_threshold"
    CLOSING = "closing"
    CLOSED = "closed"


class Answer(StrEnum):
    """What a member says to an initiative: we join, we follow, not now."""

    JOIN = "join"
    FOLLOW = "follow"
    NOT_NOW = "not_now"


class PlustaakState(StrEnum):
    """Whether a plugin is at work in a coalition; an archived one is closed for good."""

    ON = "on"
    OFF = "off"
    ARCHIVED = "archived"


class Coalition(Base):
    """A group of a region's members that works together beyond the base.

    `aim` is what it wants, `reason` why; `lead_seat_id` is the seat that leads it. `below_since`
    and `grace_until` are set while it is below the threshold.
    """

    __tablename__ = "coalitions"
    __table_args__ = (
        UniqueConstraint("region_id", "slug"),
        CheckConstraint("(state = 'below_threshold') = (below_since IS NOT NULL)", name="below"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"))
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    aim: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    proposed_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20), default=CoalitionState.INITIATIVE)
    lead_seat_id: Mapped[int | None] = mapped_column(ForeignKey("seats.id"), index=True)
    below_since: Mapped[date | None]
    grace_until: Mapped[date | None]
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class Interest(Base):
    """What one member said to an initiative, last."""

    __tablename__ = "coalition_interests"

    coalition_id: Mapped[int] = mapped_column(ForeignKey("coalitions.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    answer: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500), default="")
    person_id: Mapped[int | None]
    answered_at: Mapped[datetime]


class Participation(Base):
    """An organisation in a coalition, from a day until a day (the last day it takes part).

    It counts for the threshold once a body of its own consented: which, when and where that can be
    read. Without `consented_on` it said yes, but its body has yet to decide.
    """

    __tablename__ = "participations"
    __table_args__ = (
        Index("ix_participations_coalition_id_organisation_id", "coalition_id", "organisation_id"),
        CheckConstraint("until_date IS NULL OR until_date >= from_date", name="period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    coalition_id: Mapped[int] = mapped_column(ForeignKey("coalitions.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    from_date: Mapped[date]
    until_date: Mapped[date | None]
    consented_on: Mapped[date | None]
    body: Mapped[str] = mapped_column(String(120), default="")
    evidence: Mapped[str] = mapped_column(String(500), default="")
    leaving_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class Plustaak(Base):
    """One plugin at work in one coalition; it is reopened, never doubled.

    `plugin` is the plugin's name. `live_since` is the day it went live: before it, no money is
    called and nothing goes out. `frozen_on` is set while the threshold is not met.
    """

    __tablename__ = "plustaken"
    __table_args__ = (UniqueConstraint("coalition_id", "plugin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    coalition_id: Mapped[int] = mapped_column(ForeignKey("coalitions.id"))
    plugin: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20), default=PlustaakState.ON)
    enabled_at: Mapped[datetime]
    live_since: Mapped[date | None]
    frozen_on: Mapped[date | None]
    archived_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class PlustaakParticipation(Base):
    """A participant of the coalition that takes part in one of its plustaken, from–until."""

    __tablename__ = "plustaak_participations"

    plustaak_id: Mapped[int] = mapped_column(ForeignKey("plustaken.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    from_date: Mapped[date] = mapped_column(primary_key=True)
    until_date: Mapped[date | None]


class CalendarFeed(Base):
    """The address at which a person's own calendar program reads the dates of a coalition.

    Who knows the secret in it needs no account, so only its hash is kept. A new one takes the
    place of the old one; `revoked_at` is when the person stopped it.
    """

    __tablename__ = "calendar_feeds"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    coalition_id: Mapped[int] = mapped_column(
        ForeignKey("coalitions.id"), primary_key=True, index=True
    )
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
