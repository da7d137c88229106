"""What plugins show on the overview of a coalition or a region, in one statement for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from extranet.access import Actor
from extranet.i18n import Text
from extranet.plugins.addresses import address_of
from extranet.plugins.contributions import Panel, Place, Todo
from extranet.plugins.host import PluginHost
from extranet.plugins.queries.summaries import summaries_of
from extranet.web.access import find_actor
from extranet.web.database import read_session


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A panel or something to do, with the name of its plugin and its address, '' for none."""

    plugin: Text
    item: Panel | Todo
    url: str

    @property
    def order(self) -> tuple[bool, date]:
        """Return what it is sorted by among what needs doing: never one's own first, by day."""
        due = self.item.due if isinstance(self.item, Todo) else None
        return True, due or date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the plugins that are on here have to show."""

    panels: tuple[Shown, ...] = ()
    todos: tuple[Shown, ...] = ()


def overview_of(host: PluginHost) -> Overview:
    """Return what plugins show to who is looking, where they stand."""
    actor = find_actor()
    places = [] if actor is None else places_on(host, actor)
    if actor is None or not places:
        return Overview()
    kept = summaries_of(read_session(), places)
    panels = host.show_panels(actor=actor, places=places, summaries=kept)
    todos = host.show_todos(actor=actor, places=places, summaries=kept)
    return Overview(
        panels=tuple(_shown(host, place, item) for place, item in panels),
        todos=tuple(_shown(host, place, item) for place, item in todos),
    )


def places_on(host: PluginHost, actor: Actor) -> list[Place]:
    """Return where the plugins are on where the actor stands: coalition, else region."""
    if actor.region is None:
        return []
    if actor.coalition is None:
        on: Mapping[str, int | None] = dict.fromkeys(sorted(actor.region.modules))
    else:
        on = actor.coalition.plustaken
    return [
        Place(
            plugin=name,
            region_id=actor.region.id,
            coalition_id=actor.coalition.id if actor.coalition else None,
            plustaak_id=plustaak_id,
        )
        for name, plustaak_id in on.items()
        if name in host.plugins
    ]


def _shown(host: PluginHost, place: Place, item: Panel | Todo) -> Shown:
    title = host.plugins[place.plugin].manifest.title
    return Shown(plugin=title, item=item, url=address_of(item.endpoint, item.values))
