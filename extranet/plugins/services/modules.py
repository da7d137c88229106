"""Switch a module on and off in a region; what it kept stays until it is purged."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.errors import Conflict, InvalidInput, NotFound
from extranet.i18n import Text
from extranet.membership.models import Region
from extranet.plugins.contributions import Place
from extranet.plugins.models import RegionPlugin
from extranet.plugins.services.purging import purge


def enable_module(session: Session, *, place: Place, actor: Actor | None) -> None:
    """Switch a module on; raise InvalidInput when the region may not use it."""
    row = session.get(RegionPlugin, (place.region_id, place.plugin), with_for_update=True)
    if row is None or not row.is_allowed:
        message = Text(
            "The region does not use %(name)s. Allow it in the region too.", name=place.plugin
        )
        raise InvalidInput({"": message})
    if not row.is_on:
        row.is_on = True
        _show(session, place)
        _record(session, place, "module.enabled", actor)


def disable_module(session: Session, *, place: Place, actor: Actor | None) -> None:
    """Switch a module off: its pages are gone, what it kept stays."""
    row = session.get(RegionPlugin, (place.region_id, place.plugin), with_for_update=True)
    if row is not None and row.is_on:
        row.is_on = False
        _show(session, place)
        _record(session, place, "module.disabled", actor)


def purge_module(session: Session, *, place: Place, typed: str, actor: Actor | None) -> None:
    """Delete what a module kept for a region, after its name was typed; it must be off."""
    row = session.get(RegionPlugin, (place.region_id, place.plugin), with_for_update=True)
    if row is None:
        raise NotFound(Text("This region never used this module."))
    if row.is_on:
        raise Conflict(Text("Switch the module off before you delete what it kept."))
    if typed.strip() != place.plugin:
        raise InvalidInput({"typed": Text("Type %(name)s to confirm.", name=place.plugin)})
    _record(session, place, "module.purged", actor)
    purge(session, place)


def _show(session: Session, place: Place) -> None:
    """Write the modules that are on with the region, where every page reads them."""
    session.flush()
    names = session.scalars(
        select(RegionPlugin.plugin)
        .where(RegionPlugin.region_id == place.region_id, RegionPlugin.is_on)
        .order_by(RegionPlugin.plugin)
    )
    session.get_one(Region, place.region_id).modules = ",".join(names)


def _record(session: Session, place: Place, action: str, actor: Actor | None) -> None:
    record(
        session,
        actor=actor,
        action=action,
        subject=Subject("plugin", 0, place.plugin),
        region_id=place.region_id,
    )
