"""The workspace of a coalition: how it stands, what needs doing and by whom."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.access import CoalitionRole, permits
from extranet.clock import today
from extranet.coalitions.forms import AnswerForm, ConfirmForm, EditForm, LeadForm
from extranet.coalitions.models import Answer, CoalitionState
from extranet.coalitions.policy import ANSWER, MANAGE, VIEW_COALITION
from extranet.coalitions.queries import workspace as queries
from extranet.coalitions.queries.parties import Participant, participants_of
from extranet.coalitions.queries.waiting_agreements import WaitingAgreement, waiting_agreements
from extranet.coalitions.rules.threshold import Standing, count
from extranet.coalitions.rules.todo import Situation, Todo, Unanswered, todo
from extranet.coalitions.services import initiatives, states
from extranet.coalitions.views.plustaken_here import PlustaakShown, address_of, shown
from extranet.coalitions.views.standing_here import changing, current_coalition, stands_in
from extranet.coalitions.wording import ANSWERS, PLUSTAAK_STATES, STATE_KINDS, STATES
from extranet.web.access import current_actor, may_open, requires
from extranet.web.database import read_session

blueprint = Blueprint("workspace", __name__, url_prefix="/<region>/coalities/<coalition>")
Page = str | tuple[str, int] | Response


@blueprint.get("/")
@requires(VIEW_COALITION)
def overview() -> str:
    """Show how the coalition stands for the organisation that the reader acts for."""
    session = read_session()
    day = today(session)
    facts = queries.get_facts(session, current_coalition().id, day=day)
    participants = participants_of(session, facts.id, day=day)
    standing = count([one.party for one in participants], needed=facts.needed, day=day)
    plustaken = shown(queries.plustaken_of(session, facts.id))
    return render_template(
        "workspace/overview.html",
        facts=facts,
        participants=[one for one in participants if one.takes_part_on(day)],
        standing=standing,
        plustaken=plustaken,
        todo=_todo(facts, participants, standing, plustaken),
        **_words(facts, day),
    )


@blueprint.get("/belangstelling")
@requires(ANSWER)
def answer_form() -> str:
    """Ask what the reader's organisation says to the initiative."""
    return render_template("workspace/answer_form.html", form=AnswerForm())


@blueprint.post("/belangstelling")
@requires(ANSWER)
def answer() -> Page:
    """Write down what an organisation says."""
    form = AnswerForm()
    if form.validate():
        name = _answer(form)
        if not form.errors:
            flash(_("The answer of %(name)s is recorded.", name=name))
            return redirect(url_for("workspace.overview"))
    return render_template("workspace/answer_form.html", form=form), 422


@blueprint.get("/vormen")
@requires(MANAGE)
def form_form() -> str:
    """Say what forming means, and ask who leads."""
    return _form_page(LeadForm())


@blueprint.post("/vormen")
@requires(MANAGE)
def start_forming() -> Page:
    """Let the initiative form."""
    form = _offered(LeadForm())
    if form.validate():
        lead = form.lead_seat_id.data
        with changing(form) as (session, coalition):
            initiatives.start_forming(
                session, coalition=coalition, lead_seat_id=lead, actor=current_actor()
            )
        if not form.errors:
            flash(_("The coalition is forming. Add who takes part."))
            return redirect(url_for("participants.participants"))
    return _form_page(form), 422


@blueprint.get("/gegevens")
@requires(MANAGE)
def edit_form() -> str:
    """Show what the coalition is, to change."""
    session = read_session()
    facts = queries.get_facts(session, current_coalition().id, day=today(session))
    form = EditForm(obj=facts, data={"version": facts.counter})
    return render_template("workspace/edit_form.html", form=_offered(form))


@blueprint.post("/gegevens")
@requires(MANAGE)
def edit() -> Page:
    """Change what the coalition is."""
    form = _offered(EditForm())
    if form.validate():
        _edit(form)
        if not form.errors:
            flash(_("The coalition is changed."))
            return redirect(url_for("workspace.overview"))
    return render_template("workspace/edit_form.html", form=form), 422


