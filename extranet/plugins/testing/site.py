"""An application with one plugin, in the small world of `world.py`."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from extranet import migrations
from extranet.app import create_app
from extranet.config import Config
from extranet.db import Database
from extranet.people.queries import find_actor
from extranet.plugins.contributions import Place
from extranet.plugins.host import PluginHost
from extranet.plugins.loaded import Plugin, Source
from extranet.plugins.loading import installed_sources, load_plugins
from extranet.plugins.migrating import upgrade_plugins
from extranet.plugins.services.erasing import erase_due
from extranet.plugins.testing.world import World, make_world
from extranet.web.database import get_database


class SettableClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        """Start on a working day."""
        self._now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the moment that the test chose, aware, in UTC."""
        return self._now

    def advance(self, *, days: float = 0, minutes: float = 0) -> None:
        """Let time pass."""
        self._now += timedelta(days=days, minutes=minutes)


class PluginSite:
    """The application with the plugin, and the ways in which a test looks at it."""

    def __init__(self, app: Flask, host: PluginHost, name: str, clock: SettableClock) -> None:
        """Keep the parts; `fill` makes the world."""
        self.app = app
        self.host = host
        self.clock = clock
        self.world = World()
        self._name = name

    @property
    def plugin(self) -> Plugin:
        """Return the plugin that is tested."""
        return self.host.plugins[self._name]

    @property
    def database(self) -> Database:
        """Return the database that the application works with."""
        with self.app.app_context():
            return get_database()

    @property
    def place(self) -> Place:
        """Return where the plugin is on, for its services."""
        return self.world.places["met"]

    @property
    def other_place(self) -> Place:
        """Return the place in the other region; a module is off there."""
        return self.world.places["elders"]

    def fill(self) -> None:
        """Make the world."""
        with self.unit_of_work() as session:
            self.world = make_world(session, plugin=self._name, is_module=self.plugin.is_module)

    def unit_of_work(self) -> AbstractContextManager[Session]:
        """Return a writing session that commits at the end of the block."""
        return self.database.unit_of_work()

    def erase(self) -> dict[str, int]:
        """Erase what is past its day as the core does daily; return the rows by table."""
        with self.unit_of_work() as session:
            return erase_due(session)

    def address(self, path: str = "", *, coalition: str = "met") -> str:
        """Return the address of a page of the plugin in one of the three coalitions."""
        region = "zuid" if coalition == "elders" else "noord"
        stem = f"/{region}" if self.plugin.is_module else f"/{region}/coalities/{coalition}"
        return "/".join(part for part in (stem, self._name, path) if part)

    def public_address(self, slug: str, path: str = "") -> str:
        """Return the address of a public page."""
        return "/".join(part for part in (f"/p/{self._name}", slug, path) if part)

    def visit(self, visitor: str) -> FlaskClient:
        """Return the browser of a visitor, signed in; see `VISITORS`."""
        client = self.app.test_client()
        if visitor != "stranger":
            with client.session_transaction() as cookie:
                cookie["_user_id"] = self.world.tokens[visitor]
        return client

    def post(self, visitor: str, address: str, **values: object) -> TestResponse:
        """Send a form as a visitor would from a page that they opened."""
        fields = {"acting": self.acting(visitor), **values}
        return self.visit(visitor).post(address, data=fields)

    def acting(self, visitor: str) -> str:
        """Return for whom a form of a visitor is opened, as it carries that."""
        if visitor == "stranger":
            return ""
        with self.database.reading() as session:
            actor = find_actor(session, self.world.tokens[visitor])
        seat = actor.seats[0] if actor else None
        return f"{seat.region.id}-{seat.organisation.id}" if seat else ""


@contextmanager
def plugin_site(
    name: str,
    folder: Path,
    *,
    database_url: str = "",
    sources: Iterable[Source] | None = None,
    clock: SettableClock | None = None,
    environment: str = "development",
) -> Iterator[PluginSite]:
    """Give an application with one plugin and whatever it requires; files stay below `folder`.

    The plugin is one that is installed, unless `sources` say where it is. In the environment
    `production` a plugin that is wrong is put aside instead of stopping the test.
    """
    config = Config(
        environment=environment,
        instance_dir=folder / "instance",
        database_url=database_url,
        secret_key=secrets.token_hex(32),
        base_url="http://localhost",
        mail_transport="file",
        password_memory_kib=8,
    )
    clock = clock or SettableClock()
    host = load_plugins(config, installed_sources() if sources is None else sources)
    database = Database(config.database_url, clock=clock)
    migrations.upgrade(database)
    upgrade_plugins(database, host)
    database.dispose()
    app = create_app(config, clock=clock, host=host)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    site = PluginSite(app, host, name, clock)
    try:
        site.fill()
        yield site
    finally:
        site.database.dispose()
