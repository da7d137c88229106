"""The operator's pages about population releases: what there is, and a new one."""

from __future__ import annotations

from pathlib import PurePath

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from extranet.membership.forms.population import ImportForm, UploadForm
from extranet.membership.policy import IMPORT_POPULATION
from extranet.membership.queries.imports import municipality_names, preview_import
from extranet.membership.queries.population import (
    date_totals,
    get_snapshot,
    list_snapshots,
    named_figures,
    users_of,
)
from extranet.membership.rules import NamedFile, Release, UnreadableRelease, read_release
from extranet.membership.services.population import import_release, names_needed, proposed_name
from extranet.membership.views.sealed_release import seal, unseal
from extranet.publishing.downloads import csv_file
from extranet.publishing.tables import Column, Table
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work

blueprint = Blueprint("population", __name__, url_prefix="/beheer/bevolking")
Page = str | tuple[str, int] | AnyResponse
MOST_ROWS = 50


@blueprint.get("")
@requires(IMPORT_POPULATION)
def snapshots() -> Page:
    """Show the releases that are here, and take a new one."""
    return _list_page(UploadForm())


@blueprint.post("/voorbeeld")
@requires(IMPORT_POPULATION)
def preview() -> Page:
    """Read the uploaded files and show what importing them would change; nothing is stored."""
    form = UploadForm()
    if not form.validate():
        return _list_page(form), 422
    try:
        release = read_release(_uploaded(), known_names=municipality_names(read_session()))
    except UnreadableRelease as error:
        return render_template("population/unreadable.html", error=error, most=MOST_ROWS), 422
    values = {"name": proposed_name(release), "sealed_release": seal(release)}
    return _preview_page(ImportForm(formdata=None, data=values), release)


@blueprint.post("/importeren")
@requires(IMPORT_POPULATION)
def confirm() -> Page:
    """Import the release: all of it or nothing."""
    form = ImportForm()
    release = unseal(form.sealed_release.data or "")
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            imported = import_release(
                session,
                release=release,
                name=form.name.data,
                released_on=form.released_on.data,
                actor=current_actor(),
            )
        if not form.errors:
            flash(_imported(imported.snapshot.name, is_new=imported.is_new))
            return redirect(url_for("population.snapshots"))
    return _preview_page(form, release), 422


@blueprint.get("/<int:snapshot_id>")
@requires(IMPORT_POPULATION)
def snapshot(snapshot_id: int) -> Page:
    """Show one release: what it holds, and which regions work with it."""
    session = read_session()
    return render_template(
        "population/snapshot.html",
        snapshot=get_snapshot(session, snapshot_id),
        totals=date_totals(session, snapshot_id),
        users=users_of(session, snapshot_id),
    )


@blueprint.get("/<int:snapshot_id>/cijfers.csv")
@requires(IMPORT_POPULATION)
def figures_csv(snapshot_id: int) -> Response:
    """Give all figures of a release as CSV."""
    line = get_snapshot(read_session(), snapshot_id)
    columns = [
        Column(key="code", heading=_("Official code")),
        Column(key="name", heading=_("Name")),
        Column(key="reference_date", heading=_("On"), kind="date"),
        Column(key="inhabitants", heading=_("Inhabitants"), kind="number"),
    ]
    figures = named_figures(read_session(), snapshot_id)
    rows = [(f.code, f.name, f.reference_date, f.inhabitants) for f in figures]
    return csv_file(Table(title=line.name, columns=columns, rows=rows), "bevolking")


def _uploaded() -> list[NamedFile]:
    """Return the uploaded files under their own names, without a folder."""
    return [
        NamedFile(name=PurePath(file.filename).name, content=file.read())
        for file in request.files.getlist("files")
        if file.filename
    ]


def _imported(name: str, *, is_new: bool) -> str:
    if not is_new:
        return str(
            _("This release is here already, as “%(name)s”. Nothing has changed.", name=name)
        )
    return str(_("“%(name)s” is here. Regions can now work with it.", name=name))


def _list_page(form: UploadForm) -> str:
    return render_template(
        "population/snapshots.html", form=form, snapshots=list_snapshots(read_session())
    )


def _preview_page(form: ImportForm, release: Release) -> str:
    preview = preview_import(read_session(), release)
    return render_template(
        "population/preview.html",
        form=form,
        release=release,
        preview=preview,
        obstacle=names_needed(preview.nameless) if preview.nameless else None,
        most=MOST_ROWS,
    )
