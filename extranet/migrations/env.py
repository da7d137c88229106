"""What Alembic runs: always on the connection that `extranet.migrations` hands over."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import inspect

import extranet.activity.models
import extranet.agreements.models
import extranet.basistaken.models
import extranet.coalitions.models
import extranet.membership.models
import extranet.money.models
import extranet.outbox.models
import extranet.people.models
import extranet.plugins.models
import extranet.search.models  # noqa: F401 - each import fills the metadata
from extranet.db import Base
from extranet.migrations import VERSION_TABLE

_connection = context.config.attributes["connection"]
_PLUGIN_VERSIONS = "alembic_version_"


def _plugins_with_tables() -> tuple[str, ...]:
    """Return how the names of the tables of plugins begin in this database."""
    names = [
        name
        for name in inspect(_connection).get_table_names()
        if name.startswith(_PLUGIN_VERSIONS) and name != VERSION_TABLE
    ]
    return (*names, *(f"{name.removeprefix(_PLUGIN_VERSIONS)}_" for name in names))


_theirs = _plugins_with_tables()


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "table" or not (name or "").startswith(_theirs)


context.configure(
    connection=_connection,
    include_name=_is_ours,
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
