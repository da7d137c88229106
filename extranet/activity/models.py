"""The activity log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.db import Base


class ActivityEntry(Base):
    """One change. Numbers instead of foreign keys: an entry outlives what it is about."""

    __tablename__ = "activity_entries"
    __table_args__ = (
        Index("ix_activity_entries_region_id_id", "region_id", "id"),
        Index("ix_activity_entries_coalition_id_id", "coalition_id", "id"),
        Index("ix_activity_entries_subject_kind_subject_id", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    region_id: Mapped[int | None]
    coalition_id: Mapped[int | None]
    person_id: Mapped[int | None]
    organisation_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    subject_label: Mapped[str] = mapped_column(String(200))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
