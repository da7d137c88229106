"""The coalitions of a region, and proposing a new one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.access import permits
from extranet.clock import today
from extranet.coalitions.forms import ProposalForm
from extranet.coalitions.policy import LIST_COALITIONS, PROPOSE
from extranet.coalitions.queries.listing import CoalitionLine, list_coalitions
from extranet.coalitions.services import initiatives
from extranet.coalitions.views.standing_here import stands_in
from extranet.coalitions.wording import STATE_KINDS, STATES
from extranet.i18n import translate
from extranet.membership.queries.regions import get_region
from extranet.publishing.downloads import csv_file
from extranet.publishing.tables import Column, Table
from extranet.web.access import requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.jinja import current_locale
from extranet.web.paging import PAGE_SIZE, asked_key, page_of

blueprint = Blueprint("coalitions", __name__, url_prefix="/<region>/coalities")
Page = str | tuple[str, int] | Response


@blueprint.get("/")
@requires(LIST_COALITIONS)
def coalitions() -> str:
    """Show the coalitions of the region, newest first."""
    actor, region, _organisation = stands_in()
    after, filters = asked_key(), _filters()
    rows = _rows(filters, after=after, limit=PAGE_SIZE + 1)
    return render_template(
        "coalitions/coalitions.html",
        page=page_of(rows, [row.id for row in rows]),
        is_first=after is None,
        filters=filters,
        needed=get_region(read_session(), region.id).threshold,
        states=STATES,
        kinds=STATE_KINDS,
        can_propose=permits(actor, PROPOSE),
    )


@blueprint.get("/coalities.csv")
@requires(LIST_COALITIONS)
def coalitions_csv() -> Response:
    """Give the coalitions that the filters leave as CSV."""
    return csv_file(_sheet(_rows(_filters())), "coalities")


def _sheet(lines: list[CoalitionLine]) -> Table:
    """Return the list as a table for a file, in the reader's language."""
    locale = current_locale()
    heads = (
        ("name", _("Name")),
        ("state", _("State")),
        ("municipalities", _("Municipalities that consented")),
        ("plustaken", _("Plustaken")),
        ("proposed_by", _("Proposed by")),
        ("proposed_on", _("Proposed on")),
    )
    numbers = {"municipalities", "plustaken"}
    columns = [
        Column(key=key, heading=text, kind="number" if key in numbers else "text")
        for key, text in heads
    ]
    rows = [
        (
            row.name,
            translate(STATES[row.state], locale),
            row.municipalities,
            row.plustaken,
            row.proposed_by,
            row.proposed_on.isoformat(),
        )
        for row in lines
    ]
    return Table(title=_("Coalitions"), columns=columns, rows=rows)


@blueprint.get("/nieuw")
@requires(PROPOSE)
def propose_form() -> str:
    """Ask what somebody proposes."""
    return render_template("coalitions/propose_form.html", form=ProposalForm())


@blueprint.post("/nieuw")
@requires(PROPOSE)
def propose() -> Page:
    """Put an initiative on the list."""
    form = ProposalForm()
    actor, region, organisation = stands_in()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            made = initiatives.propose(
                session,
                region_id=region.id,
                proposal=form.proposal(),
                organisation_id=organisation.id,
                actor=actor,
            )
        if not form.errors:
            flash(_("The initiative is on the list. Every member can now say what it thinks."))
            return redirect(url_for("workspace.overview", coalition=made.slug))
    return render_template("coalitions/propose_form.html", form=form), 422


def _filters() -> dict[str, str]:
    """Return what the address asks for, without what asks nothing."""
    state = request.args.get("status", "")
    asked = {
        "zoek": request.args.get("zoek", "").strip()[:100],
        "status": state if state in STATES else "",
        "eigen": "1" if request.args.get("eigen") == "1" else "",
    }
    return {name: value for name, value in asked.items() if value}


def _rows(
    filters: dict[str, str], *, after: int | None = None, limit: int | None = None
) -> list[CoalitionLine]:
    _actor, region, organisation = stands_in()
    session = read_session()
    return list_coalitions(
        session,
        region.id,
        day=today(session),
        organisation_id=organisation.id,
        search=filters.get("zoek", ""),
        state=filters.get("status", ""),
        own="eigen" in filters,
        after=after,
        limit=limit,
    )
