"""Triggers that keep frozen rows frozen, whoever writes: the application, a script or a console."""

from __future__ import annotations

from collections.abc import Sequence

from alembic import op

EDITS = ("UPDATE", "DELETE")


def freeze(table: str, *, when: str, message: str, operations: Sequence[str] = EDITS) -> None:
    """Refuse an operation on a row when the condition on OLD (for INSERT on NEW) holds.

    Where nothing may be inserted, no update moves a row in either. `{row}` in `when` becomes OLD
    or NEW. The refusal is an integrity error on both databases.
    """
    rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD"]}
    if "INSERT" in operations:
        rows["UPDATE"].append("NEW")
    for operation in operations:
        name = f"{table}_{operation.lower()}_frozen"
        condition = " OR ".join(when.format(row=row) for row in rows[operation])
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
            continue
        back = "OLD" if operation == "DELETE" else "NEW"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = '23001'; END IF; "
            f"RETURN {back}; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {operation} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def unfreeze(table: str, operations: Sequence[str] = EDITS) -> None:
    """Take the triggers of a table away again, before the table itself goes."""
    for operation in operations:
        name = f"{table}_{operation.lower()}_frozen"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
