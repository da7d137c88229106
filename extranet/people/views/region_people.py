"""Who sits where in a region, and for the region admin: seats, invitations and handover."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from extranet.access import Role, permits
from extranet.clock import today
from extranet.membership.models import Body, Membership, Organisation, Seat
from extranet.people import forms, queries
from extranet.people.models import Employment, Invitation, Person
from extranet.people.policy import MANAGE_PEOPLE, VIEW_PEOPLE
from extranet.people.services import invitations, seating
from extranet.people.views.doors import Page, config
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work

blueprint = Blueprint("region_people", __name__, url_prefix="/<region>")


@blueprint.get("/mensen")
@requires(VIEW_PEOPLE)
def people() -> Page:
    """Show the seats of the region with who sits on them."""
    actor = current_actor()
    manages = permits(actor, MANAGE_PEOPLE)
    rows = queries.people_on_seats(read_session(), _region_id())
    wanted = request.args.get("zoek", "").strip()
    return render_template(
        "region_people/people.html",
        rows=[row for row in rows if _matches(row, wanted)],
        wanted=wanted,
        employments=Counter(r.employment for r in rows if r.person_id is not None),
        invitations=queries.open_invitations(read_session(), _region_id()) if manages else (),
        manages=manages,
        role_names=dict(forms.ROLES),
        employment_names=dict(forms.EMPLOYMENTS),
    )


@blueprint.get("/beheer/mensen/zetels/nieuw")
@requires(MANAGE_PEOPLE)
def seat_form() -> Page:
    """Ask for a new seat."""
    return _seat_page(_seat_choices(forms.SeatForm()), None)


@blueprint.post("/beheer/mensen/zetels/nieuw")
@requires(MANAGE_PEOPLE)
def make_seat() -> Page:
    """Make a seat and go on to invite somebody to it."""
    form = _seat_choices(forms.SeatForm())
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            seat = seating.make_seat(
                session,
                actor=current_actor(),
                organisation_id=form.organisation_id.data,
                **_seat_values(form),
            )
        if not form.errors:
            return redirect(url_for("region_people.invite_form", seat_id=seat.id))
    return _seat_page(form, None), 422


@blueprint.get("/beheer/mensen/zetels/<int:seat_id>")
@requires(MANAGE_PEOPLE)
def change_seat_form(seat_id: int) -> Page:
    """Show a seat to change."""
    seat = seating.get_seat(read_session(), region_id=_region_id(), seat_id=seat_id)
    form = _seat_choices(forms.SeatForm(obj=seat, data={"body_id": seat.body_id or 0}))
    return _seat_page(form, seat_id)


@blueprint.post("/beheer/mensen/zetels/<int:seat_id>")
@requires(MANAGE_PEOPLE)
def change_seat(seat_id: int) -> Page:
    """Change a seat."""
    form = _seat_choices(forms.SeatForm())
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            seat = seating.get_seat(session, region_id=_region_id(), seat_id=seat_id)
            form.expect(seat.version, _present(seat))
            seating.change_seat(session, actor=current_actor(), seat=seat, **_seat_values(form))
        if not form.errors:
            flash(_("The seat is changed."))
            return redirect(url_for("region_people.people"))
    return _seat_page(form, seat_id), 422


@blueprint.get("/beheer/mensen/zetels/<int:seat_id>/uitnodigen")
@requires(MANAGE_PEOPLE)
def invite_form(seat_id: int) -> Page:
    """Ask whom to invite to a seat."""
    seat = seating.get_seat(read_session(), region_id=_region_id(), seat_id=seat_id)
    days = config().invitation_days
    return render_template(
        "region_people/invite_form.html", form=forms.InviteForm(), seat=seat, days=days
    )


@blueprint.post("/beheer/mensen/zetels/<int:seat_id>/uitnodigen")
@requires(MANAGE_PEOPLE)
def invite(seat_id: int) -> Page:
    """Send the invitation."""
    form = forms.InviteForm()
    days = config().invitation_days
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            found = seating.get_seat(session, region_id=_region_id(), seat_id=seat_id)
            send_invitation(session, form, found)
        if not form.errors:
            flash(_("The invitation is on its way to %(email)s.", email=form.email.data))
            return redirect(url_for("region_people.people"))
    seat = seating.get_seat(read_session(), region_id=_region_id(), seat_id=seat_id)
    return render_template("region_people/invite_form.html", form=form, seat=seat, days=days), 422


@blueprint.post("/beheer/mensen/uitnodigingen/<int:invitation_id>/intrekken")
@requires(MANAGE_PEOPLE)
def revoke(invitation_id: int) -> Page:
    """Withdraw an invitation."""
    with unit_of_work() as session:
        invitation = session.get(Invitation, invitation_id)
        seat_id = invitation.seat_id if invitation is not None else None
        seating.get_seat(session, region_id=_region_id(), seat_id=seat_id or 0)
        if invitation is not None:
            invitations.revoke(session, invitation=invitation, actor=current_actor())
    flash(_("The invitation is withdrawn."))
    return redirect(url_for("region_people.people"))


@blueprint.get("/beheer/mensen/bezetting/<int:tenure_id>/overdragen")
@requires(MANAGE_PEOPLE)
def handover_form(tenure_id: int) -> Page:
    """Show what hangs on a seat before somebody leaves it."""
    tenure, _seat = seating.get_tenure(read_session(), region_id=_region_id(), tenure_id=tenure_id)
    day = today(read_session())
    form = forms.HandoverForm(data={"until": day, "version": tenure.version})
    return _handover_page(_successors(form), tenure_id)


@blueprint.post("/beheer/mensen/bezetting/<int:tenure_id>/overdragen")
@requires(MANAGE_PEOPLE)
def hand_over(tenure_id: int) -> Page:
    """End somebody's time on a seat and give what hangs on it to the successor."""
    form = _successors(forms.HandoverForm())
    if form.validate() and form.until.data:
        with form.refusals(), unit_of_work() as session:
            _end_tenure(session, tenure_id, form, form.until.data)
        if not form.errors:
            flash(_("The seat is handed over."))
            return redirect(url_for("region_people.people"))
    return _handover_page(form, tenure_id), 422


