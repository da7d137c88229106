"""Print contributions for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.config import Config
from extranet.db import Database
from extranet.membership.models import Region
from extranet.money.queries.contributions import get_table
from extranet.money.queries.exports import amounts_export
from extranet.money.queries.versions import find_version
from extranet.money.rules import Purse
from extranet.publishing.csv_export import render_csv

# The caller makes this: this domain knows neither the migrations nor the server.
Opener = Callable[[], tuple[Config, Database]]


@click.command("contributions")
@click.argument("region")
@click.argument("year", type=int)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json"]),
    default="csv",
    show_default=True,
    help="How to write them.",
)
@click.pass_obj
def contributions(opener: Opener, region: str, year: int, form: str) -> None:
    """Print what each member of REGION pays in YEAR, by the budget in force.

    REGION is the short name in the address of its pages, such as nml.
    """
    _config, database = opener()
    try:
        with database.reading() as session:
            click.echo(printed(session, region=region, year=year, form=form), nl=False)
    finally:
        database.dispose()


def printed(session: Session, *, region: str, year: int, form: str) -> str:
    """Return what each member pays as lines of CSV or as JSON; end the command without a budget."""
    region_id = session.scalar(select(Region.id).where(Region.slug == region))
    if region_id is None:
        raise click.ClickException(f"There is no region {region!r}.")
    version = find_version(session, purse=Purse(region_id=region_id), year=year)
    if version is None:
        raise click.ClickException(f"Region {region!r} has no adopted budget for {year}.")
    table = amounts_export(get_table(session, version))
    if form == "csv":
        return render_csv(table).decode().replace("\r\n", "\n")
    keys = [column.key for column in table.columns]
    found = {
        "region": region,
        "year": year,
        "version": version.number,
        "total_cents": sum(int(str(row[-1])) for row in table.rows),
        "contributions": [dict(zip(keys, row, strict=True)) for row in table.rows],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


COMMANDS = (contributions,)
