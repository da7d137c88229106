"""The operator's pages about the national list of organisations."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.clock import today
from extranet.membership.forms.fields import typed_values
from extranet.membership.forms.organisations import OrganisationForm, SuccessorForm
from extranet.membership.models import Organisation
from extranet.membership.policy import OPERATE_ORGANISATIONS
from extranet.membership.queries.organisations import (
    OrganisationLine,
    get_organisation,
    get_organisation_line,
    list_organisations,
    regions_of,
)
from extranet.membership.queries.wording import KINDS, PARTS
from extranet.membership.services.organisations import (
    create_organisation,
    edit_organisation,
    set_successor,
)
from extranet.publishing.downloads import csv_file
from extranet.publishing.tables import Column, Table
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.paging import PAGE_SIZE, asked_key, page_of

blueprint = Blueprint("organisations", __name__, url_prefix="/beheer/organisaties")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(OPERATE_ORGANISATIONS)
def organisations() -> Page:
    """Show the national list, by name, a page at a time."""
    wanted, kind = _filters()
    found = list_organisations(
        read_session(), search=wanted, kind=kind, after=asked_key(), limit=PAGE_SIZE + 1
    )
    return render_template(
        "organisations/organisations.html",
        page=page_of(found, [line.id for line in found]),
        wanted=wanted,
        kind=kind,
        is_first=asked_key() is None,
        kinds=KINDS,
    )


@blueprint.get("/organisaties.csv")
@requires(OPERATE_ORGANISATIONS)
def organisations_csv() -> Response:
    """Give the list, as far as it was searched, as CSV."""
    wanted, kind = _filters()
    lines = list_organisations(read_session(), search=wanted, kind=kind)
    return csv_file(_sheet(lines), "organisaties")


@blueprint.get("/nieuw")
@requires(OPERATE_ORGANISATIONS)
def create_form() -> Page:
    """Ask for a new organisation."""
    return render_template("organisations/create_form.html", form=OrganisationForm())


@blueprint.post("/nieuw")
@requires(OPERATE_ORGANISATIONS)
def create() -> Page:
    """Add an organisation to the national list."""
    form = OrganisationForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            organisation = create_organisation(session, actor=current_actor(), **form.values())
        if not form.errors:
            return _done(organisation, _("%(name)s is in the list.", name=organisation.name))
    return render_template("organisations/create_form.html", form=form), 422


@blueprint.get("/<code>")
@requires(OPERATE_ORGANISATIONS)
def organisation(code: str) -> Page:
    """Show one organisation with the regions that it takes part in."""
    line = get_organisation_line(read_session(), code)
    return render_template(
        "organisations/organisation.html",
        line=line,
        memberships=regions_of(read_session(), line.id),
        day=today(read_session()),
        kinds=KINDS,
        parts=PARTS,
    )


@blueprint.get("/<code>/wijzigen")
@requires(OPERATE_ORGANISATIONS)
def edit_form(code: str) -> Page:
    """Show an organisation to change."""
    found = get_organisation(read_session(), code)
    return _edit_page(OrganisationForm(obj=found), code)


@blueprint.post("/<code>/wijzigen")
@requires(OPERATE_ORGANISATIONS)
def edit(code: str) -> Page:
    """Change an organisation's name, kind or code."""
    form = OrganisationForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            found = get_organisation(session, code, for_update=True)
            form.expect(found.version, typed_values(OrganisationForm(formdata=None, obj=found)))
            edit_organisation(session, organisation=found, actor=current_actor(), **form.values())
        if not form.errors:
            return _done(found, _("The organisation is changed."))
    return _edit_page(form, code), 422


@blueprint.get("/<code>/herindeling")
@requires(OPERATE_ORGANISATIONS)
def successor_form(code: str) -> Page:
    """Ask which organisation takes this one over."""
    return _successor_page(_successor_of(code), code)


@blueprint.post("/<code>/herindeling")
@requires(OPERATE_ORGANISATIONS)
def succeed(code: str) -> Page:
    """Record which organisation takes this one over, or that none does."""
    form = SuccessorForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            found = get_organisation(session, code, for_update=True)
            form.expect(found.version, typed_values(_successor_of(code)))
            set_successor(
                session,
                organisation=found,
                successor_code=form.successor_code.data,
                from_date=form.successor_from.data,
                actor=current_actor(),
            )
        if not form.errors:
            return _done(found, _("The herindeling is recorded."))
    return _successor_page(form, code), 422


def _filters() -> tuple[str, str]:
    """Return the text and the kind that the address asks for; '' where it asks for none."""
    kind = request.args.get("soort", "")
    return request.args.get("zoek", "").strip()[:100], kind if kind in KINDS else ""


def _done(organisation: Organisation, message: str) -> Response:
    flash(message)
    return redirect(url_for("organisations.organisation", code=organisation.code))


def _edit_page(form: OrganisationForm, code: str) -> str:
    line = get_organisation_line(read_session(), code)
    return render_template("organisations/edit_form.html", form=form, line=line)


def _successor_page(form: SuccessorForm, code: str) -> str:
    line = get_organisation_line(read_session(), code)
    return render_template(
        "organisations/successor_form.html",
        form=form,
        line=line,
        memberships=regions_of(read_session(), line.id),
    )


def _successor_of(code: str) -> SuccessorForm:
    """Return the form with the successor that is recorded."""
    found = get_organisation(read_session(), code)
    line = get_organisation_line(read_session(), code)
    return SuccessorForm(
        formdata=None,
        data={
            "successor_code": line.successor_code,
            "successor_from": line.successor_from,
            "version": found.version,
        },
    )


def _sheet(lines: list[OrganisationLine]) -> Table:
    columns = [
        Column(key="code", heading=_("Official code")),
        Column(key="name", heading=_("Name")),
        Column(key="kind", heading=_("Kind")),
        Column(key="successor_code", heading=_("Official code of the successor")),
        Column(key="successor_from", heading=_("First day of the successor"), kind="date"),
    ]
    rows = [(o.code, o.name, o.kind, o.successor_code, o.successor_from) for o in lines]
    return Table(title=_("Organisations"), columns=columns, rows=rows)
