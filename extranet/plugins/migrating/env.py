"""What Alembic runs for one plugin: it sees the tables with the plugin's prefix, and no others."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from extranet.db import UtcDateTime

_given = context.config.attributes


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "table" or bool(name and name.startswith(_given["prefix"]))


def _render(kind: str, item: Any, autogenerating: Any) -> str | Literal[False]:
    """Write our own type as a plugin imports it; leave everything else to Alembic."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogenerating.imports.add("from extranet.api import UtcDateTime")
        return "UtcDateTime()"
    return False


context.configure(
    connection=_given["connection"],
    target_metadata=_given["metadata"],
    version_table=_given["version_table"],
    include_name=_is_ours,
    render_item=_render,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
