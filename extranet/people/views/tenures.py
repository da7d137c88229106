"""The region admin's pages about somebody's time on a seat: hand over, withdraw, correct."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from extranet.clock import today
from extranet.membership.models import Seat
from extranet.people import forms
from extranet.people.models import Employment, Person, Tenure
from extranet.people.policy import MANAGE_PEOPLE
from extranet.people.queries.accounts import get_person
from extranet.people.queries.seats import get_tenure, successors_of
from extranet.people.services import seating, tenures
from extranet.people.views.doors import Page
from extranet.people.views.region_people import blueprint
from extranet.web.access import current_actor, current_region, requires
from extranet.web.database import read_session, unit_of_work


@blueprint.get("/beheer/mensen/bezetting/<int:tenure_id>/overdragen")
@requires(MANAGE_PEOPLE)
def handover_form(tenure_id: int) -> Page:
    """Show what hangs on a seat before somebody leaves it."""
    tenure, seat, person = _found(tenure_id)
    data = {"until": today(read_session()), "version": tenure.version}
    return _handover_page(forms.HandoverForm(data=data), tenure, seat, person)


@blueprint.post("/beheer/mensen/bezetting/<int:tenure_id>/overdragen")
@requires(MANAGE_PEOPLE)
def hand_over(tenure_id: int) -> Page:
    """End somebody's time on a seat and give what hangs on it to the successor."""
    form = _with_successors(forms.HandoverForm(), _found(tenure_id)[2])
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            _end(session, tenure_id, form)
        if not form.errors:
            done = _("The access is withdrawn.") if form.at_once.data else _("It is handed over.")
            flash(done)
            return redirect(url_for("region_people.people"))
    return _handover_page(form, *_found(tenure_id)), 422


@blueprint.get("/beheer/mensen/bezetting/<int:tenure_id>/wijzigen")
@requires(MANAGE_PEOPLE)
def correct_tenure_form(tenure_id: int) -> Page:
    """Show since when and how somebody sits on a seat, to put it right."""
    tenure, seat, person = _found(tenure_id)
    return _correct_page(forms.TenureForm(obj=tenure), tenure, seat, person)


@blueprint.post("/beheer/mensen/bezetting/<int:tenure_id>/wijzigen")
@requires(MANAGE_PEOPLE)
def correct_tenure(tenure_id: int) -> Page:
    """Put right since when, until when and how somebody sits on a seat."""
    form = forms.TenureForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            _correct(session, tenure_id, form)
        if not form.errors:
            flash(_("It is corrected."))
            return redirect(url_for("region_people.people"))
    return _correct_page(form, *_found(tenure_id)), 422


def _found(tenure_id: int) -> tuple[Tenure, Seat, Person]:
    session = read_session()
    tenure, seat = get_tenure(session, region_id=current_region().id, tenure_id=tenure_id)
    return tenure, seat, get_person(session, tenure.person_id)


def _changing(
    session: Session, tenure_id: int, form: forms.HandoverForm | forms.TenureForm
) -> tuple[Tenure, Seat]:
    """Return what a form is about, when nobody changed it since the form was opened."""
    tenure, seat = get_tenure(
        session, region_id=current_region().id, tenure_id=tenure_id, for_update=True
    )
    form.expect(
        tenure.version,
        {
            "from_date": tenure.from_date,
            "until": tenure.until_date or "",
            "until_date": tenure.until_date or "",
            "employment": tenure.employment,
        },
    )
    return tenure, seat


def _end(session: Session, tenure_id: int, form: forms.HandoverForm) -> None:
    tenure, seat = _changing(session, tenure_id, form)
    tenures.end_tenure(
        session,
        actor=current_actor(),
        tenure=tenure,
        seat=seat,
        until=None if form.at_once.data else form.until.data,
        successor_id=form.successor.data or None,
        # Nobody yet is employed in no way; the service asks for one only with a successor.
        employment=Employment(form.employment.data or Employment.PERMANENT),
    )


def _correct(session: Session, tenure_id: int, form: forms.TenureForm) -> None:
    tenure, seat = _changing(session, tenure_id, form)
    tenures.correct_tenure(
        session,
        actor=current_actor(),
        tenure=tenure,
        seat=seat,
        from_date=form.from_date.data or tenure.from_date,
        until_date=form.until_date.data,
        employment=Employment(form.employment.data),
    )


def _with_successors(form: forms.HandoverForm, leaver: Person) -> forms.HandoverForm:
    others = successors_of(read_session(), current_region().id, person_id=leaver.id)
    nobody = (0, _("Nobody yet: the seat stays empty"))
    form.successor.choices = [nobody, *((row.id, row.name) for row in others)]
    return form


def _handover_page(form: forms.HandoverForm, tenure: Tenure, seat: Seat, person: Person) -> str:
    return render_template(
        "region_people/handover_form.html",
        form=_with_successors(form, person),
        tenure=tenure,
        seat=seat,
        person=person,
        items=seating.hangs_on(read_session(), seat=seat),
    )


def _correct_page(form: forms.TenureForm, tenure: Tenure, seat: Seat, person: Person) -> str:
    return render_template(
        "region_people/correct_tenure_form.html",
        form=form,
        tenure=tenure,
        seat=seat,
        person=person,
    )
