"""One's own account: details, password, sessions, seats, and a copy of one's own data."""

from __future__ import annotations

import json

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.people import forms
from extranet.people.queries.signing_in import open_sessions
from extranet.people.queries.signing_in import own_data as data_of
from extranet.people.services import accounts, sessions
from extranet.people.views.doors import Page, config
from extranet.publishing.downloads import download
from extranet.web.access import current_actor, signed_in
from extranet.web.database import get_database, read_session, unit_of_work
from extranet.web.pages import safe_target
from extranet.web.paging import PAGE_SIZE, asked_key, page_of


@signed_in
def account() -> Page:
    """Show one's own account."""
    actor = current_actor()
    details = forms.DetailsForm(data={"name": actor.name, "locale": actor.locale})
    return _account_page(details)


@signed_in
def save_account() -> Page:
    """Change one's own name and language."""
    form = forms.DetailsForm()
    if not form.validate():
        return _account_page(form), 422
    with unit_of_work() as session:
        accounts.change_details(
            session,
            actor=current_actor(),
            name=str(form.name.data),
            locale=str(form.locale.data),
        )
    flash(_("Your details are saved."))
    return redirect(url_for("people.account"))


@signed_in
def password_form() -> Page:
    """Ask for the present and the new password."""
    return render_template("people/password_form.html", form=forms.PasswordForm())


@signed_in
def change_password() -> Page:
    """Change the password and sign out everywhere else."""
    form = forms.PasswordForm()
    if form.validate():
        with form.refusals():
            accounts.change_password(
                get_database(),
                actor=current_actor(),
                current=str(form.current.data),
                password=str(form.password.data),
                memory_kib=config().password_memory_kib,
            )
            flash(_("Your password is changed. You are signed out everywhere else."))
            return redirect(url_for("people.account"))
    return render_template("people/password_form.html", form=form), 422


@signed_in
def end_session(login_session_id: int) -> Response:
    """End one of one's own sessions."""
    with unit_of_work() as session:
        sessions.end_session(session, login_session_id=login_session_id, actor=current_actor())
    return redirect(url_for("people.account"))


@signed_in
def end_other_sessions() -> Response:
    """Sign out everywhere but here."""
    actor = current_actor()
    with unit_of_work() as session:
        sessions.end_sessions(session, person_id=actor.person_id, keep_id=actor.login_session_id)
    flash(_("You are signed out everywhere else."))
    return redirect(url_for("people.account"))


@signed_in
def own_data() -> Response:
    """Give a copy of what is kept about oneself (AVG art. 15 and 20)."""
    data = data_of(read_session(), current_actor().person_id)
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    return download(text, "application/json", "mijn-gegevens.json")


@signed_in
def stay() -> tuple[str, int]:
    """Stay signed in: somebody who is about to be signed out says that they are still there."""
    return "", 204


@signed_in
def act_for() -> Response:
    """Act for another organisation or region from here on."""
    slug, _colon, number = request.form.get("choice", "").partition(":")
    organisation_id = int(number) if number.isdecimal() and len(number) < 10 else 0
    with unit_of_work() as session:
        sessions.act_for(
            session, actor=current_actor(), region_slug=slug, organisation_id=organisation_id
        )
    target = safe_target(request.form.get("next"))
    if target is not None and target.startswith(f"/{slug}/"):
        return redirect(target)
    return redirect(url_for("overview.home", region=slug))


@signed_in
def choose_language() -> Response:
    """Keep the language that somebody with an account chose in the top bar."""
    with unit_of_work() as session:
        accounts.change_locale(
            session, actor=current_actor(), locale=request.form.get("locale", "")
        )
    return redirect(safe_target(request.form.get("next")) or url_for("people.account"))


def register(blueprint: Blueprint) -> None:
    """Put the pages of the account on the blueprint of the doors."""
    blueprint.add_url_rule("/account", view_func=account, methods=["GET"])
    blueprint.add_url_rule("/account", view_func=save_account, methods=["POST"])
    blueprint.add_url_rule("/account/wachtwoord", view_func=password_form, methods=["GET"])
    blueprint.add_url_rule("/account/wachtwoord", view_func=change_password, methods=["POST"])
    blueprint.add_url_rule(
        "/account/sessies/<int:login_session_id>/beeindigen",
        view_func=end_session,
        methods=["POST"],
    )
    blueprint.add_url_rule(
        "/account/sessies/beeindigen", view_func=end_other_sessions, methods=["POST"]
    )
    blueprint.add_url_rule("/account/mijn-gegevens", view_func=own_data, methods=["GET"])
    blueprint.add_url_rule("/account/aanwezig", view_func=stay, methods=["GET"])
    blueprint.add_url_rule("/account/taal", view_func=choose_language, methods=["POST"])
    blueprint.add_url_rule("/handelen-namens", view_func=act_for, methods=["POST"])


def _account_page(form: forms.DetailsForm) -> str:
    actor, after = current_actor(), asked_key()
    idle = config().idle_minutes
    found = open_sessions(
        read_session(), actor.person_id, idle_minutes=idle, after=after, limit=PAGE_SIZE + 1
    )
    page = page_of(found, [row.id for row in found])
    return render_template(
        "people/account.html",
        form=form,
        page=page,
        is_first=after is None,
        has_factor=actor.has_second_factor,
    )
