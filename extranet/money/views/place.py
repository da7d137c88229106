"""Whose money an address is about: the region's own, unless the domain above says otherwise.

A domain above registers these pages once more under an address of its own, and before each request
to them it puts a `MoneyPlace` in `g.money_place`.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, url_for

from extranet.access import Actor
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.money.queries.versions import NO_BUDGET
from extranet.money.rules import Purse
from extranet.web.access import current_actor, find_actor

BASE_KEEPERS = Text("The controller, the programme team or the region admin")
BASE_ADOPTERS = Text("The controller or the region admin")
ONLY_CENTRUM = Text("Only the controller of the centrum keeps this region's books.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyPlace:
    """Whose money these pages show, what they call it, and what can be done with it.

    `name` is whose money it is, empty for the base; `breadcrumbs` are the titles and addresses of
    the pages above, from the region down. `keepers` are organisations whose controller keeps these
    books besides that of the centrum. `closed` says why nothing can be changed now, `not_asked` why
    nothing is asked of anybody yet. `start_url` is where the budget is begun, empty once it was.
    """

    purse: Purse
    name: str = ""
    breadcrumbs: tuple[tuple[str, str], ...] = ()
    keepers: frozenset[int] = frozenset()
    editors: Text = BASE_KEEPERS
    adopters: Text = BASE_ADOPTERS
    refusal: Text = ONLY_CENTRUM
    closed: Text | None = None
    not_asked: Text | None = None
    start_url: str = ""

    @property
    def is_base(self) -> bool:
        """Tell whether this is the money of the region's basistaken."""
        return self.purse.is_base


def place_of_address() -> MoneyPlace:
    """Return whose money the address is about: the base of its region, unless told.

    The domain above cannot reach beyond the region of the address.
    """
    region_id = region_of(current_actor())
    place: MoneyPlace | None = g.get("money_place")
    if place is None:
        place = g.money_place = _base(current_actor())
    if place.purse.region_id != region_id:
        raise NotFound(NO_BUDGET)
    return place


def purse_of_address() -> Purse:
    """Return which household the address is about."""
    return place_of_address().purse


def region_of(actor: Actor) -> int:
    """Return the number of the region that the actor stands in; the access rule saw to it."""
    if actor.region is None:
        raise NotFound(Text("This page does not exist."))
    return actor.region.id


def in_templates() -> dict[str, MoneyPlace]:
    """Give the templates of money their `place`; the page of an error may have none."""
    actor = find_actor()
    if actor is None or actor.region is None:
        return {}
    try:
        return {"place": place_of_address()}
    except NotFound:
        # That is what the page at hand says already.
        return {}


def _base(actor: Actor) -> MoneyPlace:
    region = actor.region
    crumbs = ((region.name, url_for("overview.home")),) if region else ()
    return MoneyPlace(purse=Purse(region_id=region_of(actor)), breadcrumbs=crumbs)
