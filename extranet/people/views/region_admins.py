"""The operator lets the first region admin in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from extranet.clock import today
from extranet.membership.queries.regions import get_region_line
from extranet.people import forms
from extranet.people.policy import INVITE_ADMIN
from extranet.people.services import seating
from extranet.people.views.doors import Page, config
from extranet.people.views.region_people import send_invitation
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work

blueprint = Blueprint("region_admins", __name__, url_prefix="/beheer/regios/<slug>/uitnodigen")


@blueprint.get("")
@requires(INVITE_ADMIN)
def invite_form(slug: str) -> Page:
    """Ask whom to invite as region admin."""
    return _page(forms.AdminInviteForm(data={"from_date": today(read_session())}), slug)


@blueprint.post("")
@requires(INVITE_ADMIN)
def invite(slug: str) -> Page:
    """Make the seat and send the invitation."""
    form = forms.AdminInviteForm()
    line = get_region_line(read_session(), slug, day=today(read_session()))
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            code = str(form.code.data).strip().lower()
            seat = seating.make_admin_seat(
                session, region_id=line.id, code=code, actor=current_actor()
            )
            send_invitation(session, form, seat)
        if not form.errors:
            flash(_("The invitation is on its way to %(email)s.", email=form.email.data))
            return redirect(url_for("regions.region", slug=slug))
    return _page(form, slug), 422


def _page(form: forms.AdminInviteForm, slug: str) -> str:
    line = get_region_line(read_session(), slug, day=today(read_session()))
    return render_template(
        "region_admins/invite_form.html", form=form, line=line, days=config().invitation_days
    )
