"""The console command `extranet`: thin doors to the services, one group of commands a domain."""

from __future__ import annotations

from typing import Any

import click

from extranet import __version__
from extranet.config import Config
from extranet.db import Database
from extranet.demo.cli import demo
from extranet.documents.cli import COMMANDS as DOCUMENTS_COMMANDS
from extranet.membership.cli import COMMANDS as MEMBERSHIP_COMMANDS
from extranet.money.cli import COMMANDS as MONEY_COMMANDS
from extranet.outbox.cli import COMMANDS as OUTBOX_COMMANDS
from extranet.people.cli import COMMANDS as PEOPLE_COMMANDS
from extranet.plugins.cli import COMMANDS as PLUGIN_COMMANDS
from extranet.plugins.cli import PluginCommands
from extranet.serving import deliver_mail, load_config, migrate, open_database, run


@click.group(cls=PluginCommands)
@click.version_option(__version__)
@click.pass_context
def main(context: click.Context) -> None:
    """Run and look after an extranet for regional collaborations."""
    context.obj = open_installation


def open_installation(**overrides: Any) -> tuple[Config, Database]:
    """Return the configuration and the database, its schema up to date.

    `overrides` stand in for variables that are not set.
    """
    config = load_config(**{"environment": "development", **overrides})
    return config, open_database(config)


DOMAIN_COMMANDS = (
    *MEMBERSHIP_COMMANDS,
    *PEOPLE_COMMANDS,
    *DOCUMENTS_COMMANDS,
    *MONEY_COMMANDS,
    *OUTBOX_COMMANDS,
    *PLUGIN_COMMANDS,
)
for command in (run, demo, migrate, deliver_mail, *DOMAIN_COMMANDS):
    main.add_command(command)
