"""Guests of a coalition: let in, and let go."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.clock import today
from extranet.coalitions.forms import ConfirmForm, GuestForm
from extranet.coalitions.policy import MANAGE
from extranet.coalitions.queries import workspace as queries
from extranet.coalitions.services.guests import end_guest_seat, make_guest_seat
from extranet.coalitions.views.standing_here import changing, current_coalition
from extranet.config import Config
from extranet.people.services.invitations import invite
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session

blueprint = Blueprint("guests", __name__, url_prefix="/<region>/coalities/<coalition>/gasten")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(MANAGE)
def guests() -> str:
    """Show who is a guest of the coalition."""
    session = read_session()
    rows = queries.guests_of(session, current_coalition().id, day=today(session))
    return render_template("guests/guests.html", guests=rows, form=ConfirmForm())


@blueprint.get("/uitnodigen")
@requires(MANAGE)
def invite_form() -> str:
    """Ask whom to let in."""
    return _invite_page(GuestForm())


@blueprint.post("/uitnodigen")
@requires(MANAGE)
def let_in() -> Page:
    """Make the seat and send the invitation."""
    form = GuestForm()
    if form.validate():
        _let_in(form)
        if not form.errors:
            flash(_("The invitation is on its way to %(email)s.", email=form.email.data))
            return redirect(url_for("guests.guests"))
    return _invite_page(form), 422


@blueprint.post("/<int:seat_id>/beeindigen")
@requires(MANAGE)
def end(seat_id: int) -> Page:
    """Take a guest's seat away."""
    form = ConfirmForm()
    form.validate()
    with changing(form) as (session, coalition):
        end_guest_seat(session, coalition=coalition, seat_id=seat_id, actor=current_actor())
    flash(_("The guest has no access any more."))
    return redirect(url_for("guests.guests"))


def _let_in(form: GuestForm) -> None:
    config = _config()
    with changing(form) as (session, coalition):
        seat = make_guest_seat(
            session,
            coalition=coalition,
            code=form.code.data,
            title=form.title.data,
            actor=current_actor(),
        )
        invite(
            session,
            email=form.email.data,
            name=form.name.data,
            seat=seat,
            actor=current_actor(),
            base_url=config.base_url,
            days=config.invitation_days,
        )


def _invite_page(form: GuestForm) -> str:
    return render_template("guests/invite_form.html", form=form, days=_config().invitation_days)


def _config() -> Config:
    config: Config = current_app.extensions["extranet_config"]
    return config