@blueprint.get("/sluiten")
@requires(MANAGE)
def close_form() -> str:
    """Say what closing changes, and ask to confirm."""
    session = read_session()
    facts = queries.get_facts(session, current_coalition().id, day=today(session))
    return render_template(
        "workspace/close_form.html",
        form=ConfirmForm(data={"version": facts.counter}),
        facts=facts,
        plustaken=shown(queries.plustaken_of(session, facts.id)),
        plustaak_states=PLUSTAAK_STATES,
    )


@blueprint.post("/sluiten")
@requires(MANAGE)
def close() -> Page:
    """Begin closing, or close when it was closing already."""
    form = ConfirmForm()
    form.validate()
    with changing(form) as (session, coalition):
        form.expect(coalition.version, {"state": coalition.state})
        step = states.close if coalition.state == CoalitionState.CLOSING else states.start_closing
        step(session, coalition=coalition, actor=current_actor())
    flash(_("The state of the coalition is changed."))
    return redirect(url_for("workspace.overview"))


def _answer(form: AnswerForm) -> str:
    """Write the answer down and return whose it is."""
    actor, _region, organisation = stands_in()
    with changing(form) as (session, coalition):
        initiatives.answer(
            session,
            coalition=coalition,
            organisation_id=organisation.id,
            said=Answer(form.answer.data),
            note=form.note.data,
            actor=actor,
        )
    return organisation.name


def _edit(form: EditForm) -> None:
    with changing(form) as (session, coalition):
        form.expect(coalition.version, {"name": coalition.name, "aim": coalition.aim})
        initiatives.edit_coalition(
            session,
            coalition=coalition,
            proposal=form.proposal(),
            lead_seat_id=form.lead_seat_id.data,
            actor=current_actor(),
        )


def _interests(facts: queries.CoalitionFacts, day: date) -> list[queries.InterestLine]:
    return queries.interests_of(
        read_session(), region_id=facts.region_id, coalition_id=facts.id, day=day
    )


def _todo(
    facts: queries.CoalitionFacts,
    participants: list[Participant],
    standing: Standing,
    plustaken: list[PlustaakShown],
) -> list[Todo]:
    actor, _region, organisation = stands_in()
    titles = {one.plugin: one.title for one in plustaken}
    return todo(
        Situation.of(
            facts,
            participants,
            standing,
            organisation_id=organisation.id,
            is_lead=CoalitionRole.LEAD in actor.coalition_roles,
            not_live=[(one.plugin, one.title) for one in plustaken if one.waits],
            unanswered=[
                Unanswered(
                    plugin=one.plugin,
                    title=titles[one.plugin],
                    names=tuple(one.waiting.values()),
                    is_own=one.waits_for(organisation.id),
                )
                for one in _waiting(facts, plustaken)
            ],
        )
    )


def _waiting(
    facts: queries.CoalitionFacts, plustaken: list[PlustaakShown]
) -> tuple[WaitingAgreement, ...]:
    """Return the agreements that wait; most of the time there are none, and nothing is asked."""
    if not any(one.is_answering for one in plustaken):
        return ()
    return waiting_agreements(read_session(), coalition_id=facts.id)


def _offered(form: LeadForm) -> LeadForm:
    session = read_session()
    _actor, region, _organisation = stands_in()
    form.offer(queries.seats_that_could_lead(session, region.id, day=today(session)))
    return form


def _form_page(form: LeadForm) -> str:
    session = read_session()
    day = today(session)
    facts = queries.get_facts(session, current_coalition().id, day=day)
    lines = _interests(facts, day)
    return render_template(
        "workspace/form_form.html",
        form=_offered(form),
        facts=facts,
        joining=[line for line in queries.may_take_part(lines) if line.answer == Answer.JOIN],
    )


def _words(facts: queries.CoalitionFacts, day: date) -> dict[str, object]:
    actor = current_actor()
    return {
        "interests": _interests(facts, day) if facts.is_initiative else (),
        "can_answer": facts.is_initiative and permits(actor, ANSWER),
        "can_manage": permits(actor, MANAGE),
        "address_of": address_of,
        "may_open": may_open,
        "states": STATES,
        "kinds": STATE_KINDS,
        "answers": ANSWERS,
        "plustaak_states": PLUSTAAK_STATES,
    }
