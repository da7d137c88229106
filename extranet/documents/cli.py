"""The command that keeps documents and their files in step, for a daily timer."""

from __future__ import annotations

from collections.abc import Callable

import click

from extranet.config import Config
from extranet.db import Database
from extranet.documents.services.retention import compare_files, erase_expired
from extranet.errors import ExtranetError
from extranet.files import FileStore

# The caller makes this: this domain knows neither the migrations nor the server.
Opener = Callable[[], tuple[Config, Database]]
MOST_NAMED = 10


@click.command("sweep-files")
@click.pass_obj
def sweep_files(opener: Opener) -> None:
    """Erase documents whose retention is over and remove files that no document refers to.

    Ends with an error when the file of a document is missing.
    """
    config, database = opener()
    files = FileStore(config)
    try:
        erased = _erase(database, files)
        with database.reading() as session:
            found = compare_files(session, files=files)
    except ExtranetError as error:
        raise click.ClickException(str(error.message)) from error
    finally:
        database.dispose()
    click.echo(f"{erased} documents erased, {found.strays} stray files removed.")
    if found.missing:
        named = ", ".join(found.missing[:MOST_NAMED])
        raise click.ClickException(
            f"{len(found.missing)} files are missing; put them back from the backup: {named}"
        )


def _erase(database: Database, files: FileStore) -> int:
    """Erase in small transactions, so that nobody waits long; return how many."""
    total = 0
    while True:
        with database.unit_of_work() as session:
            erased = erase_expired(session, files=files)
        if not erased:
            return total
        total += erased


COMMANDS = (sweep_files,)
