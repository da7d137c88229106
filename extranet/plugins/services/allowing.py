"""Let regions and coalitions use plugins, and switch them, at both levels in one change."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.coalitions.models import Coalition, Plustaak, PlustaakState
from extranet.coalitions.services.plustaken import disable_plustaak, enable_plustaak
from extranet.errors import Conflict, InvalidInput
from extranet.i18n import Text
from extranet.plugins.contributions import Place
from extranet.plugins.models import Cell, CoalitionPlugin, PluginPreset, RegionPlugin
from extranet.plugins.services.modules import disable_module, enable_module


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """How a plugin is to stand in a coalition, and how it stood for who decided that."""

    coalition_id: int
    plugin: str
    before: Cell
    after: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionChange:
    """How a plugin is to stand in the region itself; only a module can be on there."""

    plugin: str
    before: Cell
    after: Cell
    is_module: bool = False


def change_allowances(
    session: Session,
    *,
    region_id: int,
    regions: Iterable[RegionChange],
    cells: Iterable[CellChange],
    actor: Actor | None,
) -> None:
    """Do every change of the matrix, or none.

    Raises Conflict when somebody changed one of these cells meanwhile, InvalidInput when one of
    them cannot be: a plugin that is still on is not taken from a region.
    """
    regions = list(regions)
    for change in regions:
        _refuse_stale(session, region_id, change)
        if change.after != Cell.NO:
            _region_row(session, region_id, change.plugin).is_allowed = True
    session.flush()
    for cell in cells:
        coalition = session.get(Coalition, cell.coalition_id)
        if coalition is None or coalition.region_id != region_id:
            raise InvalidInput({"": Text("This coalition is not one of this region.")})
        _change_cell(session, coalition, cell, actor)
    for change in regions:
        _change_region(session, region_id, change, actor)
    session.flush()


def cell_of(session: Session, *, coalition_id: int, plugin: str) -> Cell:
    """Return how a plugin stands in a coalition."""
    state = session.scalar(
        select(Plustaak.state).where(
            Plustaak.coalition_id == coalition_id, Plustaak.plugin == plugin
        )
    )
    if state == PlustaakState.ON:
        return Cell.ON
    is_allowed = session.get(CoalitionPlugin, (coalition_id, plugin)) is not None
    return Cell.MAY if is_allowed else Cell.NO


def allow_preset(
    session: Session,
    *,
    region_id: int,
    preset_id: int,
    coalition_id: int,
    known: Collection[str],
    actor: Actor | None,
) -> None:
    """Let a coalition, and so its region, use the plugins of a preset that are `known` here."""
    preset, coalition = session.get(PluginPreset, preset_id), session.get(Coalition, coalition_id)
    if preset is None or preset.region_id != region_id:
        raise InvalidInput({"": Text("Choose one of the options.")})
    if coalition is None or coalition.region_id != region_id:
        raise InvalidInput({"": Text("This coalition is not one of this region.")})
    names = [name for name in preset.plugins if name in known]
    for name in names:
        _region_row(session, region_id, name).is_allowed = True
    session.flush()
    for name in names:
        before = cell_of(session, coalition_id=coalition_id, plugin=name)
        if before == Cell.NO:
            change = CellChange(
                coalition_id=coalition_id, plugin=name, before=before, after=Cell.MAY
            )
            _change_cell(session, coalition, change, actor)


def keep_preset(
    session: Session, *, region_id: int, name: str, plugins: Collection[str], actor: Actor | None
) -> None:
    """Keep a set of plugins under a name; a name that is there already gets this set."""
    preset = session.scalar(
        select(PluginPreset).where(PluginPreset.region_id == region_id, PluginPreset.name == name)
    )
    if preset is None:
        preset = PluginPreset(region_id=region_id, name=name)
        session.add(preset)
    preset.plugins = sorted(plugins)
    session.flush()
    record(
        session,
        actor=actor,
        action="plugin_preset.kept",
        subject=Subject("plugin_preset", preset.id, name),
        region_id=region_id,
        after={"plugins": preset.plugins},
    )


def drop_preset(session: Session, *, region_id: int, preset_id: int, actor: Actor | None) -> None:
    """Forget a preset; what it once allowed stays allowed."""
    preset = session.get(PluginPreset, preset_id)
    if preset is None or preset.region_id != region_id:
        return
    record(
        session,
        actor=actor,
        action="plugin_preset.dropped",
        subject=Subject("plugin_preset", preset.id, preset.name),
        region_id=region_id,
        before={"plugins": preset.plugins},
    )
    session.delete(preset)


def _refuse_stale(session: Session, region_id: int, change: RegionChange) -> None:
    """Raise Conflict unless the region's own cell is as it was, or already as asked."""
    row = session.get(RegionPlugin, (region_id, change.plugin))
    present = Cell.NO if row is None or not row.is_allowed else Cell.MAY
    if row is not None and row.is_on:
        present = Cell.ON
    if present not in {change.before, change.after}:
        raise Conflict(Text("Somebody else changed this while you had it open."))


