"""The queue of mails and the queue of jobs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.db import Base


class MailState(StrEnum):
    """How far a mail has come; `uncertain` waits for a person instead of going twice.

    `left` is what a person decided not to send once more.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    LEFT = "left"


# What a person decides about.
WAITING = (MailState.UNCERTAIN, MailState.FAILED)


class Mail(Base):
    """One mail to one address, rendered from its template when it is delivered.

    `values` may hold a link with a secret. They are forgotten once the mail is sent or settled,
    and in any case at `kept_until`, which is None from then on.
    """

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_state_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    to_address: Mapped[str] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(5))
    template: Mapped[str] = mapped_column(String(120))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20), default=MailState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    kept_until: Mapped[datetime | None]

    def forget(self) -> None:
        """Forget what the mail says."""
        self.values, self.kept_until = {}, None


class JobState(StrEnum):
    """How far a job has come; `parked` waits for a person. A job that is done is gone."""

    QUEUED = "queued"
    RUNNING = "running"
    PARKED = "parked"


class Job(Base):
    """Work that was asked for in a transaction and is done after it.

    `due_at` is when its turn comes; `lease_until` is how long whoever runs it may take before it
    is given to another. `period` names a periodic job, of which there is one.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_due_at_id", "state", "due_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20), default=JobState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    period: Mapped[str | None] = mapped_column(String(80), unique=True)
    last_error: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
