"""The pages behind a link from a mail: an invitation, and a forgotten password."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.people import forms
from extranet.people.models import Invitation
from extranet.people.queries.accounts import find_person
from extranet.people.queries.invitations import get_open_invitation, offered_seat
from extranet.people.queries.signing_in import get_reset
from extranet.people.services import accounts, attempts, invitations, passwords
from extranet.people.views.doors import Page, blueprint, config
from extranet.web.access import current_actor, find_actor, public, signed_in
from extranet.web.database import get_database, read_session, unit_of_work
from extranet.web.jinja import current_locale


@blueprint.get("/uitnodiging/<token>")
@public
def invitation_form(token: str) -> Page:
    """Show an invitation; looking at it uses nothing up."""
    invitation = get_open_invitation(read_session(), token)
    return _invitation_page(forms.AcceptForm(data={"name": invitation.name}), token, invitation)


@blueprint.post("/uitnodiging/<token>")
@public
def accept_invitation(token: str) -> Page:
    """Make the account of somebody who has none yet."""
    attempts.count_attempt(get_database(), attempts.INVITATION, request.remote_addr or "")
    invitation = get_open_invitation(read_session(), token)
    form = forms.AcceptForm()
    if form.validate():
        with form.refusals():
            _make_account(token, invitation, str(form.name.data), str(form.password.data))
            flash(_("Your seat is ready. Sign in."))
            return redirect(url_for("people.sign_in_form"))
    return _invitation_page(form, token, invitation), 422


@blueprint.post("/uitnodiging/<token>/aannemen")
@signed_in
def accept_seat(token: str) -> Response:
    """Put somebody who has an account, and is signed in with it, on the seat."""
    with unit_of_work() as session:
        invitations.accept_as_known(session, token=token, actor=current_actor())
    flash(_("The seat is yours."))
    return redirect(url_for("people.account"))


@blueprint.get("/wachtwoord-vergeten")
@public
def forgotten_form() -> Page:
    """Ask which account needs a new password."""
    return render_template("people/forgotten_form.html", form=forms.ResetAskForm())


@blueprint.post("/wachtwoord-vergeten")
@public
def forgotten() -> Page:
    """Mail a link when the address has an account; the answer is the same when it has none."""
    form = forms.ResetAskForm()
    if not form.validate():
        return render_template("people/forgotten_form.html", form=form), 422
    email = str(form.email.data)
    attempts.count_attempt(get_database(), attempts.RESET_ADDRESS, request.remote_addr or "")
    attempts.count_attempt(get_database(), attempts.RESET_ACCOUNT, email)
    with unit_of_work() as session:
        accounts.ask_reset(
            session, email=email, base_url=config().base_url, minutes=config().reset_minutes
        )
    return render_template("people/forgotten.html", minutes=config().reset_minutes)


@blueprint.get("/wachtwoord-herstellen/<token>")
@public
def reset_form(token: str) -> Page:
    """Ask for the new password; looking at the page uses nothing up."""
    get_reset(read_session(), token)
    return render_template("people/reset_form.html", form=forms.ResetForm(), token=token)


@blueprint.post("/wachtwoord-herstellen/<token>")
@public
def reset(token: str) -> Page:
    """Set the new password; signing in, second factor included, comes after."""
    get_reset(read_session(), token)
    form = forms.ResetForm()
    if form.validate():
        with form.refusals():
            accounts.reset_password(
                get_database(),
                token=token,
                password=str(form.password.data),
                memory_kib=config().password_memory_kib,
            )
            flash(_("Your new password is set. Sign in with it."))
            return redirect(url_for("people.sign_in_form"))
    return render_template("people/reset_form.html", form=form, token=token), 422


def _make_account(token: str, invitation: Invitation, name: str, password: str) -> None:
    """Check and hash the password, which is slow, and only then write."""
    passwords.refuse_weak(password, context=(name, invitation.email))
    password_hash = passwords.hash_password(password, memory_kib=config().password_memory_kib)
    with unit_of_work() as session:
        invitations.accept_as_new(
            session,
            token=token,
            name=name,
            password_hash=password_hash,
            locale=current_locale(),
        )


def _invitation_page(form: forms.AcceptForm, token: str, invitation: Invitation) -> str:
    """Render an invitation for a newcomer, for its signed-in owner, or for who signs in first."""
    known = find_person(read_session(), invitation.email)
    actor = find_actor()
    return render_template(
        "people/invitation_form.html",
        form=form,
        token=token,
        email=invitation.email,
        offered=offered_seat(read_session(), invitation),
        known=known is not None,
        is_owner=known is not None and actor is not None and actor.person_id == known.id,
    )
