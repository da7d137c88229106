"""The budgets of a region: the list of years, the budget of one, a version, a comparison."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from extranet.errors import InvalidInput, NotFound
from extranet.i18n import Text
from extranet.money.forms.budgets import CreateBudgetForm
from extranet.money.policy import ADOPT_BUDGET, EDIT_BUDGET, VIEW_BUDGET
from extranet.money.queries.adoption import obstacles_of
from extranet.money.queries.budget_list import budgets_of
from extranet.money.queries.comparison import (
    amounts_before,
    find_before,
    line_changes,
    member_effects,
)
from extranet.money.queries.contributions import get_table
from extranet.money.queries.funding import money_after_its_end
from extranet.money.queries.lines import get_sheet
from extranet.money.queries.versions import NO_BUDGET, VersionFacts, versions_of
from extranet.money.services.budgets import Description
from extranet.money.services.budgets import create_budget as create
from extranet.money.views.blueprint import blueprint
from extranet.money.views.opening import check_may, may, may_now, may_share, version_to_share
from extranet.money.views.place import purse_of_address
from extranet.money.views.sheets import shown_sheet
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.forms import optional_text
from extranet.web.jinja import current_locale


@blueprint.get("/begroting")
@requires(VIEW_BUDGET)
def budgets() -> str:
    """Show every year with a budget."""
    session, actor = read_session(), current_actor()
    return render_template(
        "money/budgets.html",
        entries=budgets_of(session, purse=purse_of_address()),
        can_edit=may_now(session, actor),
        can_begin=may(session, actor, EDIT_BUDGET),
    )


@blueprint.get("/begroting/<int:year>")
@requires(VIEW_BUDGET)
def budget(year: int) -> str:
    """Show the budget in force of a year, or the draft where none is in force yet."""
    versions = versions_of(read_session(), purse=purse_of_address(), year=year)
    if not versions:
        raise NotFound(NO_BUDGET)
    shown = next((each for each in versions if each.is_in_force), versions[0])
    return _shown(shown, versions)


@blueprint.get("/begroting/<int:year>/versies/<int:number>")
@requires(VIEW_BUDGET)
def version(year: int, number: int) -> str:
    """Show any version of a year's budget."""
    versions = versions_of(read_session(), purse=purse_of_address(), year=year)
    shown = next((each for each in versions if each.number == number), None)
    if shown is None:
        raise NotFound(NO_BUDGET)
    return _shown(shown, versions)


@blueprint.get("/begroting/<int:year>/versies/<int:number>/vergelijking")
@requires(VIEW_BUDGET)
def compare(year: int, number: int) -> str:
    """Show what a version changes: its lines, and what each member pays."""
    after = version_to_share(read_session(), year, number)
    before = find_before(read_session(), after)
    if before is None:
        raise NotFound(Text("There is no version to compare this one with."))
    return _compared(after, before)


@blueprint.get("/begroting/nieuw")
@requires(EDIT_BUDGET)
def create_budget_form() -> str:
    """Ask for which year a budget starts."""
    check_may(read_session())
    return render_template("money/create_budget_form.html", form=CreateBudgetForm())


@blueprint.post("/begroting/nieuw")
@requires(EDIT_BUDGET)
def create_budget() -> Response | tuple[str, int]:
    """Start the first version of a year's budget."""
    form = CreateBudgetForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            made = create(
                session,
                purse=purse_of_address(),
                year=form.year.data or 0,
                description=Description(title=optional_text(form.title.data)),
                copy_last_year=form.copy.data == "last_year",
                actor=check_may(session),
            )
            flash(gettext("The draft of the budget %(year)s is there.", year=made.year))
            return redirect(url_for(".version", year=made.year, number=made.number))
    return render_template("money/create_budget_form.html", form=form), 422


def _compared(after: VersionFacts, before: VersionFacts) -> str:
    session = read_session()
    try:
        table, problem = get_table(session, after), None
    except InvalidInput as refusal:
        table, problem = None, refusal.message
    paid = amounts_before(session, before, year=after.year)
    return render_template(
        "money/compare.html",
        version=after,
        before=before,
        changes=line_changes(get_sheet(session, before), get_sheet(session, after)),
        effects=member_effects(paid, table) if table else (),
        problem=problem,
    )


def _shown(shown: VersionFacts, versions: tuple[VersionFacts, ...]) -> str:
    session, actor = read_session(), current_actor()
    can_edit = may_now(session, actor) and not shown.is_frozen
    sheet = get_sheet(session, shown)
    base = url_for(".version", year=shown.year, number=shown.number)
    return render_template(
        "money/version.html",
        version=shown,
        versions=versions,
        sheet=shown_sheet(sheet, current_locale()),
        warnings=money_after_its_end(sheet),
        obstacles=obstacles_of(session, shown) if shown.is_draft and can_edit else None,
        can_edit=can_edit,
        can_adopt=may_now(session, actor, ADOPT_BUDGET) and not shown.is_frozen,
        can_share=may_share(session, actor, shown),
        before=find_before(session, shown),
        links=[("CSV", f"{base}/begroting.csv"), ("Excel", f"{base}/begroting.xlsx")],
    )
