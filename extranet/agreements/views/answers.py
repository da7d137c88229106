"""Answer for an organisation: consent, consent with a remark, or decline with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from extranet.agreements import forms
from extranet.agreements.policy import VIEW_AGREEMENT
from extranet.agreements.queries.parties import PartyLine, parties_of, standing_from
from extranet.agreements.rules import ANSWER_WORDS
from extranet.agreements.services.answering import NO_PARTY, AnswerInput, record_answer
from extranet.agreements.services.drafts import NOT_ASKED
from extranet.agreements.views.blueprint import blueprint
from extranet.agreements.views.place import (
    place_of_address,
    shown_version,
    version_to_change,
)
from extranet.errors import Conflict, NotAllowed, NotFound
from extranet.i18n import Text, translate
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.jinja import current_locale

Page = str | tuple[str, int] | Response


@blueprint.get("/versies/<int:number>/antwoord/<code>")
@requires(VIEW_AGREEMENT)
def answer_form(number: int, code: str) -> Page:
    """Ask what an organisation says; an earlier answer stands there to correct."""
    party = _party(read_session(), number, code)
    data = {
        "answer": party.answer,
        "remark": party.remark,
        "body_name": party.body_name,
        "decided_on": party.decided_on,
        "evidence": party.evidence,
        "version": party.consent_version,
    }
    return _answer_page(number, party, forms.AnswerForm(data=data))


@blueprint.post("/versies/<int:number>/antwoord/<code>")
@requires(VIEW_AGREEMENT)
def answer(number: int, code: str) -> Page:
    """Record what an organisation says."""
    form = forms.AnswerForm().offer()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            found, actor = version_to_change(session, number), current_actor()
            party = _party(session, number, code)
            form.expect(party.consent_version, _present(party))
            party_id, values = party.organisation_id, _values(form)
            record_answer(
                session, version=found, organisation_id=party_id, values=values, actor=actor
            )
            flash(_("The answer of %(name)s is recorded.", name=party.name))
            return redirect(url_for(".version", number=number))
    return _answer_page(number, _party(read_session(), number, code), form), 422


def _party(session: Session, number: int, code: str) -> PartyLine:
    """Return the party that the actor may answer for; raise by what stands in the way."""
    place, shown = place_of_address(), shown_version(number)
    for party in parties_of(session, shown.id):
        if party.code != code:
            continue
        if not place.may_answer_for(party.organisation_id):
            raise NotAllowed(Text("Your role does not let you answer for this organisation."))
        if not shown.is_sent:
            raise Conflict(NOT_ASKED)
        return party
    raise NotFound(NO_PARTY)


def _answer_page(number: int, party: PartyLine, form: forms.AnswerForm) -> str:
    shown = shown_version(number)
    standing = standing_from(parties_of(read_session(), shown.id))
    others = [one for one in standing.waiting if one.organisation_id != party.organisation_id]
    return render_template(
        "agreements/answer_form.html",
        form=form.offer(),
        party=party,
        version=shown,
        is_last=not others
        and all(one.organisation_id == party.organisation_id for one in standing.declined),
        place=place_of_address(),
    )


def _values(form: forms.AnswerForm) -> AnswerInput:
    if form.decided_on.data is None:
        raise ValueError("the form was not validated")
    return AnswerInput(
        answer=form.answer.data,
        remark=str(form.remark.data),
        body_name=str(form.body_name.data),
        decided_on=form.decided_on.data,
        evidence=str(form.evidence.data),
    )


def _present(party: PartyLine) -> Mapping[str, object]:
    """Return what stands there now, for who corrected an older answer."""
    day = party.decided_on
    word = ANSWER_WORDS[party.answer] if party.answer else ""
    return {
        "answer": translate(word, current_locale()),
        "remark": party.remark,
        "body_name": party.body_name,
        "decided_on": f"{day:%d-%m-%Y}" if day else "",
        "evidence": party.evidence,
    }