def _change_region(
    session: Session, region_id: int, change: RegionChange, actor: Actor | None
) -> None:
    place = Place(plugin=change.plugin, region_id=region_id)
    if change.is_module and change.after == Cell.ON:
        enable_module(session, place=place, actor=actor)
    elif change.is_module and change.before == Cell.ON:
        disable_module(session, place=place, actor=actor)
    if change.after == Cell.NO:
        _take_from_region(session, region_id, change.plugin)
    values: dict[str, object] = {"allowed": change.after != Cell.NO}
    _record_allowance(session, region_id, change.plugin, values, actor)


def _change_cell(
    session: Session, coalition: Coalition, cell: CellChange, actor: Actor | None
) -> None:
    present = cell_of(session, coalition_id=coalition.id, plugin=cell.plugin)
    if present == cell.after:
        return
    if present != cell.before:
        raise Conflict(Text("Somebody else changed this while you had it open."))
    row = session.get(CoalitionPlugin, (coalition.id, cell.plugin))
    if cell.after != Cell.NO and row is None:
        _refuse_unless_region_may(session, coalition.region_id, cell.plugin)
        session.add(CoalitionPlugin(coalition_id=coalition.id, plugin=cell.plugin))
        session.flush()
    if cell.after == Cell.ON:
        enable_plustaak(session, coalition=coalition, plugin=cell.plugin, actor=actor)
    elif present == Cell.ON:
        _disable(session, coalition, cell.plugin, actor)
    if cell.after == Cell.NO and row is not None:
        session.delete(row)
    if Cell.NO in {present, cell.after}:
        values = {"allowed": cell.after != Cell.NO, "coalition": coalition.slug}
        _record_allowance(session, coalition.region_id, cell.plugin, values, actor)


def _disable(session: Session, coalition: Coalition, plugin: str, actor: Actor | None) -> None:
    plustaak = session.scalar(
        select(Plustaak)
        .where(Plustaak.coalition_id == coalition.id, Plustaak.plugin == plugin)
        .with_for_update()
    )
    if plustaak is not None:
        disable_plustaak(session, coalition=coalition, plustaak=plustaak, actor=actor)


def _take_from_region(session: Session, region_id: int, plugin: str) -> None:
    row = _region_row(session, region_id, plugin)
    still_on = session.scalar(
        select(func.count())
        .select_from(Plustaak)
        .join(Coalition, Coalition.id == Plustaak.coalition_id)
        .where(
            Coalition.region_id == region_id,
            Plustaak.plugin == plugin,
            Plustaak.state == PlustaakState.ON,
        )
    )
    if still_on or row.is_on:
        raise InvalidInput(
            {
                "": Text(
                    "%(name)s is still on. Switch it off first; nothing of it is lost.",
                    name=plugin,
                )
            }
        )
    row.is_allowed = False


def _refuse_unless_region_may(session: Session, region_id: int, plugin: str) -> None:
    row = session.get(RegionPlugin, (region_id, plugin))
    if row is None or not row.is_allowed:
        raise InvalidInput(
            {"": Text("The region does not use %(name)s. Allow it in the region too.", name=plugin)}
        )


def _region_row(session: Session, region_id: int, plugin: str) -> RegionPlugin:
    row = session.get(RegionPlugin, (region_id, plugin))
    if row is None:
        row = RegionPlugin(region_id=region_id, plugin=plugin, is_allowed=False, is_on=False)
        session.add(row)
    return row


def _record_allowance(
    session: Session,
    region_id: int,
    plugin: str,
    values: dict[str, object],
    actor: Actor | None,
) -> None:
    record(
        session,
        actor=actor,
        action="plugin.allowed" if values["allowed"] else "plugin.refused",
        subject=Subject("plugin", 0, plugin),
        region_id=region_id,
        after=values,
    )
