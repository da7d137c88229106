"""Evenings, the municipalities that host them and what happens on them."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.api import reference
from extranet_infoavond.models.model import Model


class EveningState(StrEnum):
    """How far an evening is: it is planned, was held, or does not go on."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Evening(Model):
    """An information evening; `capacity` counts people, over all its host municipalities.

    `held_on` and what comes with it may be unknown while it is planned: then nothing goes out.
    """

    __tablename__ = "infoavond_evenings"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="times"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plustaak_id: Mapped[int] = mapped_column(reference("plustaak"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    held_on: Mapped[date | None]
    starts_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    venue: Mapped[str] = mapped_column(String(120), default="")
    street: Mapped[str] = mapped_column(String(120), default="")
    town: Mapped[str] = mapped_column(String(80), default="")
    capacity: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default=EveningState.PLANNED)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class Host(Model):
    """A municipality that invites to an evening, in its own name.

    `people` and `came` are how many signed up and came: the counts outlive the sign-ups, which are
    erased on their day. They are None until the evening is over.
    """

    __tablename__ = "infoavond_hosts"

    evening_id: Mapped[int] = mapped_column(
        ForeignKey("infoavond_evenings.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[int] = mapped_column(reference("organisation"), primary_key=True)
    people: Mapped[int | None]
    came: Mapped[int | None]


class ProgrammeItem(Model):
    """A part of an evening: what, when, and who speaks about it (a name and a function)."""

    __tablename__ = "infoavond_programme_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    evening_id: Mapped[int] = mapped_column(
        ForeignKey("infoavond_evenings.id", ondelete="CASCADE"), index=True
    )
    starts_at: Mapped[time]
    title: Mapped[str] = mapped_column(String(160))
    speaker: Mapped[str] = mapped_column(String(160), default="")
    about: Mapped[str] = mapped_column(Text, default="")
