"""One's own second factor: move it to another phone, and make new recovery codes."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask import session as cookie
from flask_babel import gettext as _

from extranet.people import forms
from extranet.people.models import Person
from extranet.people.queries.accounts import get_person
from extranet.people.services import accounts, attempts, second_factor, sessions
from extranet.people.views.doors import PROPOSED, Page, blueprint, config, set_up_page
from extranet.web.access import current_actor, signed_in
from extranet.web.database import get_database, read_session, unit_of_work


@blueprint.get("/account/tweede-factor")
@signed_in
def second_factor_form() -> Page:
    """Ask for the password before the second factor changes."""
    return _confirm_page(forms.ConfirmForm())


@blueprint.post("/account/tweede-factor")
@signed_in
def confirm_second_factor() -> Page:
    """Check the password, then offer a new secret."""
    form = forms.ConfirmForm()
    if form.validate():
        with form.refusals():
            _check(form)
            cookie[PROPOSED] = second_factor.new_secret()
            return redirect(url_for("people.new_factor_form"))
    return _confirm_page(form), 422


@blueprint.get("/account/tweede-factor/nieuw")
@signed_in
def new_factor_form() -> Page:
    """Show the new secret; only after the password."""
    if PROPOSED not in cookie:
        return redirect(url_for("people.second_factor_form"))
    person = read_session().get_one(Person, current_actor().person_id)
    return set_up_page("people/new_factor_form.html", forms.CodeForm(), person.email)


@blueprint.post("/account/tweede-factor/nieuw")
@signed_in
def set_new_factor() -> Page:
    """Take the new secret once its first code is right; sign out everywhere else."""
    form = forms.CodeForm()
    if PROPOSED not in cookie:
        return redirect(url_for("people.second_factor_form"))
    if form.validate():
        attempts.count_attempt(
            get_database(), attempts.SECOND_FACTOR, str(current_actor().person_id)
        )
        with form.refusals():
            codes = _replace(str(form.one_time_code.data))
            return _codes_page(codes)
    person = read_session().get_one(Person, current_actor().person_id)
    return set_up_page("people/new_factor_form.html", form, person.email), 422


@blueprint.post("/account/herstelcodes")
@signed_in
def new_recovery_codes() -> Page:
    """Make new recovery codes; the old ones stop working."""
    form = forms.ConfirmForm()
    if form.validate():
        with form.refusals():
            person_id = _check(form).id
            with unit_of_work() as session:
                codes = second_factor.make_recovery_codes(session, person_id=person_id)
            return _codes_page(codes)
    return _confirm_page(form), 422


def _check(form: forms.ConfirmForm) -> Person:
    return accounts.confirm_password(
        get_database(),
        actor=current_actor(),
        current=str(form.current.data),
        memory_kib=config().password_memory_kib,
    )


def _replace(code: str) -> list[str]:
    """Store the proposed secret and return the recovery codes that come with it."""
    actor = current_actor()
    with unit_of_work() as session:
        person = get_person(session, actor.person_id)
        codes = second_factor.set_up(session, person=person, secret=cookie[PROPOSED], code=code)
        sessions.end_sessions(session, person_id=person.id, keep_id=actor.login_session_id)
    del cookie[PROPOSED]
    attempts.forget_attempts(get_database(), attempts.SECOND_FACTOR, str(actor.person_id))
    flash(_("Your second factor is set. You are signed out everywhere else."))
    return codes


def _confirm_page(form: forms.ConfirmForm) -> str:
    session, person_id = read_session(), current_actor().person_id
    return render_template(
        "people/second_factor_form.html",
        form=form,
        has_factor=session.get_one(Person, person_id).totp_secret is not None,
        codes_left=second_factor.recovery_codes_left(session, person_id=person_id),
    )


def _codes_page(codes: list[str]) -> str:
    onward = url_for("people.account")
    return render_template("people/recovery_codes.html", codes=codes, onward=onward)
