"""The region admin's pages about memberships: start, end, correct, and appoint the centrum."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from extranet.clock import today
from extranet.errors import NotFound
from extranet.formats import long_date
from extranet.i18n import Text
from extranet.membership.forms.fields import typed_values
from extranet.membership.forms.members import (
    CentrumForm,
    CorrectForm,
    EndForm,
    StartForm,
)
from extranet.membership.models import Membership, MembershipKind, Organisation
from extranet.membership.policy import EDIT_MEMBERS
from extranet.membership.queries.bodies import seats_at
from extranet.membership.queries.dossiers import consequences_of_leaving, get_membership
from extranet.membership.queries.members import Member, members_on
from extranet.membership.queries.organisations import (
    Candidate,
    candidates,
    get_organisation,
)
from extranet.membership.queries.regions import get_region
from extranet.membership.queries.wording import KINDS
from extranet.membership.rules.periods import REGELINGEN
from extranet.membership.services import memberships
from extranet.web.access import current_actor, current_region, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.forms import VersionedForm
from extranet.web.jinja import current_locale

blueprint = Blueprint("membership_admin", __name__, url_prefix="/<region>/beheer/leden")
Page = str | tuple[str, int] | Response
MOST_CANDIDATES = 25


@blueprint.get("/toevoegen")
@requires(EDIT_MEMBERS)
def choose_organisation() -> Page:
    """Search the national list for an organisation to make a member."""
    wanted = request.args.get("zoek", "").strip()[:100]
    found = _candidates(wanted) if wanted else []
    return render_template(
        "membership_admin/choose_organisation.html",
        wanted=wanted,
        found=found[:MOST_CANDIDATES],
        has_more=len(found) > MOST_CANDIDATES,
        day=today(read_session()),
        kinds=KINDS,
    )


@blueprint.get("/toevoegen/<code>")
@requires(EDIT_MEMBERS)
def start_form(code: str) -> Page:
    """Ask from when and as what an organisation takes part; a member has a page already."""
    if any(one.code == code and one.member_from is not None for one in _candidates(code)):
        organisation = get_organisation(read_session(), code)
        flash(_("%(name)s is in the list of members already.", name=organisation.name))
        return redirect(url_for("membership.member", code=code))
    return _start_page(StartForm(), code)


@blueprint.post("/toevoegen/<code>")
@requires(EDIT_MEMBERS)
def start(code: str) -> Page:
    """Make the organisation a member."""
    form = StartForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            organisation = get_organisation(session, code)
            memberships.start_membership(
                session,
                organisation=organisation,
                actor=current_actor(),
                region_id=current_region().id,
                **form.values(),
            )
        if not form.errors:
            flash(_started(organisation.name, form.from_date.data))
            return redirect(url_for("membership.member", code=code))
    return _start_page(form, code), 422


@blueprint.get("/<int:membership_id>/beeindigen")
@requires(EDIT_MEMBERS)
def end_form(membership_id: int) -> Page:
    """Show what leaving changes, and ask for the last day."""
    membership = _membership(membership_id)
    return _end_page(EndForm(data={"version": membership.version}), membership)


@blueprint.post("/<int:membership_id>/beeindigen")
@requires(EDIT_MEMBERS)
def end(membership_id: int) -> Page:
    """Give the membership its last day."""
    form = EndForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            membership = _unchanged(session, form, membership_id)
            memberships.end_membership(
                session,
                membership=membership,
                until_date=form.last_day(),
                publication=form.publication(),
                actor=current_actor(),
            )
        if not form.errors:
            return _back(membership, _("The last day is recorded."))
    return _end_page(form, _membership(membership_id)), 422


@blueprint.get("/<int:membership_id>/wijzigen")
@requires(EDIT_MEMBERS)
def correct_form(membership_id: int) -> Page:
    """Show what is recorded of a membership, to put it right."""
    membership = _membership(membership_id)
    return _correct_page(CorrectForm(obj=membership), membership)


@blueprint.post("/<int:membership_id>/wijzigen")
@requires(EDIT_MEMBERS)
def correct(membership_id: int) -> Page:
    """Put right what is recorded of a membership."""
    form = CorrectForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            membership = _unchanged(session, form, membership_id)
            memberships.correct_membership(
                session, membership=membership, terms=form.terms(), actor=current_actor()
            )
        if not form.errors:
            return _back(membership, _("The membership is corrected."))
    return _correct_page(form, _membership(membership_id)), 422


@blueprint.get("/<int:membership_id>/centrum")
@requires(EDIT_MEMBERS)
def centrum_form(membership_id: int) -> Page:
    """Ask to confirm that a member becomes the centrum."""
    membership = _membership(membership_id)
    return _centrum_page(CentrumForm(data={"version": membership.version}), membership)


@blueprint.post("/<int:membership_id>/centrum")
@requires(EDIT_MEMBERS)
def appoint_centrum(membership_id: int) -> Page:
    """Make the member the centrum, in the place of the present one."""
    form = CentrumForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            membership = _unchanged(session, form, membership_id)
            memberships.appoint_centrum(session, membership=membership, actor=current_actor())
        if not form.errors:
            return _back(membership, _("The region has another centrum."))
    return _centrum_page(form, _membership(membership_id)), 422


def _started(name: str, from_date: date | None) -> str:
    if from_date is None or from_date <= today(read_session()):
        return str(_("%(name)s is a member.", name=name))
    day = long_date(from_date, current_locale())
    return str(_("%(name)s is a member from %(day)s on.", name=name, day=day))


def _unchanged(session: Session, form: VersionedForm, membership_id: int) -> Membership:
    """Return a membership to change, locked; nobody changed it since the form was opened."""
    membership = get_membership(session, current_region().id, membership_id, for_update=True)
    form.expect(membership.version, _recorded(membership))
    return membership


def _candidates(wanted: str) -> list[Candidate]:
    session = read_session()
    return candidates(
        session,
        current_region().id,
        search=wanted,
        day=today(session),
        limit=MOST_CANDIDATES + 1,
    )


def _membership(membership_id: int) -> Membership:
    return get_membership(read_session(), current_region().id, membership_id)


def _recorded(membership: Membership) -> dict[str, str]:
    """Return what stands there now, for who sent something that is no longer about it."""
    return typed_values(CorrectForm(formdata=None, obj=membership))


def _organisation(membership: Membership) -> Organisation:
    return read_session().get_one(Organisation, membership.organisation_id)


def _back(membership: Membership, message: str) -> Response:
    flash(message)
    return redirect(url_for("membership.member", code=_organisation(membership).code))


def _centrum() -> Member | None:
    """Return the member that is the centrum today, if any."""
    session = read_session()
    members = members_on(session, current_region().id, today(session))
    return next((member for member in members if member.is_centrum), None)


def _start_page(form: StartForm, code: str) -> str:
    session = read_session()
    organisation = get_organisation(session, code)
    day = today(session)
    if organisation.successor_from is not None and organisation.successor_from <= day:
        raise NotFound(Text("This organisation went into another one."))
    region = get_region(session, current_region().id)
    is_regeling = region.legal_form in REGELINGEN
    if is_regeling:
        form.ask_publication()
    return render_template(
        "membership_admin/start_form.html",
        form=form,
        organisation=organisation,
        centrum=_centrum(),
        is_regeling=is_regeling,
        kinds=KINDS,
    )


def _end_page(form: EndForm, membership: Membership) -> str:
    session = read_session()
    day, region = today(session), get_region(session, current_region().id)
    counts = membership.kind == MembershipKind.DEELNEMER
    needs_publication = counts and region.legal_form in REGELINGEN
    if needs_publication:
        form.ask_publication()
    return render_template(
        "membership_admin/end_form.html",
        form=form,
        membership=membership,
        organisation=_organisation(membership),
        leaving=consequences_of_leaving(session, region.id, membership.organisation_id, day=day),
        seats=seats_at(session, region.id, membership.organisation_id, day=day),
        needs_publication=needs_publication,
        counts=counts,
    )


def _correct_page(form: CorrectForm, membership: Membership) -> str:
    return render_template(
        "membership_admin/correct_form.html",
        form=form,
        membership=membership,
        organisation=_organisation(membership),
    )


def _centrum_page(form: CentrumForm, membership: Membership) -> str:
    return render_template(
        "membership_admin/centrum_form.html",
        form=form,
        membership=membership,
        organisation=_organisation(membership),
        centrum=_centrum(),
    )
