"""Queue a mail or a job in the caller's transaction: committed together, or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from extranet.clock import now
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.outbox.models import Job, JobState, Mail

# How long a mail that cannot be delivered is worth keeping, unless its sender says so.
KEPT = timedelta(days=30)


def queue_mail(
    session: Session,
    *,
    to_address: str,
    locale: str,
    template: str,
    values: Mapping[str, object],
    kept_until: datetime | None = None,
) -> Mail:
    """Queue one mail; `template` is a text template whose first line is the subject.

    `values` are plain JSON values for the template; they are forgotten at `kept_until`, when a
    link in them expires. Nothing leaves before the commit.
    """
    moment = now(session)
    mail = Mail(
        message_id=f"{secrets.token_hex(16)}@extranet",
        to_address=to_address,
        locale=locale,
        template=template,
        values=dict(values),
        created_at=moment,
        changed_at=moment,
        kept_until=kept_until or moment + KEPT,
    )
    session.add(mail)
    return mail


def queue_job(
    session: Session,
    *,
    name: str,
    payload: Mapping[str, object],
    due_at: datetime | None = None,
) -> Job:
    """Queue work for after the commit, or for a moment; `payload` are plain JSON values."""
    moment = now(session)
    job = Job(name=name, payload=dict(payload), due_at=due_at or moment, created_at=moment)
    session.add(job)
    return job


def retry_job(session: Session, *, job_id: int) -> None:
    """Let a parked job be tried again, from the start; raise NotFound when there is none such."""
    job = session.get(Job, job_id, with_for_update=True)
    if job is None or job.state != JobState.PARKED:
        raise NotFound(Text("This job is not waiting for anybody."))
    job.state, job.attempts, job.due_at = JobState.QUEUED, 0, now(session)
