"""The operator's pages about regions: which there are, and a new one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.clock import today
from extranet.membership.forms.regions import NewRegionForm
from extranet.membership.policy import OPERATE_REGIONS
from extranet.membership.queries.regions import get_region_line, list_regions
from extranet.membership.queries.wording import LEGAL_FORMS
from extranet.membership.services.regions import create_region
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work

blueprint = Blueprint("regions", __name__, url_prefix="/beheer/regios")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(OPERATE_REGIONS)
def regions() -> Page:
    """Show the regions of this installation."""
    session = read_session()
    return render_template(
        "regions/regions.html",
        regions=list_regions(session, day=today(session)),
        legal_forms=LEGAL_FORMS,
    )


@blueprint.get("/nieuw")
@requires(OPERATE_REGIONS)
def create_form() -> Page:
    """Ask for a new region."""
    return render_template("regions/create_form.html", form=NewRegionForm())


@blueprint.post("/nieuw")
@requires(OPERATE_REGIONS)
def create() -> Page:
    """Create a region, still without members and people."""
    form = NewRegionForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            create_region(session, actor=current_actor(), **form.values())
        if not form.errors:
            flash(_("The region is there. Invite its first region admin now."))
            return redirect(url_for("regions.region", slug=form.slug.data))
    return render_template("regions/create_form.html", form=form), 422


@blueprint.get("/<slug>")
@requires(OPERATE_REGIONS)
def region(slug: str) -> Page:
    """Show one region as the operator sees it: what it is, not what it does."""
    session = read_session()
    return render_template(
        "regions/region.html",
        line=get_region_line(session, slug, day=today(session)),
        legal_forms=LEGAL_FORMS,
    )
