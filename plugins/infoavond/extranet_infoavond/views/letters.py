"""The master text and the letter of each municipality.

Whatever a municipality does with its own letter is under `…/onze-brief`: it is that of whoever the
actor acts for, so nobody can reach the letter of another.
"""

from __future__ import annotations

from flask import Response, flash, redirect, url_for

from extranet.api import (
    NotFound,
    current_actor,
    current_place,
    is_live,
    now,
    permits,
    read_session,
    render_letter,
    render_template,
    requires,
    today,
    unit_of_work,
    written,
)
from extranet_infoavond.forms.letters import LetterForm
from extranet_infoavond.models import Evening, LetterState, MasterLetter
from extranet_infoavond.policy import APPROVE_OWN, PLAN, VIEW, WRITE_OWN, acts_for
from extranet_infoavond.queries.evenings import get_evening, hosts_of
from extranet_infoavond.queries.letters import (
    NO_LETTER,
    FilledLetter,
    LetterPage,
    filled_letter,
    get_letter,
    released_pdf,
)
from extranet_infoavond.queries.programme import programme_of
from extranet_infoavond.queries.releasing import Blocker, blockers_of, reachable
from extranet_infoavond.rules.letters import (
    CLOSING,
    FIELDS,
    FIRST_BODY,
    FIRST_SUBJECT,
    paragraphs,
)
from extranet_infoavond.rules.styles import letter_of
from extranet_infoavond.services import letters as services
from extranet_infoavond.views.blueprint import blueprint
from extranet_infoavond.views.place import (
    Answer,
    acting_organisation,
    current_names,
    present_values,
    public_address,
    shown_evening,
)
from extranet_infoavond.wording import LETTER_KINDS, LETTER_STATES, Text

TEXT = ("subject", "body")
# A letter that is not out yet says so on every page, in the language that it is in.
PREVIEW = "Voorbeeld: deze brief is nog niet vrijgegeven"


@blueprint.get("/<int:evening_id>/uitnodiging")
@requires(VIEW)
def master(evening_id: int) -> Answer:
    """Show the text that every host starts from."""
    found = shown_evening(evening_id)
    return render_template(
        "infoavond/master.html",
        evening=found,
        master=read_session().get(MasterLetter, found.id),
        hosts=hosts_of(read_session(), [found.id])[found.id],
        plans=permits(current_actor(), PLAN),
        states=LETTER_STATES,
        kinds=LETTER_KINDS,
        paragraphs=paragraphs,
    )


@blueprint.get("/<int:evening_id>/uitnodiging/wijzigen")
@requires(PLAN)
def master_form(evening_id: int) -> Answer:
    """Show the master text to change; a new one starts from our own text."""
    found = shown_evening(evening_id)
    present = read_session().get(MasterLetter, found.id)
    first = {"subject": FIRST_SUBJECT, "body": FIRST_BODY, "version": 0}
    return _master_page(LetterForm(obj=present, data=first), found)


@blueprint.post("/<int:evening_id>/uitnodiging/wijzigen")
@requires(PLAN)
def write_master(evening_id: int) -> Answer:
    """Change the master text."""
    form = LetterForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            place, found = current_place(), get_evening(session, current_place(), evening_id)
            present = session.get(MasterLetter, found.id)
            form.expect(present.version if present else 0, present_values(present, TEXT))
            subject, body = str(form.subject.data), str(form.body.data)
            services.write_master(
                session, place, found, subject=subject, body=body, actor=current_actor()
            )
            flash(written(Text("The text is saved. Each municipality now makes its own letter.")))
            return redirect(url_for("infoavond.master", evening_id=evening_id))
    return _master_page(form, shown_evening(evening_id)), 422


