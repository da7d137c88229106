"""The archive of a place: what its plugin kept and what was agreed, in a zip that stands alone.

In it are an index to read and one for programs, a CSV file per table of the plugin and, for a
plustaak, every version of its agreement that was sent (PDF) and of its budget that was adopted.
It opens without this program, whether the plugin's code is still here or not.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from extranet.agreements.models import VersionState
from extranet.agreements.queries.versions import versions_of
from extranet.agreements.services.documents import make_document
from extranet.clock import AMSTERDAM, now
from extranet.i18n import DEFAULT_LOCALE, Text, translate
from extranet.money.queries.contributions import get_table
from extranet.money.queries.exports import budget_export, contributions_export
from extranet.money.queries.lines import get_sheet
from extranet.money.queries.versions import VersionFacts, years_of
from extranet.money.queries.versions import versions_of as budget_versions_of
from extranet.money.rules import Purse
from extranet.plugins.contributions import Place
from extranet.plugins.models import PersonalDataDeclaration
from extranet.plugins.services.purging import tables_of
from extranet.publishing.csv_export import guarded, render_csv_for_people
from extranet.publishing.html_page import render_html

# An archive is for people and programs in the Netherlands.
LOCALE = DEFAULT_LOCALE
# A table whose rows are about people as a whole is not in it: one row is one person.
EVERYTHING = frozenset({"*"})
ENDINGS = ((b"%PDF-", "pdf"), (b"\x89PNG", "png"), (b"\xff\xd8", "jpg"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedFile:
    """A file of the archive: where it lies, what it is, its rows where it has any, its hash.

    `left_out` names the columns with data about people, which never leave the site this way.
    """

    file: str
    what: str
    sha256: str
    rows: int | None = None
    left_out: tuple[str, ...] = ()

    @property
    def link(self) -> str:
        """Return the path as an address relative to the index."""
        return quote(self.file)


def export_of(session: Session, place: Place, *, title: str = "") -> bytes:
    """Return the archive of a place; `title` is what people call it."""
    moment = now(session)
    target, index = io.BytesIO(), []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for archived, content in (*_contracts(session, place), *_tables(session, place)):
            archive.writestr(_entry(archived.file, moment), content)
            index.append(archived)
        about = {"plugin": place.plugin, "place": place.owner, "made_at": moment.isoformat()}
        files = [asdict(one) for one in index]
        text = json.dumps({**about, "files": files}, indent=2, ensure_ascii=False)
        archive.writestr(_entry("index.json", moment), text)
        values = {"title": title or place.plugin, "moment": moment, "files": index}
        page = render_html("plustaken/_archive.html", values, locale=LOCALE)
        archive.writestr(_entry("index.html", moment), page)
    return target.getvalue()


def _contracts(session: Session, place: Place) -> Iterator[tuple[ArchivedFile, bytes]]:
    """Yield the agreement and the budget of a plustaak, version by version."""
    if place.plustaak_id is None:
        return
    for version in versions_of(session, region_id=place.region_id, owner=place.owner):
        if version.state == VersionState.DRAFT:
            continue
        words = Text("Agreement, version %(number)s", number=version.number)
        name = f"overeenkomst/versie-{version.number}.pdf"
        yield _archived(name, words, make_document(session, version))
    purse = Purse(region_id=place.region_id, owner=place.owner)
    for budget in _adopted(session, purse):
        end = f"{budget.year}-versie-{budget.number}.csv"
        which = {"year": str(budget.year), "number": budget.number}
        lines = budget_export(budget, get_sheet(session, budget), LOCALE)
        words = Text("Budget %(year)s, version %(number)s", **which)
        yield _archived(f"begroting/begroting-{end}", words, render_csv_for_people(lines, LOCALE))
        shares = contributions_export(budget, get_table(session, budget), LOCALE)
        words = Text("Contributions %(year)s, version %(number)s", **which)
        yield _archived(f"begroting/bijdragen-{end}", words, render_csv_for_people(shares, LOCALE))


def _adopted(session: Session, purse: Purse) -> Iterator[VersionFacts]:
    for found in years_of(session, purse=purse):
        for version in reversed(budget_versions_of(session, purse=purse, year=found.year)):
            if not version.is_draft:
                yield version


def _tables(session: Session, place: Place) -> Iterator[tuple[ArchivedFile, bytes]]:
    """Yield the tables of the plugin, without what they hold about people."""
    personal = _personal_columns(session, place.plugin)
    for table, rows in _rows_of(session, place):
        left_out = personal.get(table.name, frozenset())
        if left_out == EVERYTHING:
            continue
        columns = [column.name for column in table.columns if column.name not in left_out]
        yield from _files(table, rows, columns)
        written = [[_cell(table, row, name) for name in columns] for row in rows]
        content = _as_csv(columns, written)
        yield _archived(
            f"{table.name}.csv",
            Text("What the plugin kept in %(name)s", name=table.name),
            content,
            rows=len(rows),
            left_out=tuple(sorted(left_out)),
        )


def _files(
    table: Table, rows: Sequence[Any], columns: Sequence[str]
) -> Iterator[tuple[ArchivedFile, bytes]]:
    """Yield what a table holds in bytes, a letter or a picture, as files of their own."""
    for row in rows:
        for name in columns:
            if isinstance(row[name], bytes):
                words = Text("From %(name)s", name=table.name)
                yield _archived(_cell(table, row, name), words, row[name])


def _cell(table: Table, row: Any, name: str) -> Any:
    """Return a value as the table of the archive has it; for bytes that is the name of a file."""
    value = row[name]
    if not isinstance(value, bytes):
        return value
    key = "-".join(str(row[column.name]) for column in table.primary_key)
    ending = next((end for start, end in ENDINGS if value.startswith(start)), "bin")
    return f"{table.name}/{key}-{name}.{ending}"


def _archived(
    file: str,
    what: Text,
    content: bytes,
    *,
    rows: int | None = None,
    left_out: tuple[str, ...] = (),
) -> tuple[ArchivedFile, bytes]:
    digest = hashlib.sha256(content).hexdigest()
    words = translate(what, LOCALE)
    return ArchivedFile(file=file, what=words, sha256=digest, rows=rows, left_out=left_out), content


def _rows_of(session: Session, place: Place) -> Iterable[tuple[Table, Sequence[Any]]]:
    """Return the rows of a place by table; what hangs on another table follows its rows."""
    owner, value = (
        ("plustaak_id", place.plustaak_id)
        if place.plustaak_id is not None
        else ("region_id", place.region_id)
    )
    connection = session.connection()
    kept: dict[str, Sequence[Any]] = {}
    for table in tables_of(connection, place.plugin):
        statement = select(table)
        if owner in table.columns:
            statement = statement.where(table.columns[owner] == value)
        else:
            parent = next(
                (key for key in table.foreign_keys if key.column.table.name in kept), None
            )
            if parent is None:
                continue
            above = {row[parent.column.name] for row in kept[parent.column.table.name]}
            statement = statement.where(parent.parent.in_(above))
        kept[table.name] = connection.execute(statement).mappings().all()
        yield table, kept[table.name]


def _personal_columns(session: Session, plugin: str) -> dict[str, frozenset[str]]:
    declarations = session.scalars(
        select(PersonalDataDeclaration).where(PersonalDataDeclaration.plugin == plugin)
    )
    return {
        one.table_name: EVERYTHING if one.whole_row else frozenset(one.blanks)
        for one in declarations
    }


def _as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if value is None else guarded(str(value)) for value in row])
    return target.getvalue().encode()


def _entry(name: str, moment: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, moment.astimezone(AMSTERDAM).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
