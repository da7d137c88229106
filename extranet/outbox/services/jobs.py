"""Do the work that was queued: none lost, none done twice unless its outcome was lost.

A job is claimed in a transaction of its own and done in another, together with what says that it
is done: when that one rolls back, nothing of the work is left. A claim is a lease: who dies with a
job in hand loses it to the next. What a job does outside the database must bear being done again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from extranet.clock import now
from extranet.db import Database
from extranet.outbox.models import Job, JobState

log = logging.getLogger(__name__)

# How long to wait after each failure; after the last one the job is parked for a person.
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=12))
MAX_ATTEMPTS = len(PAUSES) + 1
LEASE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Handler:
    """What does a job; with `every` it is periodic, and returns so long after it was done."""

    run: Callable[[Session, Mapping[str, Any]], None]
    every: timedelta | None = None


class Postponed(Exception):
    """The job cannot be done now, and that is nobody's fault: it waits and loses no attempt."""

    def __init__(self, pause: timedelta) -> None:
        """Keep how long it waits."""
        super().__init__(f"postponed for {pause}")
        self.pause = pause


class LostLease(Exception):
    """The job took longer than its lease and somebody else has it now; our work is undone."""


def run_due(database: Database, handlers: Mapping[str, Handler]) -> int:
    """Do every job whose turn it is and return how many were done.

    A job without a handler here stays queued: its plugin may come back.
    """
    done = 0
    while (job := _claim(database, handlers)) is not None:
        done += _do(database, handlers[job.name], job)
    return done


def schedule(database: Database, handlers: Mapping[str, Handler]) -> None:
    """Queue the periodic jobs that are not queued yet, for at once."""
    periodic = {name for name, handler in handlers.items() if handler.every is not None}
    if not periodic:
        return
    with database.reading() as reading:
        known = set(reading.scalars(select(Job.period).where(Job.period.in_(periodic))))
    for name in sorted(periodic - known):
        try:
            with database.unit_of_work() as session:
                moment = now(session)
                job = Job(name=name, payload={}, period=name, due_at=moment, created_at=moment)
                session.add(job)
        except IntegrityError:
            log.info("another worker scheduled %s first", name)


def _claim(database: Database, handlers: Mapping[str, Handler]) -> Job | None:
    with database.unit_of_work() as session:
        moment = now(session)
        is_free = or_(
            Job.state == JobState.QUEUED,
            and_(Job.state == JobState.RUNNING, Job.lease_until < moment),
        )
        job = session.scalar(
            select(Job)
            .where(is_free, Job.due_at <= moment, Job.name.in_(handlers))
            .order_by(Job.due_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if job is not None:
            job.state, job.lease_until = JobState.RUNNING, moment + LEASE
            job.attempts += 1
        return job


def _do(database: Database, handler: Handler, job: Job) -> bool:
    """Do a claimed job and tell whether it was done."""
    try:
        with database.unit_of_work() as session:
            handler.run(session, job.payload)
            session.flush()
            _finish(session, handler, job)
    except LostLease:
        log.warning("job %s %s took longer than its lease", job.id, job.name)
        return False
    except Postponed as postponed:
        _put_back(database, job, pause=postponed.pause, attempts=job.attempts - 1, error=None)
        return False
    except Exception as error:
        log.exception("job %s %s failed, attempt %s", job.id, job.name, job.attempts)
        last = job.attempts >= MAX_ATTEMPTS
        pause = PAUSES[min(job.attempts, len(PAUSES)) - 1]
        if last and handler.every is not None:
            _put_back(database, job, pause=handler.every, attempts=0, error=error)
        else:
            _put_back(
                database, job, pause=pause, attempts=job.attempts, error=error, is_parked=last
            )
        return False
    return True


def _finish(session: Session, handler: Handler, job: Job) -> None:
    """Take a job away, or send it round again; raise LostLease when it is no longer ours."""
    ours = and_(Job.id == job.id, Job.state == JobState.RUNNING, Job.attempts == job.attempts)
    if handler.every is None:
        result = session.execute(delete(Job).where(ours))
    else:
        result = session.execute(
            update(Job)
            .where(ours)
            .values(
                state=JobState.QUEUED,
                attempts=0,
                due_at=now(session) + handler.every,
                lease_until=None,
                last_error=None,
            )
        )
    if cast("CursorResult[Any]", result).rowcount != 1:
        raise LostLease


def _put_back(
    database: Database,
    job: Job,
    *,
    pause: timedelta,
    attempts: int,
    error: Exception | None,
    is_parked: bool = False,
) -> None:
    with database.unit_of_work() as session:
        due: datetime = now(session) + pause
        session.execute(
            update(Job)
            .where(Job.id == job.id, Job.attempts == job.attempts)
            .values(
                state=JobState.PARKED if is_parked else JobState.QUEUED,
                attempts=attempts,
                due_at=due,
                lease_until=None,
                last_error=f"{type(error).__name__}: {error}"[:500] if error else Job.last_error,
            )
        )
