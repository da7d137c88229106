"""Commands that start things: the site, its schema, its mail."""

from __future__ import annotations

import errno
import gc
import socket
import threading
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from extranet import daily, subscriptions
from extranet.app import create_app
from extranet.config import Config, ConfigurationError
from extranet.db import Database
from extranet.demo.cli import fill_apart, is_empty, show_accounts
from extranet.errors import PluginError
from extranet.migrations import upgrade
from extranet.outbox.services.delivery import deliver_queued, run_forever
from extranet.outbox.services.transports import make_transport
from extranet.plugins.host import PluginHost
from extranet.plugins.loading import load_plugins
from extranet.plugins.migrating import upgrade_plugins
from extranet.plugins.tasks import work_of
from extranet.web.database import get_database


def load_config(**overrides: Any) -> Config:
    """Return the configuration, or end the command with what is wrong with it."""
    try:
        return Config.from_env(**overrides)
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from error


def load_host(config: Config) -> PluginHost:
    """Return the plugin host, or end the command with what is wrong with a plugin."""
    try:
        return load_plugins(config)
    except PluginError as error:
        raise click.ClickException(str(error)) from error


def open_database(config: Config, host: PluginHost | None = None) -> Database:
    """Return the database with its schema and that of the plugins up to date."""
    database = Database(config.database_url, subscriptions=subscriptions.wired())
    upgrade(database)
    try:
        upgrade_plugins(database, host or load_host(config))
    except PluginError as error:
        raise click.ClickException(str(error)) from error
    return database


def open_like(app: Flask, config: Config) -> Database:
    """Return the application's database with connections of its own, heard by the same domains."""
    with app.app_context():
        return Database(config.database_url, subscriptions=get_database().subscriptions)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn is not typed
    """Gunicorn with our settings, started from Python."""

    def __init__(self, app: Flask, config: Config, options: dict[str, object]) -> None:
        """Keep the application and the options until gunicorn asks for them."""
        self._app = app
        self._config = config
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)
        self.cfg.set("post_worker_init", self._start_work)

    def load(self) -> Flask:
        """Give gunicorn the application; what is loaded now is never collected again."""
        gc.collect()
        gc.freeze()
        return self._app

    def _start_work(self, _worker: Any) -> None:
        """Deliver mail and do queued jobs from a thread of each worker; claims keep them apart."""
        config = self._config
        database = open_like(self._app, config)
        work = (database, make_transport(config), config.mail_from, threading.Event())
        host: PluginHost = self._app.extensions["extranet_plugins"]
        more = {"folders": host.folders, "others": (work_of(host, database, daily.HANDLERS),)}
        thread = threading.Thread(
            target=run_forever, args=work, kwargs=more, daemon=True, name="work"
        )
        thread.start()


def refuse_taken_port(host: str, port: int) -> None:
    """End the command when something else listens there; gunicorn would try for a while first."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise click.ClickException(f"Cannot listen on {host}:{port}: {error}.") from error
            message = f"Port {port} is in use. Choose another one with --port or PORT=…"
            raise click.ClickException(message) from error


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=5000, show_default=True, envvar="PORT", help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Number of processes.")
def run(host: str, port: int, workers: int) -> None:
    """Serve the site and deliver its mail; with EXTRANET_DEMO=1 fill an empty database first."""
    config = load_config(environment="development")
    refuse_taken_port(host, port)
    plugins = load_host(config)
    database = open_database(config, plugins)
    if config.demo:
        if is_empty(database):
            fill_apart(config)
        show_accounts(config)
    database.dispose()
    app = create_app(config, host=plugins)
    click.echo(f"Open http://{host}:{port}/ in a browser; stop with Ctrl-C.")
    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "preload_app": True,
        "loglevel": "warning",
    }
    Server(app, config, options).run()


@click.command()
def migrate() -> None:
    """Bring the database schema up to date."""
    open_database(load_config(environment="development")).dispose()
    click.echo("The database is up to date.")


@click.command("deliver-mail")
def deliver_mail() -> None:
    """Send mail and do jobs that are queued; for a timer, under another server than ours."""
    config = load_config(environment="development")
    host = load_host(config)
    open_database(config, host).dispose()
    app = create_app(config, host=host)
    database = open_like(app, config)
    count = deliver_queued(database, make_transport(config), config.mail_from, host.folders)
    jobs = work_of(host, database, daily.HANDLERS)()
    database.dispose()
    click.echo(f"{count} mails sent, {jobs} jobs done.")
