"""The menu at the left: domains describe entries, this module orders and filters them.

An entry is plain data; who may not open its page does not see it. Inside a coalition stand its own
entries and, below the list of plustaken, one for each that is on; inside a plustaak all of its
own, under its title.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, g, request, url_for

from extranet.access import Actor, Permission, permits
from extranet.i18n import Text
from extranet.web.access import PLACES

EXTENSION, KEPT = "extranet_navigation", "extranet_menus"
HOME = "overview.home"
PLUGINS = "extranet_plugin_titles"
MOST_KEPT = 2000
# Outside a plustaak its line stands right below "Plustaken", whatever weight its plugin chose.
BELOW_PLUSTAKEN = 61


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationEntry:
    """A line of the menu: `weight` orders the lines of a group, low first.

    Without a permission it is for everybody who is signed in.
    `covers` are further endpoints during which the entry is the current one; a name that ends in
    a dot covers a whole blueprint. With `plugin` the entry is there while that plugin is on.
    """

    title: Text
    endpoint: str
    permission: Permission | None = None
    group: Text | None = None
    weight: int = 50
    covers: frozenset[str] = frozenset()
    plugin: str = ""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A line as the layout shows it."""

    title: Text | str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Lines under one heading; the first group has none."""

    title: Text | str
    entries: tuple[MenuEntry, ...]


def init_app(app: Flask, entries: Iterable[NavigationEntry]) -> None:
    """Keep the entries of all domains on the application, in order."""
    app.extensions[KEPT] = {}
    app.extensions[EXTENSION] = tuple(
        sorted(entries, key=lambda e: (e.group is not None, e.group and e.group.msgid, e.weight))
    )


def plugins_here() -> Mapping[str, Text]:
    """Return the titles of the plugins that this application has, by name."""
    return cast("Mapping[str, Text]", current_app.extensions.get(PLUGINS, {}))


def first_page_of(plugin: str, actor: Actor) -> str:
    """Return the endpoint of a plugin's first line that the actor may open, '' when none is."""
    return next(
        (one.endpoint for one in _entries() if one.plugin == plugin and _may_see(actor, one)), ""
    )


def menu(actor: Actor | None) -> Sequence[MenuGroup]:
    """Return the groups of the menu for the actor, without what they may not open."""
    if actor is None:
        return ()
    # The menu follows from these alone, so it is made once for each combination.
    place = (*(g.get(f"{name}_slug") for name in PLACES), tuple(_plugins_on(actor)))
    roles = (actor.roles, actor.coalition_roles, actor.is_operator)
    key = (place, roles, request.endpoint, _regions_to_enter(actor))
    kept: dict[object, tuple[MenuGroup, ...]] = current_app.extensions[KEPT]
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = _make_menu(actor)
    return kept[key]


def _make_menu(actor: Actor) -> tuple[MenuGroup, ...]:
    groups: dict[Text | None, list[MenuEntry]] = {None: []}
    plustaken, shown = actor.coalition.plustaken if actor.coalition else {}, set()
    for entry in sorted(_entries(), key=lambda one: _order(one, plustaken)):
        if entry.plugin and entry.plugin not in _plugins_on(actor):
            continue
        if not _belongs_here(entry) or not _may_see(actor, entry):
            continue
        is_inside = _is_of_plustaak(entry)
        if entry.plugin in plustaken and not is_inside and entry.plugin in shown:
            continue
        shown.add(entry.plugin)
        group = plugins_here().get(g.plustaak_slug) if is_inside else entry.group
        line = MenuEntry(entry.title, url_for(entry.endpoint), _is_current(entry))
        groups.setdefault(group, []).append(line)
    made = [MenuGroup(title or "", tuple(lines)) for title, lines in groups.items() if lines]
    if regions := _regions_to_enter(actor):
        lines = [MenuEntry(name, url_for(HOME, region=slug)) for slug, name in regions]
        made.append(MenuGroup(Text("Your regions"), tuple(lines)))
    return tuple(made)


def _entries() -> tuple[NavigationEntry, ...]:
    return cast("tuple[NavigationEntry, ...]", current_app.extensions[EXTENSION])


def _order(entry: NavigationEntry, plustaken: Collection[str]) -> tuple[bool, str, bool, int]:
    """Return what a line is sorted by; equal ones stay by weight, as they were kept.

    Inside a plustaak its plugin's own lines come before what every plustaak has.
    """
    is_lone = entry.plugin in plustaken and not _is_of_plustaak(entry)
    group = entry.group.msgid if entry.group else ""
    is_of_every = current_app.url_map.is_endpoint_expecting(entry.endpoint, "plustaak")
    weight = BELOW_PLUSTAKEN if is_lone else entry.weight
    return entry.group is not None, group, is_of_every, weight


def _may_see(actor: Actor, entry: NavigationEntry) -> bool:
    return entry.permission is None or permits(actor, entry.permission)


def _regions_to_enter(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the address and name of each region of the actor, once; none from inside one."""
    if "region_slug" in g:
        return ()
    return tuple(dict.fromkeys((one.region_slug, one.region_name) for one in actor.choices))


def _belongs_here(entry: NavigationEntry) -> bool:
    """Show a coalition's pages inside it, a region's inside that, the operator's outside."""
    expects = current_app.url_map.is_endpoint_expecting
    if expects(entry.endpoint, "plustaak") and "plustaak_slug" not in g:
        return False
    around = [name for name in PLACES if name != "plustaak"]
    return all(expects(entry.endpoint, name) == (f"{name}_slug" in g) for name in around)


def _is_of_plustaak(entry: NavigationEntry) -> bool:
    """Tell whether a line is of the plustaak that the reader is inside of."""
    here = g.get("plustaak_slug")
    expects = current_app.url_map.is_endpoint_expecting
    return here is not None and (entry.plugin == here or expects(entry.endpoint, "plustaak"))


def _plugins_on(actor: Actor) -> Collection[str]:
    """Return the plugins that are on where the actor stands, in order."""
    on = actor.region.modules if actor.region else frozenset()
    return sorted(on.union(actor.coalition.plustaken) if actor.coalition else on)


def _is_current(entry: NavigationEntry) -> bool:
    endpoint = request.endpoint or ""
    blueprint = endpoint.rpartition(".")[0] + "."
    return endpoint == entry.endpoint or endpoint in entry.covers or blueprint in entry.covers
