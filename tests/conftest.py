"""What every test may ask for: a database of either kind, a clock, the application, a browser.

A test that names `database`, or anything built on it, runs once on SQLite and once on PostgreSQL.
`session` holds the write lock of SQLite until the test ends: a test that also sends requests
writes through `database.unit_of_work()` instead.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from extranet import subscriptions
from extranet.app import create_app
from extranet.config import Config
from extranet.db import Database
from extranet.demo import services
from extranet.files import FileStore
from extranet.people.models import Person
from extranet.plugins.listening import listen
from extranet.plugins.loading import load_plugins
from extranet.plugins.migrating import upgrade_plugins
from extranet.web.database import get_database
from tests.backends import BACKENDS, Backend, make_backend
from tests.browser import running_browser, serving, watched_page
from tests.factories import make_login

DEMO_PASSWORD = "drie-pannen-op-het-vuur"
PASSWORD_MEMORY_KIB = 8

SignIn = Callable[[FlaskClient, Person], FlaskClient]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a developer run on one database only."""
    parser.addoption(
        "--database",
        choices=(*BACKENDS, "both"),
        default="both",
        help="the database to run on (both unless told)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Describe our own marker."""
    config.addinivalue_line(
        "markers",
        "one_database: what the test proves does not depend on the kind of database",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever touches a database on each kind."""
    if "backend" not in metafunc.fixturenames:
        return
    wanted = metafunc.config.getoption("--database")
    names = BACKENDS if wanted == "both" else (wanted,)
    if metafunc.definition.get_closest_marker("one_database"):
        names = names[:1]
    metafunc.parametrize("backend", names, indirect=True, scope="session")


class SettableClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        """Start on a working day in the winter of the example region's budget round."""
        self._now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the moment that the test chose, aware, in UTC."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Make it this moment."""
        self._now = moment.astimezone(UTC)

    def advance(self, **duration: float) -> None:
        """Let time pass, in the words of `timedelta`: `advance(minutes=5)`."""
        self._now += timedelta(**duration)


@pytest.fixture(scope="session")
def backend(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Backend]:
    """One kind of database."""
    with make_backend(request.param, tmp_path_factory.mktemp(request.param)) as made:
        yield made


@pytest.fixture
def clock() -> SettableClock:
    """A clock that the test moves."""
    return SettableClock()


@pytest.fixture
def database_url(backend: Backend) -> Iterator[str]:
    """The address of a database with tables and no rows."""
    with backend.migrated() as url:
        yield url


@pytest.fixture
def database(database_url: str, clock: SettableClock) -> Iterator[Database]:
    """A database with tables and no rows, wired as the application wires it."""
    made = Database(database_url, clock=clock, subscriptions=subscriptions.wired())
    yield made
    made.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session that commits when the test ends."""
    with database.unit_of_work() as made:
        yield made


def make_config(database_url: str, folder: Path, *, demo: bool = False) -> Config:
    """Return a configuration that writes below `folder` only: cheap passwords, mail in files."""
    return Config(
        environment="development",
        instance_dir=folder / "instance",
        database_url=database_url,
        secret_key=secrets.token_hex(32),
        base_url="http://localhost",
        demo=demo,
        mail_transport="file",
        password_memory_kib=PASSWORD_MEMORY_KIB,
    )


@contextmanager
def running_app(config: Config, clock: SettableClock) -> Iterator[Flask]:
    """Give the application and close its database connections at the end."""
    made = create_app(config, clock=clock)
    yield made
    with made.app_context():
        get_database().dispose()


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Config:
    """The configuration of a test."""
    return make_config(database_url, tmp_path)


@pytest.fixture
def app(config: Config, clock: SettableClock) -> Iterator[Flask]:
    """The application; its forms need no token, those of `demo_app` do."""
    with running_app(config, clock) as made:
        made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        yield made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A stranger's browser without scripts."""
    return app.test_client()


@pytest.fixture
def sign_in(database: Database) -> SignIn:
    """Sign a committed person in on a client, past password and second factor."""

    def sign_in(client: FlaskClient, person: Person) -> FlaskClient:
        with database.unit_of_work() as session:
            token = make_login(session, person=person)
        with client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = token
        return client

    return sign_in


def fill_demo(database: Database, folder: Path) -> None:
    """Fill a database with the demo regions, on the day that `SettableClock` starts.

    The files of its documents go below `folder`, as in a configuration of `make_config`.
    """
    config = make_config(database.url, folder, demo=True)
    host = load_plugins(config)
    upgrade_plugins(database, host)
    heard = Database(database.url, clock=SettableClock(), subscriptions=subscriptions.wired())
    listen(heard.subscriptions, host)
    with heard.unit_of_work() as session:
        services.fill(
            session,
            files=FileStore(config),
            examples=host.examples,
            password=DEMO_PASSWORD,
            memory_kib=PASSWORD_MEMORY_KIB,
        )
    heard.dispose()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of the demo lie; a test takes a copy, as it does of the database."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "instance").mkdir()
    return folder


@pytest.fixture
def demo_url(backend: Backend, demo_folder: Path) -> Iterator[str]:
    """The address of a database with the demo regions."""
    with backend.filled("demo", partial(fill_demo, folder=demo_folder)) as url:
        yield url


@pytest.fixture
def demo_database(demo_url: str, clock: SettableClock) -> Iterator[Database]:
    """The database with the demo regions, beside the application that serves it."""
    made = Database(demo_url, clock=clock, subscriptions=subscriptions.wired())
    yield made
    made.dispose()


@pytest.fixture
def demo_app(
    demo_url: str, demo_folder: Path, tmp_path: Path, clock: SettableClock
) -> Iterator[Flask]:
    """The application with the demo regions, as strict as outside the tests."""
    shutil.copytree(demo_folder, tmp_path, dirs_exist_ok=True)
    with running_app(make_config(demo_url, tmp_path, demo=True), clock) as made:
        yield made


@pytest.fixture
def live_server(demo_app: Flask) -> Iterator[str]:
    """The address at which the application with the demo regions is served."""
    with serving(demo_app) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    with running_browser() as made:
        yield made


@pytest.fixture
def browser_page(browser: Browser, live_server: str) -> Iterator[Page]:
    """A page at the live server in a profile of its own; relative addresses work."""
    with watched_page(browser, live_server) as page:
        yield page
