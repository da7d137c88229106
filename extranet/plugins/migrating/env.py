"""What Alembic runs for one plugin: it sees the tables with the plugin's prefix, and no others."""

from __future__ import annotations

from typing import Any

from alembic import context

_given = context.config.attributes


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "table" or bool(name and name.startswith(_given["prefix"]))


context.configure(
    connection=_given["connection"],
    target_metadata=_given["metadata"],
    version_table=_given["version_table"],
    include_name=_is_ours,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
