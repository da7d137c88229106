"""The region admin's pages about one seat: make it, change it, close it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from extranet.access import Role
from extranet.clock import today
from extranet.membership.models import Seat
from extranet.membership.queries.bodies import bodies_of
from extranet.people import forms
from extranet.people.policy import MANAGE_PEOPLE
from extranet.people.queries.seats import get_seat, holders_of, members_to_seat
from extranet.people.services import seating
from extranet.people.views.doors import Page
from extranet.people.views.region_people import blueprint
from extranet.web.access import current_actor, current_region, requires
from extranet.web.database import read_session, unit_of_work


@blueprint.get("/beheer/mensen/zetels/nieuw")
@requires(MANAGE_PEOPLE)
def seat_form() -> Page:
    """Ask for a new seat."""
    return _seat_page(_with_choices(forms.SeatForm()), None)


@blueprint.post("/beheer/mensen/zetels/nieuw")
@requires(MANAGE_PEOPLE)
def make_seat() -> Page:
    """Make a seat and go on to invite somebody to it."""
    form = _with_choices(forms.SeatForm())
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            seat = seating.make_seat(
                session,
                region_id=current_region().id,
                actor=current_actor(),
                organisation_id=form.organisation_id.data,
                **_values(form),
            )
        if not form.errors:
            return redirect(url_for("region_people.invite_form", seat_id=seat.id))
    return _seat_page(form, None), 422


@blueprint.get("/beheer/mensen/zetels/<int:seat_id>")
@requires(MANAGE_PEOPLE)
def change_seat_form(seat_id: int) -> Page:
    """Show a seat to change."""
    seat = _seat(seat_id)
    form = forms.ChangeSeatForm(obj=seat, data={"body_id": seat.body_id or 0})
    return _seat_page(_with_bodies(form), seat_id)


@blueprint.post("/beheer/mensen/zetels/<int:seat_id>")
@requires(MANAGE_PEOPLE)
def change_seat(seat_id: int) -> Page:
    """Change a seat."""
    form = _with_bodies(forms.ChangeSeatForm())
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            region_id = current_region().id
            seat = get_seat(session, region_id=region_id, seat_id=seat_id, for_update=True)
            form.expect(seat.version, _present(seat))
            seating.change_seat(session, actor=current_actor(), seat=seat, **_values(form))
        if not form.errors:
            flash(_("The seat is changed."))
            return redirect(url_for("region_people.people"))
    return _seat_page(form, seat_id), 422


@blueprint.get("/beheer/mensen/zetels/<int:seat_id>/beeindigen")
@requires(MANAGE_PEOPLE)
def end_seat_form(seat_id: int) -> Page:
    """Show what closing a seat changes, and ask for its last day."""
    data = {"ended_on": today(read_session()), "version": _seat(seat_id).version}
    return _end_page(forms.EndSeatForm(data=data), seat_id)


@blueprint.post("/beheer/mensen/zetels/<int:seat_id>/beeindigen")
@requires(MANAGE_PEOPLE)
def end_seat(seat_id: int) -> Page:
    """Close a seat after its last day."""
    form, actor = forms.EndSeatForm(), current_actor()
    if form.validate() and form.ended_on.data:
        with form.refusals(), unit_of_work() as session:
            region_id = current_region().id
            seat = get_seat(session, region_id=region_id, seat_id=seat_id, for_update=True)
            form.expect(seat.version, {"ended_on": seat.ended_on})
            seating.end_seat(session, actor=actor, seat=seat, last_day=form.ended_on.data)
        if not form.errors:
            flash(_("The last day of the seat is recorded."))
            return redirect(url_for("region_people.people"))
    return _end_page(form, seat_id), 422


def _seat(seat_id: int) -> Seat:
    return get_seat(read_session(), region_id=current_region().id, seat_id=seat_id)


def _values(form: forms.ChangeSeatForm) -> dict[str, Any]:
    return {
        "title": str(form.title.data),
        "role": Role(form.role.data),
        "body_id": form.body_id.data or None,
    }


def _present(seat: Seat) -> dict[str, object]:
    return {"title": seat.title, "role": seat.role, "body_id": seat.body_id or 0}


def _with_choices(form: forms.SeatForm) -> forms.SeatForm:
    members = members_to_seat(read_session(), current_region().id)
    form.organisation_id.choices = [(number, member.name) for number, member in members.items()]
    _with_bodies(form)
    return form


def _with_bodies(form: forms.ChangeSeatForm) -> forms.ChangeSeatForm:
    session = read_session()
    bodies = bodies_of(session, current_region().id, day=today(session))
    form.body_id.choices = [(0, _("None")), *((body.id, body.name) for body in bodies)]
    return form


def _seat_page(form: forms.ChangeSeatForm, seat_id: int | None) -> str:
    return render_template("region_people/seat_form.html", form=form, seat_id=seat_id)


def _end_page(form: forms.EndSeatForm, seat_id: int) -> str:
    session, seat = read_session(), _seat(seat_id)
    return render_template(
        "region_people/end_seat_form.html",
        form=form,
        seat=seat,
        holders=holders_of(session, seat_id=seat_id),
        items=seating.hangs_on(session, seat=seat),
    )
