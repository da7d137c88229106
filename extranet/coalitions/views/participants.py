"""Who takes part in a coalition: join, record the consent of a body, leave."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from extranet.access import Actor, CoalitionRole, permits
from extranet.clock import today
from extranet.coalitions.forms import ConsentForm, JoinForm, LeaveForm
from extranet.coalitions.models import CoalitionState, Participation
from extranet.coalitions.policy import MANAGE, SPEAK, VIEW_COALITION
from extranet.coalitions.queries import workspace as queries
from extranet.coalitions.queries.leaving import consequences
from extranet.coalitions.queries.parties import Participant, participants_of
from extranet.coalitions.rules.threshold import count
from extranet.coalitions.services import participation as services
from extranet.coalitions.views.standing_here import changing, current_coalition, stands_in
from extranet.errors import NotAllowed, NotFound
from extranet.i18n import Text
from extranet.membership.models import MembershipKind
from extranet.membership.queries.wording import KINDS
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session

blueprint = Blueprint(
    "participants", __name__, url_prefix="/<region>/coalities/<coalition>/deelnemers"
)
Page = str | tuple[str, int] | Response
NOT_YOURS = Text("Only this organisation itself, the lead or the region admin can do this.")


@blueprint.get("")
@requires(VIEW_COALITION)
def participants() -> str:
    """Show who takes part, with the consent of each body, and who has left."""
    actor, session = current_actor(), read_session()
    day = today(session)
    facts = queries.get_facts(session, current_coalition().id, day=day)
    rows = participants_of(session, facts.id)
    return render_template(
        "participants/participants.html",
        facts=facts,
        running=[row for row in rows if not row.has_left(day)],
        former=[row for row in rows if row.has_left(day)],
        standing=count([row.party for row in rows], needed=facts.needed, day=day),
        organisation_kinds=KINDS,
        may_speak_for={row.organisation_id for row in rows if _may_speak(actor, row)},
        can_join=permits(actor, MANAGE) and facts.state in services.JOINABLE,
        is_closed=facts.state == CoalitionState.CLOSED,
    )


@blueprint.get("/toevoegen")
@requires(MANAGE)
def join_form() -> str:
    """Ask who takes part, and from when."""
    session = read_session()
    return _join_page(JoinForm(data={"from_date": today(session)}))


@blueprint.post("/toevoegen")
@requires(MANAGE)
def join() -> Page:
    """Let an organisation take part."""
    form = _offered(JoinForm())
    if form.validate():
        _join(form)
        if not form.errors:
            flash(_("The organisation takes part. It counts once its body has consented."))
            return redirect(url_for("participants.participants"))
    return _join_page(form), 422


@blueprint.get("/<int:number>/instemming")
@requires(SPEAK)
def consent_form(number: int) -> str:
    """Ask which body consented, when, and where that can be read."""
    participant = _own(read_session(), number)
    form = ConsentForm(obj=participant, data={"version": _version(number)})
    return render_template("participants/consent_form.html", form=form, participant=participant)


@blueprint.post("/<int:number>/instemming")
@requires(SPEAK)
def consent(number: int) -> Page:
    """Write the consent down."""
    form, participant = ConsentForm(), _own(read_session(), number)
    if form.validate():
        _consent(form, number)
        if not form.errors:
            flash(_("The consent of %(name)s is recorded.", name=participant.name))
            return redirect(url_for("participants.participants"))
    page = render_template("participants/consent_form.html", form=form, participant=participant)
    return page, 422


@blueprint.get("/<int:number>/vertrek")
@requires(SPEAK)
def leave_form(number: int) -> str:
    """Show what leaving changes, and ask for the last day."""
    return _leave_page(LeaveForm(data={"version": _version(number)}), number)


@blueprint.post("/<int:number>/vertrek")
@requires(SPEAK)
def leave(number: int) -> Page:
    """Give the participation its last day."""
    form, participant = LeaveForm(), _own(read_session(), number)
    if form.validate():
        _leave(form, number)
        if not form.errors:
            flash(_("The last day of %(name)s is recorded.", name=participant.name))
            return redirect(url_for("participants.participants"))
    return _leave_page(form, number), 422


def _join(form: JoinForm) -> None:
    with changing(form) as (session, coalition):
        services.join(
            session,
            coalition=coalition,
            organisation_id=form.organisation_id.data or 0,
            from_date=form.first_day(),
            actor=current_actor(),
        )


def _consent(form: ConsentForm, number: int) -> None:
    with changing(form) as (session, coalition):
        services.record_consent(
            session,
            coalition=coalition,
            participation=_expected(session, form, coalition.id, number),
            consent=form.consent(),
            actor=current_actor(),
        )


def _leave(form: LeaveForm, number: int) -> None:
    with changing(form) as (session, coalition):
        services.leave(
            session,
            coalition=coalition,
            participation=_expected(session, form, coalition.id, number),
            until_date=form.last_day(),
            reason=form.reason.data,
            actor=current_actor(),
        )


def _may_speak(actor: Actor, row: Participant) -> bool:
    """Tell whether the actor speaks for a participant: its own people, the lead, the keepers."""
    if permits(actor, MANAGE):
        return True
    is_own = actor.organisation is not None and actor.organisation.id == row.organisation_id
    return is_own and CoalitionRole.REPRESENTATIVE in actor.coalition_roles


def _own(session: Session, number: int) -> Participant:
    """Return a participant that the actor speaks for; raise NotFound or NotAllowed otherwise."""
    rows = participants_of(session, current_coalition().id)
    found = next((row for row in rows if row.participation_id == number), None)
    if found is None:
        raise NotFound(Text("This organisation does not take part in this coalition."))
    if not _may_speak(current_actor(), found):
        raise NotAllowed(NOT_YOURS)
    return found


def _version(number: int) -> int:
    return read_session().get_one(Participation, number).version


def _expected(
    session: Session, form: ConsentForm | LeaveForm, coalition_id: int, number: int
) -> Participation:
    """Return the participation, locked, that nobody changed since the form was opened."""
    found = services.get_participation(session, coalition_id=coalition_id, number=number)
    form.expect(
        found.version,
        {
            "body": found.body,
            "consented_on": found.consented_on,
            "evidence": found.evidence,
            "until_date": found.until_date,
        },
    )
    return found


def _offered(form: JoinForm) -> JoinForm:
    session, coalition = read_session(), current_coalition()
    _actor, region, _organisation = stands_in()
    day = today(session)
    lines = queries.interests_of(session, region_id=region.id, coalition_id=coalition.id, day=day)
    form.offer(
        [line for line in lines if line.part == MembershipKind.DEELNEMER],
        participants_of(session, coalition.id, day=day),
    )
    return form


def _join_page(form: JoinForm) -> str:
    return render_template("participants/join_form.html", form=_offered(form))


def _leave_page(form: LeaveForm, number: int) -> str:
    session, coalition = read_session(), current_coalition()
    participant = _own(session, number)
    day = today(session)
    facts = queries.get_facts(session, coalition.id, day=day)
    return render_template(
        "participants/leave_form.html",
        form=form,
        participant=participant,
        leaving=consequences(session, facts, participant, day=day),
    )
