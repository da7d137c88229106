"""Basistaken, progress notes and links to budget lines."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.db import Base


class TaskState(StrEnum):
    """Where a basistaak stands."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"


class Basistaak(Base):
    """A shared task of the region: its aim, the ontwikkelgroep and the seat that chairs it."""

    __tablename__ = "basistaken"
    __table_args__ = (
        UniqueConstraint("region_id", "slug"),
        CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="period"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"))
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    aim: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    chair_seat_id: Mapped[int | None] = mapped_column(ForeignKey("seats.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default=TaskState.PLANNED)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declarative form


class ProgressNote(Base):
    """What happened on a basistaak, written from a seat so that it survives who leaves."""

    __tablename__ = "progress_notes"
    __table_args__ = (Index("ix_progress_notes_basistaak_id_id", "basistaak_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    basistaak_id: Mapped[int] = mapped_column(ForeignKey("basistaken.id"))
    noted_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    created_at: Mapped[datetime]


class BasistaakLine(Base):
    """A budget line that pays for a basistaak, by the key that the line keeps in every version."""

    __tablename__ = "basistaak_lines"

    basistaak_id: Mapped[int] = mapped_column(ForeignKey("basistaken.id"), primary_key=True)
    line_key: Mapped[str] = mapped_column(String(36), primary_key=True)
