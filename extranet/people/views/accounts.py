"""The operator's pages about accounts: find one, close and open it, help who is locked out."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.people import forms
from extranet.people.policy import OPERATE_ACCOUNTS
from extranet.people.queries import accounts as queries
from extranet.people.services import second_factor
from extranet.people.services.accounts import close_account, reopen_account
from extranet.people.views.doors import Page
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.paging import PAGE_SIZE, asked_key, page_of

blueprint = Blueprint("accounts", __name__, url_prefix="/beheer/accounts")


@blueprint.get("")
@requires(OPERATE_ACCOUNTS)
def accounts() -> Page:
    """Show the accounts by name, a page at a time, and search them."""
    wanted, after = request.args.get("zoek", "").strip()[:100], asked_key()
    found = queries.list_accounts(read_session(), search=wanted, after=after, limit=PAGE_SIZE + 1)
    return render_template(
        "accounts/accounts.html",
        page=page_of(found, [line.id for line in found]),
        wanted=wanted,
        is_first=after is None,
    )


@blueprint.get("/<int:person_id>")
@requires(OPERATE_ACCOUNTS)
def account(person_id: int) -> Page:
    """Show one account: its state, its seats, and what the operator can do."""
    session = read_session()
    line, seats = queries.get_account(session, person_id), queries.seats_of(session, person_id)
    return render_template(
        "accounts/account.html",
        line=line,
        seats=seats,
        session_count=queries.count_sessions(session, person_id),
        orphans=queries.regions_without_admin(session, person_id, seats=seats),
        role_names=dict(forms.ROLES),
    )


@blueprint.post("/<int:person_id>/sluiten")
@requires(OPERATE_ACCOUNTS)
def close(person_id: int) -> Response:
    """Close the account; whoever is signed in with it is out at the next request."""
    with unit_of_work() as session:
        person = queries.get_person(session, person_id, for_update=True)
        close_account(session, person=person, actor=current_actor())
    flash(_("The account is closed."))
    return redirect(url_for("accounts.account", person_id=person_id))


@blueprint.post("/<int:person_id>/heropenen")
@requires(OPERATE_ACCOUNTS)
def reopen(person_id: int) -> Response:
    """Open a closed account again."""
    with unit_of_work() as session:
        person = queries.get_person(session, person_id, for_update=True)
        reopen_account(session, person=person, actor=current_actor())
    flash(_("The account is open again."))
    return redirect(url_for("accounts.account", person_id=person_id))


@blueprint.post("/<int:person_id>/tweede-factor")
@requires(OPERATE_ACCOUNTS)
def remove_factor(person_id: int) -> Response:
    """Take the second factor away of who lost phone and codes."""
    with unit_of_work() as session:
        person = queries.get_person(session, person_id, for_update=True)
        second_factor.remove(session, person=person, actor=current_actor())
    flash(_("The second factor is removed; the next time they sign in they set up a new one."))
    return redirect(url_for("accounts.account", person_id=person_id))