@blueprint.get("/<int:evening_id>/brieven/<int:organisation_id>")
@requires(VIEW)
def letter(evening_id: int, organisation_id: int) -> Answer:
    """Show a municipality's letter as its residents get it, and what stands in its way."""
    found, shown, text, blockers = read_letter(evening_id, organisation_id)
    actor, is_own = current_actor(), acts_for(current_actor(), organisation_id)
    return render_template(
        "infoavond/letter.html",
        evening=found,
        letter=shown,
        text=text,
        paragraphs=paragraphs(text.body),
        closing=CLOSING,
        blockers=blockers,
        writes=is_own and permits(actor, WRITE_OWN),
        approves=is_own and permits(actor, APPROVE_OWN),
        states=LETTER_STATES,
        kinds=LETTER_KINDS,
    )


@blueprint.get("/<int:evening_id>/brieven/<int:organisation_id>/brief.pdf")
@requires(VIEW)
def letter_pdf(evening_id: int, organisation_id: int) -> Response:
    """Give a municipality's letter as PDF: as it went out, or marked as an example."""
    session, place = read_session(), current_place()
    _found, shown, text, _blockers = read_letter(evening_id, organisation_id)
    if not shown.is_written:
        raise NotFound(NO_LETTER)
    content = released_pdf(session, evening_id, organisation_id)
    if content is None:
        made = letter_of(
            shown.paper, subject=text.subject, body=text.body, day=today(session), notice=PREVIEW
        )
        content = render_letter(made, created=now(session))
    name = f"uitnodiging-{evening_id}-{place.plustaak_id}-{organisation_id}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, content_type="application/pdf", headers=headers)


@blueprint.get("/<int:evening_id>/onze-brief/wijzigen")
@requires(WRITE_OWN)
def write_form(evening_id: int) -> Answer:
    """Show the letter of one's own municipality to change."""
    found, shown, _text, _blockers = read_letter(evening_id, acting_organisation())
    return _letter_page(LetterForm(obj=shown), found, shown)


@blueprint.post("/<int:evening_id>/onze-brief/wijzigen")
@requires(WRITE_OWN)
def write(evening_id: int) -> Answer:
    """Change the letter of one's own municipality."""
    form, own = LetterForm(), acting_organisation()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            place, found = current_place(), get_evening(session, current_place(), evening_id)
            present = get_letter(session, place, found, own)
            form.expect(present.version, present_values(present, TEXT))
            subject, body = str(form.subject.data), str(form.body.data)
            services.write_letter(
                session, place, found, subject=subject, body=body, actor=current_actor()
            )
            flash(written(Text("The letter is saved as a draft.")))
            return redirect(own_page(evening_id, own))
    found, shown, _text, _blockers = read_letter(evening_id, own)
    return _letter_page(form, found, shown), 422


def own_page(evening_id: int, own: int) -> str:
    """Return the address of the letter of one's own municipality."""
    return url_for("infoavond.letter", evening_id=evening_id, organisation_id=own)


def read_letter(
    evening_id: int, organisation_id: int
) -> tuple[Evening, LetterPage, FilledLetter, list[Blocker]]:
    """Return a letter with its evening, as it reads when filled in, and what stands in its way."""
    session, place = read_session(), current_place()
    found = shown_evening(evening_id)
    shown = get_letter(session, place, found, organisation_id)
    address = public_address(shown.slug)
    text = filled_letter(shown, found, programme_of(session, found), address=address)
    live, names = is_live(session, place), current_names(session)
    blockers = blockers_of(shown, found, text, names=names, is_live=live)
    return found, shown, text, reachable(blockers, current_actor())


def _master_page(form: LetterForm, found: Evening) -> str:
    return render_template(
        "infoavond/master_form.html", form=form, evening=found, fields_of_text=FIELDS
    )


def _letter_page(form: LetterForm, found: Evening, shown: LetterPage) -> str:
    if shown.master is None or shown.state == LetterState.RELEASED:
        raise NotFound(NO_LETTER)
    return render_template(
        "infoavond/letter_form.html",
        form=form,
        evening=found,
        letter=shown,
        fields_of_text=FIELDS,
    )
