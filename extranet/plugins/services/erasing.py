"""Erase data about people on their day: by what was declared, plugin on, off or missing."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Delete,
    MetaData,
    Table,
    Update,
    delete,
    inspect,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from extranet.activity.services import Subject, record
from extranet.clock import today
from extranet.plugins.models import PersonalDataDeclaration


def erase_due(session: Session) -> dict[str, int]:
    """Erase what is past its retention date; return how many rows by table, where there were any.

    The log says how many rows of which table, never what stood in them.
    """
    erased: dict[str, int] = {}
    connection = session.connection()
    known = set(inspect(connection).get_table_names())
    declarations = session.scalars(
        select(PersonalDataDeclaration).order_by(
            PersonalDataDeclaration.plugin, PersonalDataDeclaration.table_name
        )
    ).all()
    for declaration in declarations:
        if declaration.table_name not in known:
            continue
        table = Table(declaration.table_name, MetaData(), autoload_with=connection)
        is_past = table.columns[declaration.retention] < today(session)
        statement = _statement(table, declaration, is_past)
        result = cast("CursorResult[Any]", connection.execute(statement))
        if result.rowcount:
            erased[declaration.table_name] = result.rowcount
            record(
                session,
                actor=None,
                action="personal_data.erased",
                subject=Subject("plugin", 0, declaration.plugin),
                after={"table": declaration.table_name, "rows": result.rowcount},
            )
    return erased


def _statement(
    table: Table, declaration: PersonalDataDeclaration, is_past: ColumnElement[bool]
) -> Update | Delete:
    """Return what erases: the row, or its columns where one of them still holds something."""
    if declaration.whole_row:
        return delete(table).where(is_past)
    columns = {name: table.columns[name] for name in declaration.blanks}
    holds = or_(
        *(
            column.is_not(None) if declaration.blanks[name] is None else column != ""
            for name, column in columns.items()
        )
    )
    blanks = {
        name: null() if value is None else value for name, value in declaration.blanks.items()
    }
    return update(table).where(is_past, holds).values(blanks)
