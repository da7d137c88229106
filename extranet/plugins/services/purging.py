"""Delete what a plugin kept for one place, whether its code is still here or not.

Every table of a plugin says which place a row belongs to, so the core needs no help with this:
what carries the place goes, and what hangs on it goes with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, MetaData, Table, delete, inspect
from sqlalchemy.orm import Session

from extranet.plugins.contributions import Place
from extranet.plugins.models import PluginDate, PluginSetting, PluginSummary, PublicAddress
from extranet.search.models import Findable


def purge(session: Session, place: Place) -> int:
    """Delete every row that a plugin kept for a place and return how many tables held one."""
    owner = (
        ("plustaak_id", place.plustaak_id)
        if place.plustaak_id is not None
        else ("region_id", place.region_id)
    )
    emptied = 0
    for table in reversed(tables_of(session.connection(), place.plugin)):
        if owner[0] not in table.columns:
            continue
        statement = delete(table).where(table.columns[owner[0]] == owner[1])
        emptied += bool(session.connection().execute(statement).rowcount)
    for kept in (PluginSummary, Findable, PluginSetting):
        session.execute(delete(kept).where(kept.plugin == place.plugin, kept.owner == place.owner))
    if place.plustaak_id is not None:
        session.execute(delete(PluginDate).where(PluginDate.plustaak_id == place.plustaak_id))
        session.execute(
            delete(PublicAddress).where(
                PublicAddress.plugin == place.plugin,
                PublicAddress.plustaak_id == place.plustaak_id,
            )
        )
    return emptied


def tables_of(connection: Connection, plugin: str) -> Sequence[Table]:
    """Return the tables that a plugin has in the database, each after those it refers to."""
    names = [
        name for name in inspect(connection).get_table_names() if name.startswith(f"{plugin}_")
    ]
    found = MetaData()
    found.reflect(connection, only=names)
    return [table for table in found.sorted_tables if table.name in names]
