"""The region admin's pages about the region itself: its settings and its bodies."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.clock import today
from extranet.membership.forms.fields import typed_values
from extranet.membership.forms.regions import LETTERHEAD, BodyForm, RegionForm
from extranet.membership.models import Body
from extranet.membership.policy import EDIT_BODIES, EDIT_REGION
from extranet.membership.queries.bodies import bodies_of, get_body
from extranet.membership.queries.members import members_on
from extranet.membership.queries.regions import get_region
from extranet.membership.queries.wording import BODY_KINDS
from extranet.membership.services.bodies import add_body, edit_body
from extranet.membership.services.regions import edit_region
from extranet.web.access import current_actor, current_region, requires
from extranet.web.database import read_session, unit_of_work

blueprint = Blueprint("region_settings", __name__, url_prefix="/<region>/beheer")
Page = str | tuple[str, int] | Response


@blueprint.get("/regio")
@requires(EDIT_REGION)
def region_form() -> Page:
    """Show the settings of the region to change."""
    return _region_page(RegionForm(obj=get_region(read_session(), current_region().id)))


@blueprint.post("/regio")
@requires(EDIT_REGION)
def change_region() -> Page:
    """Change the settings of the region."""
    form = RegionForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            region = get_region(session, current_region().id, for_update=True)
            form.expect(region.version, typed_values(RegionForm(formdata=None, obj=region)))
            edit_region(session, region=region, settings=form.settings(), actor=current_actor())
        if not form.errors:
            flash(_("The settings are saved."))
            return redirect(url_for("region_settings.region_form"))
    return _region_page(form), 422


@blueprint.get("/gremia")
@requires(EDIT_BODIES)
def bodies() -> Page:
    """Show the bodies of the region."""
    session = read_session()
    return render_template(
        "region_settings/bodies.html",
        bodies=bodies_of(session, current_region().id, day=today(session)),
        body_kinds=BODY_KINDS,
    )


@blueprint.get("/gremia/nieuw")
@requires(EDIT_BODIES)
def body_form() -> Page:
    """Ask for a new body."""
    return _body_page(_with_members(BodyForm()), None)


@blueprint.post("/gremia/nieuw")
@requires(EDIT_BODIES)
def make_body() -> Page:
    """Add a body."""
    form = _with_members(BodyForm())
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            add_body(session, region_id=current_region().id, actor=current_actor(), **form.values())
        if not form.errors:
            flash(_("The body is added."))
            return redirect(url_for("region_settings.bodies"))
    return _body_page(form, None), 422


@blueprint.get("/gremia/<int:body_id>")
@requires(EDIT_BODIES)
def change_body_form(body_id: int) -> Page:
    """Show a body to change."""
    body = get_body(read_session(), current_region().id, body_id)
    form = BodyForm(obj=body, organisation_id=body.organisation_id or 0)
    return _body_page(_with_members(form), body_id)


@blueprint.post("/gremia/<int:body_id>")
@requires(EDIT_BODIES)
def change_body(body_id: int) -> Page:
    """Change a body."""
    form = _with_members(BodyForm())
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            body = get_body(session, current_region().id, body_id, for_update=True)
            form.expect(body.version, _present(body))
            edit_body(session, body=body, actor=current_actor(), **form.values())
        if not form.errors:
            flash(_("The body is changed."))
            return redirect(url_for("region_settings.bodies"))
    return _body_page(form, body_id), 422


def _region_page(form: RegionForm) -> str:
    return render_template("region_settings/region_form.html", form=form, letterhead=LETTERHEAD)


def _with_members(form: BodyForm) -> BodyForm:
    """Offer the members of today; an organisation that a body had stays on offer."""
    session = read_session()
    members = members_on(session, current_region().id, today(session))
    form.organisation_id.choices = [
        (0, _("The region")),
        *((member.organisation_id, member.name) for member in members),
    ]
    return form


def _present(body: Body) -> dict[str, object]:
    return {"name": body.name, "kind": body.kind, "organisation_id": body.organisation_id or 0}


def _body_page(form: BodyForm, body_id: int | None) -> str:
    return render_template("region_settings/body_form.html", form=form, body_id=body_id)