def send_invitation(session: Session, form: forms.InviteForm, seat: Seat) -> None:
    """Invite whom a form names to a seat."""
    invitations.invite(
        session,
        email=str(form.email.data),
        name=str(form.name.data),
        seat=seat,
        actor=current_actor(),
        base_url=config().base_url,
        days=config().invitation_days,
        employment=Employment(form.employment.data),
    )


def _end_tenure(session: Session, tenure_id: int, form: forms.HandoverForm, until: date) -> None:
    tenure, seat = seating.get_tenure(session, region_id=_region_id(), tenure_id=tenure_id)
    form.expect(tenure.version, {"until": tenure.until_date})
    seating.end_tenure(
        session,
        actor=current_actor(),
        tenure=tenure,
        seat=seat,
        until=until,
        successor_id=form.successor.data or None,
        employment=Employment(form.employment.data or Employment.PERMANENT),
    )


def _matches(row: Any, wanted: str) -> bool:
    words = (row.person, row.organisation, row.title, row.body)
    return any(wanted.lower() in word.lower() for word in words if word)


def _seat_values(form: forms.SeatForm) -> dict[str, Any]:
    return {
        "title": str(form.title.data),
        "role": Role(form.role.data),
        "body_id": form.body_id.data or None,
    }


def _present(seat: Seat) -> dict[str, object]:
    return {"title": seat.title, "role": seat.role, "body_id": seat.body_id or 0}


def _region_id() -> int:
    region = current_actor().region
    return region.id if region else 0


def _seat_choices(form: forms.SeatForm) -> forms.SeatForm:
    session = read_session()
    members = session.execute(
        select(Organisation.id, Organisation.name)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(
            Membership.region_id == _region_id(),
            or_(Membership.until_date.is_(None), Membership.until_date >= today(session)),
        )
        .order_by(Organisation.name)
    ).all()
    bodies = session.execute(
        select(Body.id, Body.name).where(Body.region_id == _region_id()).order_by(Body.name)
    ).all()
    form.organisation_id.choices = [(row.id, row.name) for row in members]
    form.body_id.choices = [(0, _("None"))] + [(row.id, row.name) for row in bodies]
    return form


def _successors(form: forms.HandoverForm) -> forms.HandoverForm:
    rows = queries.people_on_seats(read_session(), _region_id())
    known = sorted({(row.person, row.person_id) for row in rows if row.person_id is not None})
    form.successor.choices = [(0, _("Nobody yet: the seat stays empty"))]
    form.successor.choices += [(person_id, name) for name, person_id in known]
    return form


def _seat_page(form: forms.SeatForm, seat_id: int | None) -> str:
    return render_template("region_people/seat_form.html", form=form, seat_id=seat_id)


def _handover_page(form: forms.HandoverForm, tenure_id: int) -> str:
    session = read_session()
    tenure, seat = seating.get_tenure(session, region_id=_region_id(), tenure_id=tenure_id)
    return render_template(
        "region_people/handover_form.html",
        form=form,
        tenure=tenure,
        seat=seat,
        person=session.get_one(Person, tenure.person_id),
        items=seating.hangs_on(session, seat=seat),
    )
