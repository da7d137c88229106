"""The queue of jobs: asked for in a transaction, done after it, none lost and none done twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.db import Database
from extranet.errors import NotFound
from extranet.outbox.models import Job, JobState, Mail
from extranet.outbox.services import queue_job, queue_mail, retry_job
from extranet.outbox.services.jobs import (
    LEASE,
    MAX_ATTEMPTS,
    PAUSES,
    Handler,
    Postponed,
    run_due,
    schedule,
)
from tests.conftest import SettableClock


def ask(database: Database, name: str = "count", **payload: object) -> None:
    with database.unit_of_work() as session:
        queue_job(session, name=name, payload=payload)


def jobs(database: Database) -> list[Job]:
    with database.reading() as session:
        return list(session.scalars(select(Job).order_by(Job.id)))


def counting(done: list[object]) -> dict[str, Handler]:
    return {"count": Handler(lambda _session, payload: done.append(payload["n"]))}


def failing(times: int, done: list[str]) -> Handler:
    """Return a handler that fails so many times and then works."""

    def run(_session: Session, _payload: object) -> None:
        done.append("tried")
        if len(done) <= times:
            raise ConnectionError("not now")

    return Handler(run)


def test_job_is_done_once_and_gone(database: Database):
    done: list[object] = []
    for n in (1, 2, 3):
        ask(database, n=n)

    assert run_due(database, counting(done)) == 3
    assert run_due(database, counting(done)) == 0
    assert done == [1, 2, 3]
    assert jobs(database) == []


def test_job_of_a_transaction_that_failed_never_runs(database: Database):
    done: list[object] = []
    with pytest.raises(ZeroDivisionError), database.unit_of_work() as session:
        queue_job(session, name="count", payload={"n": 1})
        session.flush()
        raise ZeroDivisionError

    assert run_due(database, counting(done)) == 0
    assert done == []


def test_work_of_a_job_that_fails_is_undone_and_tried_again(
    database: Database, clock: SettableClock
):
    def mail(session: Session, _payload: object) -> None:
        queue_mail(session, to_address="a@example.org", locale="nl", template="x", values={})
        session.flush()
        if clock.now() == start:
            raise ConnectionError("in the middle of it")

    start = clock.now()
    ask(database, "mail")
    handlers = {"mail": Handler(mail)}

    assert run_due(database, handlers) == 0
    with database.reading() as session:
        assert session.scalars(select(Mail)).all() == []
    assert run_due(database, handlers) == 0
    clock.advance(minutes=1)
    assert run_due(database, handlers) == 1
    with database.reading() as session:
        assert len(session.scalars(select(Mail)).all()) == 1


def test_job_that_keeps_failing_is_parked_until_somebody_tries_again(
    database: Database, clock: SettableClock
):
    done: list[str] = []
    handlers = {"x": failing(MAX_ATTEMPTS, done)}
    ask(database, "x")
    for pause in (*PAUSES, timedelta()):
        run_due(database, handlers)
        clock.advance(seconds=pause.total_seconds())

    (job,) = jobs(database)
    assert (job.state, job.last_error) == (JobState.PARKED, "ConnectionError: not now")
    assert len(done) == MAX_ATTEMPTS
    with database.unit_of_work() as session:
        retry_job(session, job_id=job.id)
    assert run_due(database, handlers) == 1
    with pytest.raises(NotFound), database.unit_of_work() as session:
        retry_job(session, job_id=job.id)


def test_job_of_a_worker_that_died_goes_to_the_next(database: Database, clock: SettableClock):
    done: list[object] = []
    ask(database, n=1)
    with database.unit_of_work() as session:
        job = session.scalars(select(Job)).one()
        job.state, job.attempts = JobState.RUNNING, 1
        job.lease_until = clock.now() + LEASE

    assert run_due(database, counting(done)) == 0
    clock.advance(seconds=LEASE.total_seconds() + 1)
    assert run_due(database, counting(done)) == 1
    assert done == [1]


def test_work_of_who_lost_the_lease_is_undone(database: Database):
    def slow(session: Session, _payload: object) -> None:
        queue_mail(session, to_address="a@example.org", locale="nl", template="x", values={})
        job = session.scalars(select(Job)).one()
        job.attempts += 1  # as the next worker does when it takes the job over

    ask(database, "slow")

    assert run_due(database, {"slow": Handler(slow)}) == 0
    with database.reading() as session:
        assert session.scalars(select(Mail)).all() == []


def test_job_without_a_handler_waits_for_it(database: Database):
    done: list[object] = []
    ask(database, n=1)

    assert run_due(database, {}) == 0
    assert [job.attempts for job in jobs(database)] == [0]
    assert run_due(database, counting(done)) == 1


def test_job_for_a_later_moment_waits(database: Database, clock: SettableClock):
    done: list[object] = []
    with database.unit_of_work() as session:
        later = clock.now() + timedelta(hours=1)
        queue_job(session, name="count", payload={"n": 1}, due_at=later)

    assert run_due(database, counting(done)) == 0
    clock.advance(hours=1)
    assert run_due(database, counting(done)) == 1


def test_postponed_job_loses_no_attempt(database: Database, clock: SettableClock):
    def later(_session: Session, _payload: object) -> None:
        raise Postponed(timedelta(minutes=30))

    ask(database, "later")
    for _round in range(MAX_ATTEMPTS + 2):
        assert run_due(database, {"later": Handler(later)}) == 0
        clock.advance(minutes=30)

    assert [(job.state, job.attempts) for job in jobs(database)] == [(JobState.QUEUED, 0)]


def test_periodic_job_returns_by_itself_and_there_is_one(database: Database, clock: SettableClock):
    done: list[str] = []
    handlers = {"day": Handler(lambda _s, _p: done.append("x"), every=timedelta(days=1))}
    for _worker in range(2):
        schedule(database, handlers)
    assert run_due(database, handlers) == 1
    assert run_due(database, handlers) == 0
    clock.advance(days=1)
    schedule(database, handlers)
    assert run_due(database, handlers) == 1
    assert len(jobs(database)) == 1


def test_periodic_job_that_fails_is_never_parked(database: Database, clock: SettableClock):
    def broken(_session: Session, _payload: object) -> None:
        raise ConnectionError("still")

    handlers = {"day": Handler(broken, every=timedelta(days=1))}
    schedule(database, handlers)
    for pause in (*PAUSES, timedelta()):
        run_due(database, handlers)
        clock.advance(seconds=pause.total_seconds())

    (job,) = jobs(database)
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert job.last_error == "ConnectionError: still"


def test_several_workers_do_each_job_once(database: Database):
    done: list[object] = []
    for n in range(40):
        ask(database, n=n)

    in_threads(4, lambda: run_due(database, counting(done)))

    assert sorted(map(int, done)) == list(range(40))  # type: ignore[call-overload]  # they are numbers


def in_threads(count: int, work: Callable[[], object]) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
