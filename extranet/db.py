"""The database: engines, the declarative base, and the only place that commits.

Two engines on one database: one that writes, and one that the database itself keeps read-only,
so that a page that is merely looked at cannot change anything (house rule: GET never writes).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from extranet.clock import Clock, SystemClock
from extranet.events import Subscriptions

BUSY_TIMEOUT_SECONDS = 10


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database (SQLite would drop the offset)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a naive moment and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table of the core; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime}


class Database:
    """One database with its writing and its read-only engine, its clock and its subscriptions."""

    def __init__(
        self, url: str, *, clock: Clock | None = None, subscriptions: Subscriptions | None = None
    ) -> None:
        """Prepare the engines; nothing connects yet."""
        self.url = url
        self.clock: Clock = clock or SystemClock()
        self.subscriptions = subscriptions or Subscriptions()
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = self._sqlite(read_only=False) if self.is_sqlite else _postgresql(url)
        self.read_engine = (
            self._sqlite(read_only=True) if self.is_sqlite else _postgresql(url, read_only=True)
        )

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """Give a writing session; commit when the block ends, roll back when it raises."""
        session = Session(self.engine, expire_on_commit=False, info=self._info())
        with session, session.begin():
            yield session

    def reading(self) -> Session:
        """Return a session that can only read; the caller closes it."""
        info = {**self._info(), "read_only": True}
        return Session(self.read_engine, expire_on_commit=False, info=info, autoflush=False)

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()
        self.read_engine.dispose()

    def _info(self) -> dict[Any, Any]:
        return {"clock": self.clock, "subscriptions": self.subscriptions}

    def _sqlite(self, *, read_only: bool) -> Engine:
        path = make_url(self.url).database
        if path and path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            self.url, connect_args={"timeout": BUSY_TIMEOUT_SECONDS}, query_cache_size=2000
        )

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: ConnectionPoolEntry) -> None:
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.execute("PRAGMA foreign_keys=ON")
            if read_only:
                cursor.execute("PRAGMA query_only=ON")
            cursor.close()

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            # A deferred transaction that reads first and writes later fails at once under load.
            # A read-only session takes none: every page reads in a few independent statements.
            if not read_only:
                connection.exec_driver_sql("BEGIN IMMEDIATE")

        return engine


@contextmanager
def unless_taken(refusal: Exception) -> Iterator[None]:
    """Raise `refusal` when the block writes what must be unique and somebody was just before us.

    Looking first gives the better message; only the database knows of two at the same moment.
    """
    try:
        yield
    except IntegrityError as error:
        if _is_double(error):
            raise refusal from error
        raise


def _is_double(error: IntegrityError) -> bool:
    """Tell whether a unique constraint, and no other one, refused to write."""
    name = getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "")
    return name in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"}


def _postgresql(url: str, *, read_only: bool = False) -> Engine:
    if read_only:
        return create_engine(
            url,
            isolation_level="AUTOCOMMIT",
            connect_args={"options": "-c default_transaction_read_only=on -c timezone=UTC"},
            query_cache_size=2000,
        )
    return create_engine(url, connect_args={"options": "-c timezone=UTC"}, query_cache_size=2000)
