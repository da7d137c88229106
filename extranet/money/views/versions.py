"""Start a change of a budget, describe it, or throw it away."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from extranet.money.forms.budgets import ConfirmForm, CreateVersionForm, DescribeVersionForm
from extranet.money.policy import EDIT_BUDGET
from extranet.money.queries.versions import get_version
from extranet.money.services import budgets as services
from extranet.money.services.budgets import Description
from extranet.money.views.blueprint import blueprint
from extranet.money.views.opening import check_may, draft_to_change, draft_to_show
from extranet.money.views.place import purse_of_address
from extranet.web.access import requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.forms import optional_text


@blueprint.get("/begroting/<int:year>/versies/nieuw")
@requires(EDIT_BUDGET)
def create_version_form(year: int) -> str:
    """Ask why the budget changes."""
    session = read_session()
    check_may(session)
    latest = get_version(session, purse=purse_of_address(), year=year)
    return render_template(
        "money/create_version_form.html", form=CreateVersionForm(), latest=latest
    )


@blueprint.post("/begroting/<int:year>/versies/nieuw")
@requires(EDIT_BUDGET)
def create_version(year: int) -> Response | tuple[str, int]:
    """Start a draft that copies the latest version."""
    form = CreateVersionForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            made = services.create_version(
                session,
                purse=purse_of_address(),
                year=year,
                description=_described(form),
                actor=check_may(session),
            )
            flash(gettext("Version %(number)s is a draft now.", number=made.number))
            return redirect(url_for(".version", year=year, number=made.number))
    latest = get_version(read_session(), purse=purse_of_address(), year=year)
    return render_template("money/create_version_form.html", form=form, latest=latest), 422


@blueprint.get("/begroting/<int:year>/versies/<int:number>/gegevens")
@requires(EDIT_BUDGET)
def describe_version_form(year: int, number: int) -> str:
    """Show title and reason of a draft to change."""
    draft = draft_to_show(read_session(), year, number)
    form = DescribeVersionForm(
        data={"title": draft.title, "reason": draft.reason, "version": draft.counter}
    )
    if number > 1:
        form.ask_reason()
    return render_template("money/describe_version_form.html", form=form, version=draft)


@blueprint.post("/begroting/<int:year>/versies/<int:number>/gegevens")
@requires(EDIT_BUDGET)
def describe_version(year: int, number: int) -> Response | tuple[str, int]:
    """Change title and reason of a draft."""
    form = DescribeVersionForm()
    if number > 1:
        form.ask_reason()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            draft, actor = draft_to_change(session, year, number)
            form.expect(draft.version, {"title": draft.title, "reason": draft.reason})
            services.describe_version(
                session, version=draft, description=_described(form), actor=actor
            )
            return redirect(url_for(".version", year=year, number=number))
    draft_shown = draft_to_show(read_session(), year, number)
    return render_template("money/describe_version_form.html", form=form, version=draft_shown), 422


@blueprint.get("/begroting/<int:year>/versies/<int:number>/weggooien")
@requires(EDIT_BUDGET)
def discard_form(year: int, number: int) -> str:
    """Say what is lost when a draft is thrown away."""
    draft = draft_to_show(read_session(), year, number)
    form = ConfirmForm(data={"version": draft.counter})
    return render_template("money/discard_form.html", form=form, version=draft)


@blueprint.post("/begroting/<int:year>/versies/<int:number>/weggooien")
@requires(EDIT_BUDGET)
def discard(year: int, number: int) -> Response:
    """Throw a draft away."""
    form = ConfirmForm()
    form.validate()
    with unit_of_work() as session:
        draft, actor = draft_to_change(session, year, number)
        form.expect(draft.version, {"title": draft.title, "reason": draft.reason})
        services.discard_draft(session, version=draft, actor=actor)
    flash(gettext("The draft is thrown away."))
    return redirect(url_for(".budgets"))


def _described(form: CreateVersionForm | DescribeVersionForm) -> Description:
    return Description(title=optional_text(form.title.data), reason=optional_text(form.reason.data))
