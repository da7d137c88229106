"""`extranet import-population`: the operator's import, from files on this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import click

from extranet.config import Config
from extranet.db import Database
from extranet.errors import InvalidInput
from extranet.i18n import translate
from extranet.membership.queries.imports import (
    ImportPreview,
    municipality_names,
    preview_import,
)
from extranet.membership.rules import (
    NamedFile,
    Problem,
    Release,
    UnreadableRelease,
    read_release,
)
from extranet.membership.services.population import import_release, names_needed, proposed_name

# The command line speaks English, as its help does.
LOCALE = "en"
MOST_LINES = 20
LARGEST_BYTES = 8 * 1024**3
Open = Callable[[], tuple[Config, Database]]


@click.command("import-population")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--name", default="", help="Name of the release; made from its date if empty.")
@click.option(
    "--released-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day on which CBS released the figures, if the files do not say it.",
)
@click.option("--yes", is_flag=True, help="Import without asking.")
@click.pass_obj
def import_population(
    open_installation: Open,
    files: tuple[Path, ...],
    name: str,
    released_on: datetime | None,
    *,
    yes: bool,
) -> None:
    """Import population figures of CBS: the files of OData JSON or bulk CSV, or their zip.

    Shows what would change and asks before it stores anything. A folder stands for its files.
    """
    _config, database = open_installation()
    try:
        with database.reading() as session:
            release = _read(files, municipality_names(session))
            preview = preview_import(session, release)
        _show(release, preview)
        if preview.present is not None:
            click.echo(f"This release is here already, as “{preview.present.name}”.")
        elif preview.nameless:
            raise click.ClickException(translate(names_needed(preview.nameless), LOCALE))
        elif yes or click.confirm("Import it?"):
            day = released_on.date() if released_on else None
            _import(database, release, name or proposed_name(release), day)
    finally:
        database.dispose()


def _read(paths: Sequence[Path], known_names: dict[str, str]) -> Release:
    """Read the files with a progress bar; end with every problem named when they are no release."""
    found = [p for path in paths for p in (sorted(path.iterdir()) if path.is_dir() else [path])]
    files = [NamedFile(name=p.name, content=p.read_bytes()) for p in found if p.is_file()]
    with click.progressbar(length=100, label="Reading") as bar:

        def progress(done: int, total: int) -> None:
            bar.update(max(0, done * 100 // max(total, 1) - bar.pos))

        try:
            return read_release(
                files, limit=LARGEST_BYTES, known_names=known_names, progress=progress
            )
        except UnreadableRelease as error:
            problems = [translate(error.message, LOCALE), *_lines(error.problems)]
            raise click.ClickException("\n".join(problems)) from error


def _import(database: Database, release: Release, name: str, released_on: date | None) -> None:
    try:
        with database.unit_of_work() as session:
            imported = import_release(
                session, release=release, name=name, released_on=released_on, actor=None
            )
    except InvalidInput as error:
        messages = [translate(message, LOCALE) for message in error.fields.values()]
        raise click.ClickException(" ".join(messages)) from error
    click.echo(
        f"Imported as “{name}”: {len(release.figures)} figures, "
        f"{imported.organisations} new municipalities."
    )


def _show(release: Release, preview: ImportPreview) -> None:
    newest = preview.totals[0]
    difference = preview.difference
    known = f"“{preview.newest.name}”" if preview.newest else "nothing"
    click.echo(
        f"{release.title} ({release.source}, {release.table_id})\n"
        f"{newest.reference_date}: {newest.municipalities} municipalities, "
        f"{newest.inhabitants} inhabitants; {len(release.skipped)} rows without a figure\n"
        f"Compared with {known}: {difference.new} figures are new, "
        f"{len(difference.changed)} differ, {difference.unchanged} are the same, "
        f"{len(difference.absent)} are missing; "
        f"{len(preview.unknown)} municipalities are new to the national list"
    )
    for line in _lines(release.notes):
        click.echo(line)


def _lines(found: Sequence[Problem]) -> list[str]:
    """Return what was found, one line each, with file and place; at most a screenful."""
    lines = [
        ": ".join(
            part
            for part in (one.file, translate(one.row or "", LOCALE), translate(one.message, LOCALE))
            if part
        )
        for one in found[:MOST_LINES]
    ]
    if len(found) > MOST_LINES:
        lines.append(f"… and {len(found) - MOST_LINES} more")
    return [f"  {line}" for line in lines]


COMMANDS = (import_population,)
