"""Commands about plugins: the doctor, a new plugin, a new migration, and the plugins' own."""

from __future__ import annotations

from pathlib import Path

import click

from extranet import __version__
from extranet.config import Config, ConfigurationError
from extranet.db import Database
from extranet.errors import PluginError
from extranet.plugins import migrating
from extranet.plugins.host import PluginHost
from extranet.plugins.loading import load_plugins
from extranet.plugins.making import make_plugin
from extranet.plugins.manifest import API_VERSION


class PluginCommands(click.Group):
    """The commands of the core, and a group for each plugin that has some."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the core's commands, then the plugins'."""
        return [*super().list_commands(context), *sorted(_groups())]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a command of the core, else the group of a plugin."""
        return super().get_command(context, name) or _groups().get(name)


@click.group()
def plugin() -> None:
    """Make and keep plugins."""


@plugin.command("new")
@click.argument("name")
@click.option("--folder", default=".", type=click.Path(path_type=Path), help="Where to make it.")
@click.option("--bundled", is_flag=True, help="Without a pyproject of its own, for plugins/.")
def new(name: str, folder: Path, *, bundled: bool) -> None:
    """Make a plugin that passes its own tests, in a new folder of that name."""
    try:
        made = make_plugin(name, folder, is_bundled=bundled)
    except (PluginError, FileExistsError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{made} is there. Next:")
    if not bundled:
        click.echo(f"  pip install --no-deps -e {made}")
    click.echo(f"  python -m pytest {made}")


@plugin.command("migration")
@click.argument("name")
@click.argument("message")
@click.pass_obj
def migration(obj: object, name: str, message: str) -> None:
    """Write a migration of a plugin from the difference between its models and its tables."""
    config, database = obj()  # type: ignore[operator]  # `open_installation` of extranet.cli
    found = load_plugins(config).find(name)
    if found is None:
        raise click.ClickException(f"the plugin {name} is not installed")
    migrating.make_revision(database, found, message)
    database.dispose()


@click.command()
def doctor() -> None:
    """Say what is installed and what is wrong with it; end with an error when something is."""
    try:
        config = Config.from_env(environment="development")
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from error
    host = load_plugins(config, is_strict=False)
    click.echo(f"extranet {__version__}, plugin API {'.'.join(map(str, API_VERSION))}")
    for found in host.plugins.values():
        click.echo(f"ok      {found.name}: {found.source.label}")
    for fault in host.faults.values():
        click.echo(f"FAULT   {fault.plugin}: {fault.reason}")
    problems = len(host.faults) + _stored_problems(config, host)
    if problems:
        raise click.ClickException(f"what needs attention: {problems}")


def _stored_problems(config: Config, host: PluginHost) -> int:
    """Print what the database knows to be wrong, and return how many things that are."""
    database = Database(config.database_url)
    try:
        with database.reading() as session:
            lines = migrating.stored_problems(session, host)
    finally:
        database.dispose()
    for line in lines:
        click.echo(line)
    return len([line for line in lines if line.startswith("FAULT")])


def _groups() -> dict[str, click.Group]:
    """Return a group of commands for each plugin that has some."""
    try:
        host = load_plugins(Config.from_env(environment="development"), is_strict=False)
    except ConfigurationError:
        return {}
    return {
        found.name: click.Group(
            found.name,
            commands=list(found.commands),
            help=str(found.manifest.summary),
        )
        for found in host.plugins.values()
        if found.commands
    }


COMMANDS = (plugin, doctor)
