"""Add, change and remove the lines of a draft."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from extranet.money.forms.budgets import ConfirmForm
from extranet.money.forms.lines import LineForm, line_values
from extranet.money.models import BudgetVersion, LineKind, VatTreatment
from extranet.money.policy import EDIT_BUDGET
from extranet.money.queries.funding import sources_of
from extranet.money.queries.lines import amounts_of, get_line
from extranet.money.queries.versions import VersionFacts
from extranet.money.services import lines as services
from extranet.money.services.lines import LineInput, as_input
from extranet.money.views.blueprint import blueprint
from extranet.money.views.opening import draft_to_change, draft_to_show
from extranet.money.views.place import purse_of_address
from extranet.web.access import requires
from extranet.web.database import read_session, unit_of_work

LINES = "/begroting/<int:year>/versies/<int:number>/regels"


@blueprint.get(f"{LINES}/nieuw")
@requires(EDIT_BUDGET)
def add_line_form(year: int, number: int) -> str:
    """Ask for a line."""
    draft = draft_to_show(read_session(), year, number)
    form = LineForm(
        data={
            "kind": LineKind.COST.value,
            "lasting": "structural",
            "vat_treatment": VatTreatment.JOINT_ACCOUNT.value,
        }
    )
    return _asked("money/add_line_form.html", form, draft)


@blueprint.post(f"{LINES}/nieuw")
@requires(EDIT_BUDGET)
def add_line(year: int, number: int) -> Response | tuple[str, int]:
    """Add a line to a draft."""
    draft_shown = draft_to_show(read_session(), year, number)
    form = _prepared(LineForm(), draft_shown)
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            draft, actor = draft_to_change(session, year, number)
            services.add_line(session, version=draft, line=form.line(), actor=actor)
            flash(gettext("The line “%(name)s” is added.", name=form.name.data))
            return _to_version(year, number)
    return _asked("money/add_line_form.html", form, draft_shown), 422


@blueprint.get(f"{LINES}/<int:line_id>")
@requires(EDIT_BUDGET)
def edit_line_form(year: int, number: int, line_id: int) -> str:
    """Show a line to change."""
    session = read_session()
    draft = draft_to_show(session, year, number)
    line = get_line(session, version_id=draft.id, line_id=line_id)
    stored = as_input(line, amounts_of(session, line), year)
    form = LineForm(data=line_values(stored) | {"version": line.version})
    return _asked("money/edit_line_form.html", form, draft, line_id=line_id)


@blueprint.post(f"{LINES}/<int:line_id>")
@requires(EDIT_BUDGET)
def edit_line(year: int, number: int, line_id: int) -> Response | tuple[str, int]:
    """Change a line of a draft."""
    draft_shown = draft_to_show(read_session(), year, number)
    form = _prepared(LineForm(), draft_shown)
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            draft, actor = draft_to_change(session, year, number)
            line = get_line(session, version_id=draft.id, line_id=line_id)
            form.expect(line.version, _present(session, draft, line_id))
            services.change_line(session, version=draft, line=line, to=form.line(), actor=actor)
            return _to_version(year, number)
    return _asked("money/edit_line_form.html", form, draft_shown, line_id=line_id), 422


@blueprint.get(f"{LINES}/<int:line_id>/verwijderen")
@requires(EDIT_BUDGET)
def remove_line_form(year: int, number: int, line_id: int) -> str:
    """Ask whether a line must go."""
    session = read_session()
    draft = draft_to_show(session, year, number)
    line = get_line(session, version_id=draft.id, line_id=line_id)
    form = ConfirmForm(data={"version": line.version})
    return render_template("money/remove_line_form.html", form=form, version=draft, line=line)


@blueprint.post(f"{LINES}/<int:line_id>/verwijderen")
@requires(EDIT_BUDGET)
def remove_line(year: int, number: int, line_id: int) -> Response:
    """Take a line out of a draft."""
    form = ConfirmForm()
    form.validate()
    with unit_of_work() as session:
        draft, actor = draft_to_change(session, year, number)
        line = get_line(session, version_id=draft.id, line_id=line_id)
        form.expect(line.version, _present(session, draft, line_id))
        services.remove_line(session, version=draft, line=line, actor=actor)
        flash(gettext("The line “%(name)s” is removed.", name=line.name))
    return _to_version(year, number)


@blueprint.post("/begroting/<int:year>/versies/<int:number>/sluitend")
@requires(EDIT_BUDGET)
def close_gaps(year: int, number: int) -> Response:
    """Close what a rate leaves open with a reserve line."""
    with unit_of_work() as session:
        draft, actor = draft_to_change(session, year, number)
        services.close_gaps(session, version=draft, actor=actor)
    flash(gettext("A reserve line closes the gap."))
    return _to_version(year, number)


def _to_version(year: int, number: int) -> Response:
    return redirect(url_for(".version", year=year, number=number))


def _prepared(form: LineForm, draft: VersionFacts) -> LineForm:
    sources = sources_of(read_session(), purse=purse_of_address())
    form.prepare(draft.years, [(source.id, source.name) for source in sources])
    return form


def _asked(
    template: str, form: LineForm, draft: VersionFacts, *, line_id: int | None = None
) -> str:
    form = _prepared(form, draft)
    return render_template(template, form=form, version=draft, line_id=line_id)


def _present(session: Session, draft: BudgetVersion, line_id: int) -> Mapping[str, object]:
    """Return what stands in a line now, by field of the form, for who changed an older one."""
    line = get_line(session, version_id=draft.id, line_id=line_id)
    stored: LineInput = as_input(line, amounts_of(session, line), draft.year)
    return line_values(stored)
