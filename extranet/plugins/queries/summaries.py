"""What plugins keep about places, read for all of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.plugins.contributions import Place
from extranet.plugins.models import PluginSummary


def summaries_of(session: Session, places: Sequence[Place]) -> Mapping[str, Mapping[str, Any]]:
    """Return what each plugin keeps about its place, by plugin, in one statement."""
    owners = {place.owner for place in places}
    rows = session.execute(
        select(PluginSummary.plugin, PluginSummary.owner, PluginSummary.values).where(
            PluginSummary.owner.in_(owners)
        )
    )
    asked = {(place.plugin, place.owner) for place in places}
    return {row.plugin: row.values for row in rows if (row.plugin, row.owner) in asked}
