"""Send a draft, remind the parties, take a version back: first said, then done."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from extranet.agreements import forms
from extranet.agreements.policy import VIEW_AGREEMENT
from extranet.agreements.queries.plans import plan_reminding, plan_sending
from extranet.agreements.services import sending as services
from extranet.agreements.views.blueprint import blueprint
from extranet.agreements.views.place import (
    address_of,
    draft_to_change,
    draft_to_show,
    place_to_edit,
    shown_version,
    version_to_change,
)
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work

Page = str | tuple[str, int] | Response


@blueprint.get("/concept/versturen")
@requires(VIEW_AGREEMENT)
def send_form() -> Page:
    """Say who gets a mail, what they see and what sending freezes."""
    return _send_page(None)


@blueprint.post("/concept/versturen")
@requires(VIEW_AGREEMENT)
def send() -> Page:
    """Send the draft that was shown."""
    form = forms.ConfirmForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            draft = draft_to_change(session)
            told = services.send_version(
                session,
                version=draft,
                address=address_of(draft.number),
                seen=str(form.version.data),
                actor=current_actor(),
            )
            flash(_("The agreement is sent. %(told)s", told=_told(len(told))))
            return redirect(url_for(".version", number=draft.number))
    return _send_page(form), 422


@blueprint.get("/versies/<int:number>/herinneren")
@requires(VIEW_AGREEMENT)
def remind_form(number: int) -> Page:
    """Say who gets a reminder."""
    return _remind_page(number, None)


@blueprint.post("/versies/<int:number>/herinneren")
@requires(VIEW_AGREEMENT)
def remind(number: int) -> Page:
    """Send the reminder that was shown."""
    place_to_edit()
    form = forms.ConfirmForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            told = services.remind(
                session,
                version=version_to_change(session, number),
                address=address_of(number),
                seen=str(form.version.data),
                actor=current_actor(),
            )
            flash(_("The reminder is sent. %(told)s", told=_told(len(told))))
            return redirect(url_for(".version", number=number))
    return _remind_page(number, form), 422


@blueprint.get("/versies/<int:number>/intrekken")
@requires(VIEW_AGREEMENT)
def withdraw_form(number: int) -> Page:
    """Ask why a version is taken back, and say what that means."""
    return _withdraw_page(number, forms.WithdrawForm())


@blueprint.post("/versies/<int:number>/intrekken")
@requires(VIEW_AGREEMENT)
def withdraw(number: int) -> Page:
    """Take a sent version back."""
    place_to_edit()
    form = forms.WithdrawForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            found = version_to_change(session, number)
            reason = str(form.reason.data)
            services.withdraw_version(session, version=found, reason=reason, actor=current_actor())
            flash(_("Version %(number)s is withdrawn.", number=number))
            return redirect(url_for(".agreement"))
    return _withdraw_page(number, form), 422


def _told(count: int) -> str:
    return str(ngettext("%(num)s person gets a mail.", "%(num)s people get a mail.", count))


def _send_page(form: forms.ConfirmForm | None) -> str:
    plan, place = plan_sending(read_session(), draft_to_show()), place_to_edit()
    form = form or forms.ConfirmForm(data={"version": plan.seen})
    difference = place.difference(plan.asked)
    return render_template(
        "agreements/send_form.html", form=form, plan=plan, place=place, difference=difference
    )


def _remind_page(number: int, form: forms.ConfirmForm | None) -> str:
    place = place_to_edit()
    plan = plan_reminding(read_session(), shown_version(number))
    form = form or forms.ConfirmForm(data={"version": plan.seen})
    return render_template("agreements/remind_form.html", form=form, plan=plan, place=place)


def _withdraw_page(number: int, form: forms.WithdrawForm) -> str:
    return render_template(
        "agreements/withdraw_form.html",
        form=form,
        version=shown_version(number),
        place=place_to_edit(),
    )
