"""The request's sessions: one that reads, opened when first asked for, and units of work."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import cast

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from extranet.db import Database

EXTENSION = "extranet_database"


def init_app(app: Flask, database: Database) -> None:
    """Keep the database on the application and close the reading session after each request."""
    app.extensions[EXTENSION] = database
    app.teardown_appcontext(_close_reading_session)


def get_database() -> Database:
    """Return the database of the application that serves this request."""
    return cast(Database, current_app.extensions[EXTENSION])


def read_session() -> Session:
    """Return the session with which this request reads; it cannot write."""
    session: Session | None = g.get("read_session")
    if session is None:
        session = g.read_session = get_database().reading()
    return session


def unit_of_work() -> AbstractContextManager[Session]:
    """Return a writing session that commits at the end of the block, or rolls back."""
    return get_database().unit_of_work()


def _close_reading_session(_error: BaseException | None) -> None:
    session: Session | None = g.pop("read_session", None)
    if session is not None:
        session.close()
