"""Two transactions at the same moment: the second starts before the first commits."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from extranet.db import Database

Work = Callable[[Session], Any]
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)
LONGEST_SECONDS = 10


def side_by_side(
    database: Database, first: Work, second: Work, *, then: Work | None = None
) -> BaseException | None:
    """Do `first`, start `second` in a transaction of its own, do `then`, and commit.

    Returns what `second` raised, None when it went well. On SQLite it waits before its first
    statement, on PostgreSQL for the first row that both want.
    """

    def start() -> None:
        with database.unit_of_work() as session:
            second(session)

    with ThreadPoolExecutor(1) as pool:
        with database.unit_of_work() as session:
            first(session)
            session.flush()
            pending = pool.submit(start)
            _wait(database, pending)
            if then is not None:
                then(session)
        return pending.exception(timeout=LONGEST_SECONDS)


def _wait(database: Database, pending: Future[None]) -> None:
    """Wait until the other transaction waits for this one, or is through."""
    if database.is_sqlite:
        time.sleep(0.05)
        return
    deadline = time.monotonic() + LONGEST_SECONDS
    while not pending.done() and time.monotonic() < deadline:
        with database.read_engine.connect() as connection:
            if connection.scalar(WAITING):
                return
        time.sleep(0.02)
