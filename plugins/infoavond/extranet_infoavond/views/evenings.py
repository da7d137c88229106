"""The list of evenings."""

from __future__ import annotations

from extranet.api import current_place, read_session, render_template, requires
from extranet_infoavond.policy import VIEW
from extranet_infoavond.queries.evenings import evenings_of
from extranet_infoavond.views.blueprint import blueprint


@blueprint.get("")
@requires(VIEW)
def list_evenings() -> str:
    """Show the evenings, the first one first."""
    return render_template(
        "infoavond/list_evenings.html", evenings=evenings_of(read_session(), current_place())
    )
