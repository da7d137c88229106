"""Where a plugin is on, and which days it keeps there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.coalitions.models import Coalition, Plustaak, PlustaakState
from extranet.plugins.contributions import Place
from extranet.plugins.models import PluginDate, RegionPlugin


def places_of(session: Session, plugin: str) -> list[Place]:
    """Return every place where a plugin is on, plustaken before regions: for periodic work."""
    plustaken = session.execute(
        select(Coalition.region_id, Plustaak.coalition_id, Plustaak.id)
        .join(Coalition, Coalition.id == Plustaak.coalition_id)
        .where(Plustaak.plugin == plugin, Plustaak.state == PlustaakState.ON)
        .order_by(Plustaak.id)
    )
    regions = session.scalars(
        select(RegionPlugin.region_id)
        .where(RegionPlugin.plugin == plugin, RegionPlugin.is_on)
        .order_by(RegionPlugin.region_id)
    )
    return [
        *(
            Place(
                plugin=plugin,
                region_id=row.region_id,
                coalition_id=row.coalition_id,
                plustaak_id=row.id,
            )
            for row in plustaken
        ),
        *(Place(plugin=plugin, region_id=region_id) for region_id in regions),
    ]


def dates_in(session: Session, *, coalition_id: int) -> list[tuple[str, PluginDate]]:
    """Return the days that the plustaken of a coalition that are on keep, each with its plugin."""
    rows = session.execute(
        select(Plustaak.plugin, PluginDate)
        .join(Plustaak, Plustaak.id == PluginDate.plustaak_id)
        .where(Plustaak.coalition_id == coalition_id, Plustaak.state == PlustaakState.ON)
        .order_by(PluginDate.on_date, Plustaak.plugin, PluginDate.key)
    )
    return [(row[0], row[1]) for row in rows]
