"""Adopt a draft: first say what that freezes and who is told, then do it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from extranet.config import Config
from extranet.membership.models import BodyKind
from extranet.money.forms.budgets import AdoptForm
from extranet.money.policy import ADOPT_BUDGET
from extranet.money.queries.adoption import (
    AdoptionPlan,
    DecidingBody,
    deciding_bodies,
    plan_adoption,
)
from extranet.money.queries.recipients import Recipient
from extranet.money.queries.versions import get_version, lock_version
from extranet.money.services.adoption import Decision, adopt_budget
from extranet.money.services.drafts import check_draft
from extranet.money.views.blueprint import blueprint
from extranet.money.views.opening import check_may
from extranet.money.views.place import purse_of_address
from extranet.web.access import requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.forms import optional_text

ADDRESS = "/begroting/<int:year>/versies/<int:number>/vaststellen"


@blueprint.get(ADDRESS)
@requires(ADOPT_BUDGET)
def adopt_form(year: int, number: int) -> str:
    """Say what adopting freezes, what everybody pays, and who is told."""
    session = read_session()
    plan = _plan(session, year, number)
    usual = next((body.id for body in plan.bodies if body.kind == BodyKind.PFO), None)
    return _asked(AdoptForm(data={"version": plan.fingerprint, "body": usual}), plan)


@blueprint.post(ADDRESS)
@requires(ADOPT_BUDGET)
def adopt(year: int, number: int) -> Response | tuple[str, int]:
    """Adopt the draft that was shown."""
    form = AdoptForm()
    region_id = purse_of_address().region_id
    form.body.choices = _choices(deciding_bodies(read_session(), region_id=region_id))
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            _say_adopted(len(_adopt(session, form, year, number)))
            return redirect(url_for(".contributions", year=year))
    return _asked(form, _plan(read_session(), year, number)), 422


def _adopt(session: Session, form: AdoptForm, year: int, number: int) -> Sequence[Recipient]:
    """Adopt and return who is told."""
    actor = check_may(session, ADOPT_BUDGET)
    return adopt_budget(
        session,
        version=lock_version(session, purse=purse_of_address(), year=year, number=number),
        decision=_decision(form),
        link_to=lambda code: _address(year, code),
        actor=actor,
        seen=str(form.version.data),
    )


def _plan(session: Session, year: int, number: int) -> AdoptionPlan:
    check_may(session, ADOPT_BUDGET)
    version = get_version(session, purse=purse_of_address(), year=year, number=number)
    check_draft(session, version)
    return plan_adoption(session, version)


def _asked(form: AdoptForm, plan: AdoptionPlan) -> str:
    form.body.choices = _choices(plan.bodies)
    if form.is_stale:
        form.version.data = plan.fingerprint
    return render_template("money/adopt_form.html", form=form, plan=plan, version=plan.version)


def _decision(form: AdoptForm) -> Decision:
    if form.adopted_on.data is None:
        raise ValueError("the form was not validated")
    return Decision(
        body_id=form.body.data,
        adopted_on=form.adopted_on.data,
        evidence=optional_text(form.evidence.data),
    )


def _choices(bodies: Sequence[DecidingBody]) -> list[tuple[int, str]]:
    return [(body.id, body.name) for body in bodies]


def _address(year: int, code: str) -> str:
    """Return the address of a member's explanation as a mail carries it."""
    config: Config = current_app.extensions["extranet_config"]
    return config.base_url.rstrip("/") + url_for(".explanation", year=year, code=code)


def _say_adopted(count: int) -> None:
    told = ngettext("%(num)s person gets a mail.", "%(num)s people get a mail.", count)
    flash(gettext("The budget is adopted and frozen. %(told)s", told=told))
