"""The plustaak of the address, and the blueprint of the pages that each plustaak has.

What every plustaak has besides its plugin's own pages stands under its address: its participants,
its agreement, its budget and going live. Those pages stay while it is off or archived, to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import Blueprint, g, url_for

from extranet.coalitions.events import Description
from extranet.coalitions.models import CoalitionState, Plustaak, PlustaakState
from extranet.coalitions.queries.plustaken import describe_plugin, get_plustaak
from extranet.coalitions.rules.owners import owner_of
from extranet.coalitions.views.standing_here import current_coalition, stands_in
from extranet.i18n import Text
from extranet.web.database import read_session

__all__ = ["PlustaakHere", "blueprint", "current_plustaak", "owner_of", "trail"]

blueprint = Blueprint("plustaak", __name__, url_prefix="/<region>/coalities/<coalition>/<plustaak>")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakHere:
    """A plustaak as its pages show it; `can_change` says that it is on in an open coalition."""

    id: int
    plugin: str
    title: Text | str
    description: Description
    state: str
    live_since: date | None
    frozen_on: date | None
    can_change: bool

    @property
    def owner(self) -> str:
        """Return what agreements, households and documents call it."""
        return owner_of(self.id)


def current_plustaak() -> PlustaakHere:
    """Return the plustaak of the address; raise NotFound when its coalition has none such."""
    if "plustaak" not in g:
        session, coalition = read_session(), current_coalition()
        found: Plustaak = get_plustaak(session, coalition_id=coalition.id, plugin=g.plustaak_slug)
        description = describe_plugin(session, found.plugin)
        g.plustaak = PlustaakHere(
            id=found.id,
            plugin=found.plugin,
            title=description.title,
            description=description,
            state=found.state,
            live_since=found.live_since,
            frozen_on=found.frozen_on,
            can_change=found.state == PlustaakState.ON and coalition.state != CoalitionState.CLOSED,
        )
    return cast(PlustaakHere, g.plustaak)


def trail() -> tuple[tuple[str, str], ...]:
    """Return the titles and addresses of the pages above one of a plustaak, from the region down.

    A guest of the coalition has no region to go to.
    """
    actor, region, _organisation = stands_in()
    coalition = current_coalition()
    steps = ((coalition.name, url_for("workspace.overview")),)
    return steps if actor.is_guest else ((region.name, url_for("overview.home")), *steps)
