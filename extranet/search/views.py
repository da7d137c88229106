"""The search page of a region."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from extranet.basistaken.rules import STATE_KINDS, STATE_WORDS
from extranet.search import queries
from extranet.search.policy import SEARCH_REGION
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session
from extranet.web.navigation import NavigationEntry

LONGEST = 100
blueprint = Blueprint("search", __name__, url_prefix="/<region>")


@blueprint.get("/zoeken")
@requires(SEARCH_REGION)
def results() -> str:
    """Show what is found in this region; without a question only the way to ask one."""
    text = request.args.get("q", "").strip()[:LONGEST]
    region, hits = current_actor().region, None
    if text and region is not None:
        hits = queries.find(read_session(), region_id=region.id, text=text)
    return render_template(
        "search/results.html",
        search_text=text,
        hits=hits,
        most=queries.MOST,
        words=STATE_WORDS,
        kinds=STATE_KINDS,
        member_prefix=url_for("membership.members"),
        task_prefix=url_for("basistaken.list_tasks"),
        people_url=url_for("region_people.people"),
    )


BLUEPRINTS = (blueprint,)
NAVIGATION: tuple[NavigationEntry, ...] = ()
