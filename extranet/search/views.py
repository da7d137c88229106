"""The search page of a region."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from extranet.access import RegionRef
from extranet.basistaken.rules import STATE_KINDS, STATE_WORDS
from extranet.documents.policy import visible_to
from extranet.search import queries
from extranet.search.policy import SEARCH_REGION
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session
from extranet.web.navigation import NavigationEntry, plugins_here

LONGEST = 100
SHOWN = {"most": queries.MOST, "words": STATE_WORDS, "kinds": STATE_KINDS}
blueprint = Blueprint("search", __name__, url_prefix="/<region>")


@blueprint.get("/zoeken")
@requires(SEARCH_REGION)
def results() -> str:
    """Show what is found in this region; without a question only the way to ask one."""
    text = request.args.get("q", "").strip()[:LONGEST]
    return render_template(
        "search/results.html",
        search_text=text,
        hits=_hits(text),
        of_plugins=_hits_of_plugins(current_actor().region, text),
        **SHOWN,
        member_prefix=url_for("membership.members"),
        task_prefix=url_for("basistaken.list_tasks"),
        document_prefix=url_for("documents.list_documents"),
        people_url=url_for("region_people.people"),
    )


def _hits(text: str) -> queries.Hits | None:
    """Return what the reader finds; without a question nothing is looked for."""
    actor = current_actor()
    if not text or actor.region is None:
        return None
    return queries.find(
        read_session(), region_id=actor.region.id, text=text, may_read=visible_to(actor)
    )


def _hits_of_plugins(region: RegionRef | None, text: str) -> list[tuple[str, str, str]]:
    """Return what plugins want found: address, title and the coalition that it is in."""
    plugins = plugins_here()
    if not text or region is None or not plugins:
        return []
    found = queries.find_of_plugins(
        read_session(), region_id=region.id, text=text, plugins=plugins, on=region.modules
    )
    return [(_address(region, row), row.title, row.coalition_name or "") for row in found.rows]


def _address(region: RegionRef, row: Any) -> str:
    """Return where a thing of a plugin is: below the plugin's own address in its place."""
    place = ("coalities", row.coalition) if row.coalition else ()
    return "/" + "/".join((region.slug, *place, row.plugin, *filter(None, [row.path])))


BLUEPRINTS = (blueprint,)
NAVIGATION: tuple[NavigationEntry, ...] = ()
