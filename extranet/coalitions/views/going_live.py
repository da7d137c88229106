"""Going live: what stands in the way of a plustaak, who solves it, and the button at the end."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.routing import BuildError
from werkzeug.wrappers import Response

from extranet.access import permits
from extranet.clock import today
from extranet.coalitions.forms import ConfirmForm
from extranet.coalitions.policy import MANAGE, VIEW_COALITION
from extranet.coalitions.queries.blockers import Asked, going_live
from extranet.coalitions.queries.workspace import get_facts
from extranet.coalitions.services import going_live as services
from extranet.coalitions.services.plustaken import get_plustaak
from extranet.coalitions.views.plustaak_here import blueprint, current_plustaak, trail
from extranet.coalitions.views.standing_here import changing, current_coalition, stands_in
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session

Page = str | tuple[str, int] | Response


@blueprint.get("/live")
@requires(VIEW_COALITION)
def live() -> str:
    """Show what blocks the plustaak, or since when it is live; ask who may to let it go."""
    return _page(ConfirmForm())


@blueprint.post("/live")
@requires(MANAGE)
def go_live() -> Page:
    """Let it go live when nothing blocks it; a second press changes nothing."""
    form, plugin = ConfirmForm(), current_plustaak().plugin
    form.validate()
    is_new = False
    with changing(form) as (session, coalition):
        plustaak = get_plustaak(session, coalition_id=coalition.id, plugin=plugin)
        is_new = services.go_live(
            session, coalition=coalition, plustaak=plustaak, actor=current_actor()
        )
    if form.errors:
        return _page(form), 422
    if is_new:
        flash(_("The plustaak is live."))
    return redirect(url_for("plustaak.live"))


def address_of(endpoint: str) -> str:
    """Return the address of a page, '' where this installation has no such page."""
    try:
        return url_for(endpoint) if endpoint else ""
    except BuildError:
        return ""


def _page(form: ConfirmForm) -> str:
    session, here, coalition = read_session(), current_plustaak(), current_coalition()
    actor, region, _organisation = stands_in()
    asked = Asked(
        id=here.id,
        plugin=here.plugin,
        region_id=region.id,
        coalition_id=coalition.id,
        coalition_state=coalition.state,
    )
    found = going_live(session, asked)
    return render_template(
        "plustaak/live.html",
        form=form,
        here=here,
        trail=trail(),
        facts=get_facts(session, coalition.id, day=today(session)),
        blockers=[(one, address_of(one.endpoint)) for one in found.blockers],
        done=found.done,
        readers=services.readers_of(session, region.id, found.participants),
        may_go=here.can_change and permits(actor, MANAGE),
    )
