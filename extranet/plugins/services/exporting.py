"""The export of what a plugin kept for one place: a zip that opens without this program."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from extranet.clock import now
from extranet.plugins.contributions import Place
from extranet.plugins.models import PersonalDataDeclaration
from extranet.plugins.services.purging import tables_of
from extranet.publishing.csv_export import guarded


def export_of(session: Session, place: Place) -> bytes:
    """Return a zip with a CSV file per table and an index; data about people are left out.

    Works whether the plugin's code is still here or not.
    """
    moment = now(session)
    personal = _personal_columns(session, place.plugin)
    index: list[dict[str, object]] = []
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, rows in _rows_of(session, place):
            left_out = personal.get(table.name, set())
            columns = [column.name for column in table.columns if column.name not in left_out]
            content = _as_csv(columns, [[row[name] for name in columns] for row in rows])
            archive.writestr(_entry(f"{table.name}.csv", moment), content)
            index.append(
                {"file": f"{table.name}.csv", "rows": len(rows), "left_out": sorted(left_out)}
            )
        about = {"plugin": place.plugin, "place": place.owner, "made_at": moment.isoformat()}
        text = json.dumps({**about, "files": index}, indent=2, ensure_ascii=False)
        archive.writestr(_entry("index.json", moment), text)
    return target.getvalue()


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


def _personal_columns(session: Session, plugin: str) -> dict[str, set[str]]:
    declarations = session.scalars(
        select(PersonalDataDeclaration).where(PersonalDataDeclaration.plugin == plugin)
    )
    return {one.table_name: set(one.blanks) for one in declarations}


def _as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if value is None else guarded(str(value)) for value in row])
    return target.getvalue()


def _entry(name: str, moment: datetime) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, moment.timetuple()[:6])
