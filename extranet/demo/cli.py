"""`extranet demo`: fill an empty database and say who can sign in."""

from __future__ import annotations

import multiprocessing
import secrets
from collections.abc import Callable
from pathlib import Path

import click

from extranet import subscriptions
from extranet.config import Config
from extranet.db import Database
from extranet.demo import services
from extranet.demo.cast import CAST, DOMAIN, OPERATOR_ACCOUNT, OPERATOR_NAME
from extranet.files import FileStore
from extranet.plugins.host import PluginHost
from extranet.plugins.listening import listen
from extranet.plugins.loading import load_plugins
from extranet.plugins.migrating import upgrade_plugins

ACCOUNTS_FILE = "demo-accounts.txt"
Opener = Callable[..., tuple[Config, Database]]


def fill(database: Database, config: Config, host: PluginHost, *, password: str) -> None:
    """Fill the database with the demo; all or nothing. The host hears what happens in it."""
    with database.unit_of_work() as session:
        services.fill(
            session,
            files=FileStore(config),
            examples=host.examples,
            password=password,
            memory_kib=config.password_memory_kib,
        )


def accounts(password: str) -> str:
    """Return the list of who can sign in, a line each."""
    lines = [f"  {OPERATOR_ACCOUNT + '@' + DOMAIN:44} {OPERATOR_NAME}"]
    seen = set()
    for part in CAST:
        if part.account and part.account not in seen:
            seen.add(part.account)
            lines.append(f"  {part.account + '@' + DOMAIN:44} {part.title}, {part.name}")
    return "\n".join([f"Sign in with the password {password} as one of:", *lines])


def is_empty(database: Database) -> bool:
    """Tell whether nobody uses this database yet."""
    with database.reading() as session:
        return services.is_empty(session)


def fill_apart(config: Config) -> None:
    """Fill an empty database in a process of its own; end the command when that fails.

    A server that forks its workers must not have used the file store before.
    """
    process = multiprocessing.get_context("spawn").Process(target=_fill_apart, args=(config,))
    process.start()
    process.join()
    if process.exitcode:
        raise click.ClickException("the demo could not be filled; see above")


def _fill_apart(config: Config) -> None:
    database = Database(config.database_url)
    fill_when_empty(database, config)
    database.dispose()


def fill_when_empty(database: Database, config: Config) -> bool:
    """Fill the database unless it is in use, and keep who can sign in; tell whether it did."""
    empty = is_empty(database)
    if empty:
        password = secrets.token_urlsafe(9)
        host = load_plugins(config)
        heard = subscriptions.wired()
        listen(heard, host)
        own = Database(config.database_url, clock=database.clock, subscriptions=heard)
        upgrade_plugins(own, host)
        fill(own, config, host, password=password)
        own.dispose()
        _keep(config.instance_dir / ACCOUNTS_FILE, accounts(password))
    return empty


def show_accounts(config: Config) -> None:
    """Print who can sign in, when this installation has been filled with the demo."""
    note = config.instance_dir / ACCOUNTS_FILE
    if note.exists():
        click.echo(note.read_text(encoding="utf-8"))


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing when the database is in use already.")
@click.pass_obj
def demo(opener: Opener, *, if_empty: bool) -> None:
    """Fill an empty database with the demo regions and print who can sign in."""
    config, database = opener(demo=True)
    filled = fill_when_empty(database, config)
    database.dispose()
    if not filled and not if_empty:
        raise click.ClickException("the database is not empty; the demo fills only an empty one")
    show_accounts(config)


def _keep(note: Path, text: str) -> None:
    """Keep the list for the next start, readable by its owner only."""
    note.parent.mkdir(parents=True, exist_ok=True)
    note.touch(mode=0o600)
    note.write_text(text + "\n", encoding="utf-8")
