"""Who sits where in a region, and for the region admin: invitations to a seat."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from extranet.access import permits
from extranet.clock import today
from extranet.membership.models import Seat
from extranet.people import forms
from extranet.people.models import Employment
from extranet.people.policy import MANAGE_PEOPLE, VIEW_PEOPLE
from extranet.people.queries.invitations import get_waiting_invitation, open_invitations
from extranet.people.queries.seats import count_employments, get_seat, list_seats
from extranet.people.services import invitations
from extranet.people.views.doors import Page, config
from extranet.web.access import current_actor, current_region, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.paging import PAGE_SIZE, asked_key, page_of

blueprint = Blueprint("region_people", __name__, url_prefix="/<region>")


@blueprint.get("/mensen")
@requires(VIEW_PEOPLE)
def people() -> Page:
    """Show the seats of the region with who sits on them, a page at a time."""
    session, region_id = read_session(), current_region().id
    manages, after = permits(current_actor(), MANAGE_PEOPLE), asked_key()
    wanted = request.args.get("zoek", "").strip()[:100]
    lines = list_seats(session, region_id, search=wanted, after=after, limit=PAGE_SIZE + 1)
    return render_template(
        "region_people/people.html",
        page=page_of(lines, [line.seat_id for line in lines]),
        wanted=wanted,
        is_first=after is None,
        day=today(session),
        employments=count_employments(session, region_id),
        invitations=open_invitations(session, region_id) if manages else (),
        manages=manages,
        **_words(),
    )


@blueprint.get("/beheer/mensen/zetels/<int:seat_id>/uitnodigen")
@requires(MANAGE_PEOPLE)
def invite_form(seat_id: int) -> Page:
    """Ask whom to invite to a seat."""
    return _invite_page(forms.InviteForm(data={"from_date": today(read_session())}), seat_id)


@blueprint.post("/beheer/mensen/zetels/<int:seat_id>/uitnodigen")
@requires(MANAGE_PEOPLE)
def invite(seat_id: int) -> Page:
    """Send the invitation."""
    form = forms.InviteForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            region_id = current_region().id
            found = get_seat(session, region_id=region_id, seat_id=seat_id, for_update=True)
            send_invitation(session, form, found)
        if not form.errors:
            flash(_("The invitation is on its way to %(email)s.", email=form.email.data))
            return redirect(url_for("region_people.people"))
    return _invite_page(form, seat_id), 422


@blueprint.post("/beheer/mensen/uitnodigingen/<int:invitation_id>/intrekken")
@requires(MANAGE_PEOPLE)
def revoke(invitation_id: int) -> Page:
    """Withdraw an invitation."""
    region_id = current_region().id
    with unit_of_work() as session:
        invitation = get_waiting_invitation(
            session, region_id=region_id, invitation_id=invitation_id
        )
        invitations.revoke(session, invitation=invitation, actor=current_actor())
    flash(_("The invitation is withdrawn."))
    return redirect(url_for("region_people.people"))


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
        from_date=form.from_date.data,
        employment=Employment(form.employment.data),
    )


def _words() -> dict[str, Any]:
    return {"role_names": dict(forms.ROLES), "employment_names": dict(forms.EMPLOYMENTS)}


def _invite_page(form: forms.InviteForm, seat_id: int) -> str:
    seat = get_seat(read_session(), region_id=current_region().id, seat_id=seat_id)
    days = config().invitation_days
    return render_template("region_people/invite_form.html", form=form, seat=seat, days=days)
