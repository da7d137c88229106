"""The list of funding sources, and the forms that keep it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from extranet.money.forms.budgets import ConfirmForm
from extranet.money.forms.funding import FundingForm, funding_values
from extranet.money.models import FundingSource
from extranet.money.policy import EDIT_BUDGET, VIEW_BUDGET
from extranet.money.queries.funding import get_source, lock_source, sources_of
from extranet.money.queries.wording import CERTAINTIES, FUNDING_KINDS
from extranet.money.services import funding as services
from extranet.money.services.funding import as_input
from extranet.money.views.blueprint import blueprint
from extranet.money.views.opening import check_may, may_now
from extranet.money.views.place import purse_of_address
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work

SOURCES = "/begroting/financieringsbronnen"


@blueprint.get(SOURCES)
@requires(VIEW_BUDGET)
def sources() -> str:
    """Show the money from outside: how certain, and until when."""
    session = read_session()
    return render_template(
        "money/sources.html",
        sources=sources_of(session, purse=purse_of_address()),
        kinds=FUNDING_KINDS,
        certainties=CERTAINTIES,
        can_edit=may_now(session, current_actor()),
    )


@blueprint.get(f"{SOURCES}/nieuw")
@requires(EDIT_BUDGET)
def add_source_form() -> str:
    """Ask for a funding source."""
    check_may(read_session())
    return render_template("money/add_source_form.html", form=FundingForm())


@blueprint.post(f"{SOURCES}/nieuw")
@requires(EDIT_BUDGET)
def add_source() -> Response | tuple[str, int]:
    """Add a funding source."""
    form = FundingForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            actor = check_may(session)
            services.add_source(
                session, purse=purse_of_address(), source=form.source(), actor=actor
            )
            flash(gettext("The funding source is added."))
            return redirect(url_for(".sources"))
    return render_template("money/add_source_form.html", form=form), 422


@blueprint.get(f"{SOURCES}/<int:source_id>")
@requires(EDIT_BUDGET)
def edit_source_form(source_id: int) -> str:
    """Show a funding source to change."""
    session = read_session()
    check_may(session)
    source = get_source(session, purse=purse_of_address(), source_id=source_id)
    form = FundingForm(data=funding_values(as_input(source)) | {"version": source.version})
    return render_template("money/edit_source_form.html", form=form, source_id=source_id)


@blueprint.post(f"{SOURCES}/<int:source_id>")
@requires(EDIT_BUDGET)
def edit_source(source_id: int) -> Response | tuple[str, int]:
    """Change a funding source."""
    form = FundingForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            actor = check_may(session)
            source = lock_source(session, purse=purse_of_address(), source_id=source_id)
            _expect(form, source)
            services.change_source(session, source=source, to=form.source(), actor=actor)
            return redirect(url_for(".sources"))
    return render_template("money/edit_source_form.html", form=form, source_id=source_id), 422


@blueprint.get(f"{SOURCES}/<int:source_id>/verwijderen")
@requires(EDIT_BUDGET)
def remove_source_form(source_id: int) -> str:
    """Ask whether a funding source must go."""
    session = read_session()
    check_may(session)
    source = get_source(session, purse=purse_of_address(), source_id=source_id)
    form = ConfirmForm(data={"version": source.version})
    return render_template("money/remove_source_form.html", form=form, source=source)


@blueprint.post(f"{SOURCES}/<int:source_id>/verwijderen")
@requires(EDIT_BUDGET)
def remove_source(source_id: int) -> Response:
    """Remove a funding source that no line names."""
    form = ConfirmForm()
    form.validate()
    with unit_of_work() as session:
        actor = check_may(session)
        source = lock_source(session, purse=purse_of_address(), source_id=source_id)
        _expect(form, source)
        services.remove_source(session, source=source, actor=actor)
    flash(gettext("The funding source is removed."))
    return redirect(url_for(".sources"))


def _expect(form: FundingForm | ConfirmForm, source: FundingSource) -> None:
    form.expect(source.version, funding_values(as_input(source)))
