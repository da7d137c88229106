"""Choose the population figures that a draft is divided by."""

from __future__ import annotations

from datetime import date

from flask import redirect, render_template, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from extranet.clock import today
from extranet.formats import long_date
from extranet.formats import number as number_text
from extranet.money.forms.budgets import ChoosePopulationForm
from extranet.money.policy import EDIT_BUDGET
from extranet.money.queries.population import PopulationChoice, population_choices
from extranet.money.queries.versions import VersionFacts
from extranet.money.services.budgets import choose_population as choose
from extranet.money.views.blueprint import blueprint
from extranet.money.views.opening import draft_to_change, draft_to_show
from extranet.money.views.place import purse_of_address
from extranet.web.access import requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.jinja import current_locale

ADDRESS = "/begroting/<int:year>/versies/<int:number>/bevolking"


@blueprint.get(ADDRESS)
@requires(EDIT_BUDGET)
def choose_population_form(year: int, number: int) -> str:
    """Offer the reference dates of the release that the region adopted."""
    draft = draft_to_show(read_session(), year, number)
    form = ChoosePopulationForm(
        data={
            "version": draft.counter,
            "population": _value(draft.snapshot_id, draft.reference_date),
        }
    )
    _offer(form, draft)
    return render_template("money/choose_population_form.html", form=form, version=draft)


@blueprint.post(ADDRESS)
@requires(EDIT_BUDGET)
def choose_population(year: int, number: int) -> Response | tuple[str, int]:
    """Divide a draft by other figures."""
    draft_shown = draft_to_show(read_session(), year, number)
    form = ChoosePopulationForm()
    _offer(form, draft_shown)
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            _choose(session, form, year, number)
            return redirect(url_for(".version", year=year, number=number))
    return render_template("money/choose_population_form.html", form=form, version=draft_shown), 422


def _choose(session: Session, form: ChoosePopulationForm, year: int, number: int) -> None:
    snapshot_id, _, day = str(form.population.data).partition("/")
    draft, actor = draft_to_change(session, year, number)
    form.expect(draft.version, {"population": _value(draft.snapshot_id, draft.reference_date)})
    choose(
        session,
        version=draft,
        snapshot_id=int(snapshot_id),
        reference_date=date.fromisoformat(day),
        actor=actor,
    )


def _offer(form: ChoosePopulationForm, draft: VersionFacts) -> None:
    session = read_session()
    choices = population_choices(
        session, purse=purse_of_address(), also=draft.snapshot_id, day=today(session)
    )
    has_more = len({each.snapshot_id for each in choices}) > 1
    form.population.choices = [
        (_value(each.snapshot_id, each.reference_date), _words(each, names_release=has_more))
        for each in choices
    ]


def _value(snapshot_id: int | None, day: date | None) -> str:
    return f"{snapshot_id}/{day.isoformat()}" if snapshot_id and day else ""


def _words(choice: PopulationChoice, *, names_release: bool) -> str:
    """Return a choice in words; with its release where there is more than one."""
    locale = current_locale()
    words: str = gettext(
        "%(day)s: %(inhabitants)s inhabitants in %(count)s municipalities",
        day=long_date(choice.reference_date, locale),
        inhabitants=number_text(choice.inhabitants, locale),
        count=choice.municipality_count,
    )
    return f"{words} ({choice.name})" if names_release else words
