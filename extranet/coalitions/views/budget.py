"""The budget and contributions of a plustaak: the pages of money under its own address.

The money of a plustaak never mixes with the base: who pays are its own participants.
"""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from extranet.access import Role
from extranet.clock import today
from extranet.coalitions.forms import BeginBudgetForm
from extranet.coalitions.models import CoalitionState, PlustaakState
from extranet.coalitions.queries.plustaken import leading_organisation
from extranet.coalitions.services import purses
from extranet.coalitions.services.plustaken import get_plustaak
from extranet.coalitions.services.purses import MONEY_PAGES
from extranet.coalitions.views.plustaak_here import (
    PlustaakHere,
    blueprint,
    current_plustaak,
    trail,
)
from extranet.coalitions.views.standing_here import current_coalition, stands_in
from extranet.i18n import Text, translate
from extranet.money.models import Household
from extranet.money.policy import EDIT_BUDGET, VIEW_BUDGET, VIEW_CONTRIBUTIONS
from extranet.money.queries.households import find_household
from extranet.money.queries.wording import LINE_KINDS
from extranet.money.rules import Purse
from extranet.money.views import BUDGET_PAGES
from extranet.money.views.blueprint import blueprint as money_pages
from extranet.money.views.opening import check_keeper
from extranet.money.views.place import MoneyPlace, place_of_address
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.jinja import current_locale
from extranet.web.navigation import NavigationEntry

BEGIN = "/begroting/beginnen"
BEGINNING = {f"{blueprint.name}.begin_budget", f"{blueprint.name}.begin_budget_form"}
CLOSED = Text("This coalition is closed: its money can be read and nothing in it changes.")
ARCHIVED = Text("This plustaak is archived: its money can be read and nothing in it changes.")
OFF = Text("This plustaak is switched off: its money can be read, and changed once it is on again.")
NOT_LIVE = Text("Not yet asked: the plustaak is not live, so nothing is to be paid.")
FROZEN = Text("The money of this plustaak is frozen: it can be read and nothing in it changes.")

NAVIGATION = (
    NavigationEntry(
        title=Text("Budget"),
        endpoint=f"{MONEY_PAGES}.budgets",
        permission=VIEW_BUDGET,
        weight=70,
        covers=frozenset({*BEGINNING, *(f"{MONEY_PAGES}.{page}" for page in BUDGET_PAGES)}),
    ),
    NavigationEntry(
        title=Text("Contributions"),
        endpoint=f"{MONEY_PAGES}.contributions",
        permission=VIEW_CONTRIBUTIONS,
        weight=71,
        covers=frozenset({f"{MONEY_PAGES}.explanation", f"{MONEY_PAGES}.own_contribution"}),
    ),
)

blueprint.register_blueprint(money_pages, url_prefix="")


@blueprint.before_request
def say_whose_money() -> None:
    """Tell the pages of money whose money it is, under the address of a plustaak."""
    if request.blueprint == MONEY_PAGES or request.endpoint in BEGINNING:
        g.money_place = money_place()


def money_place() -> MoneyPlace:
    """Return the plustaak of the address as a place of money."""
    _actor, region, _organisation = stands_in()
    here, session = current_plustaak(), read_session()
    title = translate(here.title, current_locale())
    purse = Purse(region_id=region.id, owner=here.owner)
    household = find_household(session, purse=purse)
    is_asked = household is not None and household.is_payable
    return MoneyPlace(
        purse=purse,
        name=f"{title}, {current_coalition().name}",
        breadcrumbs=(*trail(), (title, "")),
        keepers=_keepers(session),
        editors=Text("The lead, the region admin, the programme team or the controller"),
        adopters=Text("The lead, the region admin or the controller"),
        refusal=Text(
            "Only the controller of the centrum or of the participant that leads keeps these books."
        ),
        closed=_closed(here, household),
        not_asked=None if is_asked else NOT_LIVE,
        start_url="" if household else url_for("plustaak.begin_budget_form"),
    )


@blueprint.get(BEGIN)
@requires(EDIT_BUDGET)
def begin_budget_form() -> str | Response:
    """Say what beginning makes, and ask for the first year and the key."""
    session = read_session()
    check_keeper(session)
    if not place_of_address().start_url:
        return redirect(url_for(f"{MONEY_PAGES}.budgets"))
    return _asked(BeginBudgetForm(data={"year": today(session).year + 1}))


@blueprint.post(BEGIN)
@requires(EDIT_BUDGET)
def begin_budget() -> tuple[str, int] | Response:
    """Open the household and make the first draft; once more leads to what is there."""
    form = BeginBudgetForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            year, number = _begin(session, form)
            flash(_("The draft of the budget %(year)s is there.", year=year))
            return redirect(url_for(f"{MONEY_PAGES}.version", year=year, number=number))
    check_keeper(read_session())
    return _asked(form), 422


def _begin(session: Session, form: BeginBudgetForm) -> tuple[int, int]:
    """Begin the budget and return its year and the number of its version."""
    actor = check_keeper(session)
    plustaak = get_plustaak(
        session, coalition_id=current_coalition().id, plugin=current_plustaak().plugin
    )
    start = purses.Start(year=form.year.data or 0, key=form.allocation_key())
    return purses.begin_budget(session, plustaak=plustaak, start=start, actor=actor)


def _asked(form: BeginBudgetForm) -> str:
    return render_template(
        "plustaak/begin_budget_form.html",
        form=form,
        place=place_of_address(),
        lines=[purses.line_of(one) for one in current_plustaak().description.lines],
        kinds=LINE_KINDS,
    )


def _keepers(session: Session) -> frozenset[int]:
    """Return the organisation that leads, where it takes part; asked for a controller alone."""
    coalition = current_coalition()
    if Role.CONTROLLER not in current_actor().roles:
        return frozenset()
    leading = leading_organisation(session, coalition.lead_seat_id)
    return frozenset({leading} if leading is not None else ()) & coalition.participants


def _closed(here: PlustaakHere, household: Household | None) -> Text | None:
    """Say why no money of the plustaak can be changed now, None where it can."""
    if current_coalition().state == CoalitionState.CLOSED:
        return CLOSED
    if here.state == PlustaakState.ARCHIVED:
        return ARCHIVED
    if here.state == PlustaakState.OFF:
        return OFF
    if here.frozen_on is not None:
        return Text(
            "The money of this plustaak is frozen since %(day)s: too few municipalities count. "
            "It can be read and nothing in it changes.",
            day=here.frozen_on,
        )
    return FROZEN if household is not None and household.frozen_at is not None else None
