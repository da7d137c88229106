"""The dummy's tables: notes, who visits, and what it heard."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.api import ANNOTATIONS, DeclarativeBase, plugin_metadata, reference


class Model(DeclarativeBase):
    """Every table of the dummy."""

    metadata = plugin_metadata("dummy")
    type_annotation_map = ANNOTATIONS


class Note(Model):
    """Something to remember."""

    __tablename__ = "dummy_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    plustaak_id: Mapped[int] = mapped_column(reference("plustaak"), index=True)
    text: Mapped[str] = mapped_column(String(500))


class Visitor(Model):
    """Somebody who came for a note; goes with it."""

    __tablename__ = "dummy_visitors"

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("dummy_notes.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    keep_until: Mapped[date]


class Heard(Model):
    """What a hook or a job of the dummy was told."""

    __tablename__ = "dummy_heard"

    id: Mapped[int] = mapped_column(primary_key=True)
    plustaak_id: Mapped[int] = mapped_column(reference("plustaak"), index=True)
    what: Mapped[str] = mapped_column(String(120))
