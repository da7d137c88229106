"""The two kinds of database that every test runs on, each with templates made once.

A template has the schema that the migrations make, so that tests and installations agree.
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection

from extranet.db import Database
from extranet.migrations import upgrade
from tests.postgres import Server, running_server

VERSION_TABLES = "alembic_version"
BACKENDS = ("sqlite", "postgresql")
Fill = Callable[[Database], None]


class Backend(ABC):
    """Where the databases of a test run come from; each method gives an address for one test."""

    @abstractmethod
    def empty(self) -> AbstractContextManager[str]:
        """Give a database without tables."""

    @abstractmethod
    def migrated(self) -> AbstractContextManager[str]:
        """Give a database with tables and no rows."""

    @abstractmethod
    def filled(self, name: str, fill: Fill) -> AbstractContextManager[str]:
        """Give a copy of the database that `fill` filled; `fill` runs once for each name."""


class SqliteBackend(Backend):
    """Files: a template is copied for every test."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder of the files."""
        self._folder = folder
        self._numbers = count(1)

    @contextmanager
    def empty(self) -> Iterator[str]:
        path = self._folder / f"test{next(self._numbers)}.sqlite3"
        yield f"sqlite:///{path}"
        for file in self._folder.glob(f"{path.name}*"):
            file.unlink()

    @contextmanager
    def migrated(self) -> Iterator[str]:
        with self.filled("migrated", lambda _database: None) as url:
            yield url

    @contextmanager
    def filled(self, name: str, fill: Fill) -> Iterator[str]:
        template = self._folder / f"{name}.template"
        with self.empty() as url:
            path = url.removeprefix("sqlite:///")
            if not template.exists():
                _migrate_and_fill(url, fill)
                shutil.copyfile(path, template)
            shutil.copyfile(template, path)
            yield url


class PostgresqlBackend(Backend):
    """One server: what a test writes is truncated; a filled database is copied by the server."""

    def __init__(self, server: Server) -> None:
        """Make the database that most tests share."""
        self._server = server
        self._numbers = count(1)
        self._templates: set[str] = set()
        self._shared = server.create_database("shared")
        _migrate_and_fill(self._shared, lambda _database: None)
        self._engine = create_engine(self._shared, isolation_level="AUTOCOMMIT")

    def dispose(self) -> None:
        """Close the connection with which the backend cleans up."""
        self._engine.dispose()

    @contextmanager
    def empty(self) -> Iterator[str]:
        with self._database() as url:
            yield url

    @contextmanager
    def migrated(self) -> Iterator[str]:
        yield self._shared
        with self._engine.connect() as connection:
            if tables := _tables_with_rows(connection):
                names = ", ".join(f'"{name}"' for name in tables)
                connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))

    @contextmanager
    def filled(self, name: str, fill: Fill) -> Iterator[str]:
        if name not in self._templates:
            _migrate_and_fill(self._server.create_database(name), fill)
            self._templates.add(name)
        with self._database(template=name) as url:
            yield url

    @contextmanager
    def _database(self, template: str = "template1") -> Iterator[str]:
        name = f"test{next(self._numbers)}"
        yield self._server.create_database(name, template=template)
        self._server.drop_database(name)


@contextmanager
def make_backend(name: str, folder: Path) -> Iterator[Backend]:
    """Give the backend of this name; `folder` is for its files."""
    if name == "sqlite":
        yield SqliteBackend(folder)
        return
    with running_server() as server:
        backend = PostgresqlBackend(server)
        try:
            yield backend
        finally:
            backend.dispose()


def _migrate_and_fill(url: str, fill: Fill) -> None:
    database = Database(url)
    try:
        upgrade(database)
        fill(database)
    finally:
        database.dispose()


def _tables_with_rows(connection: Connection) -> list[str]:
    """Return which tables a test wrote to; most wrote to few, and truncating costs per table."""
    names = connection.scalars(
        # The core and each plugin have a version table of their own.
        text(
            "SELECT tablename FROM pg_tables"
            " WHERE schemaname = 'public' AND NOT starts_with(tablename, :kept)"
        ),
        {"kept": VERSION_TABLES},
    ).all()
    looks = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in names]
    return list(connection.scalars(text(" UNION ALL ".join(looks))).all())
