"""The doors: signing in and out, and the second factor on the way in."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask import session as cookie
from flask_login import login_user
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from extranet.config import Config
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.people import forms, queries
from extranet.people.models import LoginSession, Person
from extranet.people.queries.accounts import get_person
from extranet.people.rules import browser_name
from extranet.people.services import accounts, attempts, second_factor, sessions
from extranet.web.access import SignedInUser, current_actor, find_actor, public, signed_in
from extranet.web.database import get_database, read_session, unit_of_work
from extranet.web.pages import safe_target

blueprint = Blueprint("people", __name__)
Page = str | tuple[str, int] | Response
PENDING, PROPOSED = "pending", "proposed_secret"


def config() -> Config:
    """Return the configuration of the application."""
    found: Config = current_app.extensions["extranet_config"]
    return found


@blueprint.get("/aanmelden")
@public
def sign_in_form() -> Page:
    """Show the sign-in page."""
    target = safe_target(request.args.get("next"))
    if find_actor() is not None:
        return redirect(target or url_for("overview.start"))
    form = forms.SignInForm(data={"next": target or ""})
    return render_template("people/sign_in_form.html", form=form)


@blueprint.post("/aanmelden")
@public
def sign_in() -> Page:
    """Check the password; then the second factor, or in."""
    form = forms.SignInForm()
    if form.validate():
        with form.refusals():
            person_id = _check_password(str(form.email.data), str(form.password.data))
            with unit_of_work() as session:
                person = get_person(session, person_id)
                pending = person.totp_secret is not None or not config().demo
                token = _start(session, person, pending=pending)
            return _after_password(token, pending=pending, target=form.next.data)
    return render_template("people/sign_in_form.html", form=form), 422


@blueprint.get("/aanmelden/code")
@public
def code_form() -> Page:
    """Ask for the code of the second factor, or set it up first."""
    found = sessions.find_pending(read_session(), cookie.get(PENDING))
    if found is None:
        return redirect(url_for("people.sign_in_form"))
    return _code_page(forms.CodeForm(), found[1])


@blueprint.post("/aanmelden/code")
@public
def check_code() -> Page:
    """Check the code and sign in with a new session."""
    form = forms.CodeForm()
    found = sessions.find_pending(read_session(), cookie.get(PENDING))
    if found is None:
        return redirect(url_for("people.sign_in_form"))
    login, person = found
    if form.validate():
        attempts.count_attempt(get_database(), attempts.SECOND_FACTOR, str(person.id))
        with form.refusals():
            token, codes = _exchange(login, str(form.one_time_code.data))
            attempts.forget_attempts(get_database(), attempts.SECOND_FACTOR, str(person.id))
            return _past_the_code(token, codes)
    return _code_page(form, person), 422


@blueprint.post("/afmelden")
@signed_in
def sign_out() -> Response:
    """End the session."""
    actor = current_actor()
    with unit_of_work() as session:
        sessions.end_session(session, login_session_id=actor.login_session_id, actor=actor)
    cookie.clear()
    return redirect(url_for("people.sign_in_form"))


def set_up_page(template: str, form: forms.CodeForm, email: str) -> str:
    """Render a page that offers a secret as picture and as text; the cookie keeps the offer."""
    secret = cookie.setdefault(PROPOSED, second_factor.new_secret())
    return render_template(
        template,
        form=form,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        picture=Markup(second_factor.picture(secret, email)),  # noqa: S704 - segno's own SVG
    )


def _check_password(email: str, password: str) -> int:
    """Return whose password this is; a right one does not use up the limits."""
    database, address = get_database(), request.remote_addr or ""
    attempts.count_attempt(database, attempts.SIGN_IN_ADDRESS, address)
    attempts.count_attempt(database, attempts.SIGN_IN_ACCOUNT, email)
    person_id = accounts.authenticate(
        database, email=email, password=password, memory_kib=config().password_memory_kib
    )
    attempts.forget_attempts(database, attempts.SIGN_IN_ACCOUNT, email)
    attempts.give_back(database, attempts.SIGN_IN_ADDRESS, address)
    return person_id


def _start(session: Session, person: Person, *, pending: bool) -> str:
    return sessions.start_session(
        session,
        person=person,
        browser=browser_name(request.user_agent.string),
        address=request.remote_addr or "",
        hours=config().session_hours,
        pending=pending,
    )


def _after_password(token: str, *, pending: bool, target: str | None) -> Response:
    """Enter, or keep the pending token in the cookie and ask for the code."""
    if not pending:
        enter(token)
        return redirect(safe_target(target) or url_for("overview.start"))
    _leave()
    cookie[PENDING] = token
    cookie["next"] = safe_target(target) or ""
    return redirect(url_for("people.code_form"))


def _exchange(login: LoginSession, code: str) -> tuple[str, list[str]]:
    """Turn a pending session into a full one with a new token; return new recovery codes too."""
    with unit_of_work() as session:
        person = get_person(session, login.person_id)
        codes = _confirm(session, person, code)
        session.get_one(LoginSession, login.id).ended_at = get_database().clock.now()
        return _start(session, person, pending=False), codes


def _past_the_code(token: str, codes: list[str]) -> Response:
    """Enter; somebody who just set the second factor up first sees the recovery codes."""
    target = safe_target(cookie.get("next")) or url_for("overview.start")
    enter(token)
    if codes:
        page = render_template("people/recovery_codes.html", codes=codes, onward=target)
        return Response(page, mimetype="text/html")
    return redirect(target)


def enter(token: str) -> None:
    """Sign in with a token whose session is committed; a fresh cookie for a fresh session."""
    _leave()
    actor = queries.find_actor(read_session(), token)
    if actor is None:
        raise NotFound(Text("Sign in again."))
    login_user(SignedInUser(actor, token))


def _leave() -> None:
    """Empty the cookie and end the session in it: nobody else could end it afterwards."""
    former = [cookie[name] for name in (PENDING, "_user_id") if name in cookie]
    cookie.clear()
    if former:
        with unit_of_work() as session:
            for token in former:
                sessions.end_by_token(session, token)


def _confirm(session: Session, person: Person, code: str) -> list[str]:
    """Check the code, or set the proposed secret up with it; return new recovery codes."""
    if person.totp_secret is not None:
        second_factor.verify(session, person=person, code=code)
        return []
    return second_factor.set_up(
        session, person=person, secret=str(cookie.get(PROPOSED, "")), code=code
    )


def _code_page(form: forms.CodeForm, person: Person) -> str:
    """Render the page for the code; with a picture to scan when there is no second factor yet."""
    if person.totp_secret is not None:
        return render_template("people/code_form.html", form=form)
    return set_up_page("people/set_up_form.html", form, person.email)
