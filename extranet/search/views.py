"""The search page of a region."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from extranet.basistaken.rules import STATE_KINDS, STATE_WORDS
from extranet.documents.policy import visible_to
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
    return render_template(
        "search/results.html",
        search_text=text,
        hits=_hits(text),
        most=queries.MOST,
        words=STATE_WORDS,
        kinds=STATE_KINDS,
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


BLUEPRINTS = (blueprint,)
NAVIGATION: tuple[NavigationEntry, ...] = ()
