"""What a municipality decides about its own letter: compare, approve, release, begin again."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, url_for
from sqlalchemy.orm import Session

from extranet.api import (
    Conflict,
    current_actor,
    current_place,
    read_session,
    render_template,
    requires,
    today,
    unit_of_work,
    written,
)
from extranet_infoavond.forms.evenings import ConfirmForm
from extranet_infoavond.forms.letters import ApproveForm
from extranet_infoavond.models import Evening, LetterState
from extranet_infoavond.policy import APPROVE_OWN, WRITE_OWN
from extranet_infoavond.queries.evenings import get_evening
from extranet_infoavond.queries.letters import LetterPage, get_letter
from extranet_infoavond.rules.letters import CLOSING, compared, paragraphs
from extranet_infoavond.services import letters as services
from extranet_infoavond.views.blueprint import blueprint
from extranet_infoavond.views.letters import own_page, read_letter
from extranet_infoavond.views.place import (
    Answer,
    acting_organisation,
    current_names,
    public_address,
)
from extranet_infoavond.wording import Text

Done = Callable[[Session, Evening, LetterPage], None]


@blueprint.get("/<int:evening_id>/onze-brief/vergelijken")
@requires(WRITE_OWN)
def compare(evening_id: int) -> Answer:
    """Show one's own text beside the master's present one."""
    found, shown, _text, _blockers = read_letter(evening_id, acting_organisation())
    if shown.master is None:
        raise Conflict(services.NO_MASTER)
    rows = [(shown.subject, shown.master.subject), *compared(shown.body, shown.master.body)]
    return render_template(
        "infoavond/compare.html",
        evening=found,
        letter=shown,
        rows=rows,
        form=ConfirmForm(obj=shown),
    )


@blueprint.post("/<int:evening_id>/onze-brief/overnemen")
@requires(WRITE_OWN)
def take_over(evening_id: int) -> Answer:
    """Take the master's new text over."""

    def done(session: Session, found: Evening, _shown: LetterPage) -> None:
        services.take_over(session, current_place(), found, actor=current_actor())

    return _change(evening_id, done, Text("The new text is taken over. The letter is a draft."))


@blueprint.post("/<int:evening_id>/onze-brief/houden")
@requires(WRITE_OWN)
def keep_own(evening_id: int) -> Answer:
    """Keep one's own text beside the master's new one."""

    def done(session: Session, found: Evening, _shown: LetterPage) -> None:
        services.keep_own(session, current_place(), found, actor=current_actor())

    return _change(evening_id, done, Text("You keep your own text."))


@blueprint.get("/<int:evening_id>/onze-brief/goedkeuren")
@requires(APPROVE_OWN)
def approve_form(evening_id: int) -> Answer:
    """Ask which function or body approved the letter, and when."""
    _found, shown, _text, _blockers = read_letter(evening_id, acting_organisation())
    data = {"approved_on": today(read_session()), "version": shown.version}
    return _approve_page(evening_id, ApproveForm(data=data))


@blueprint.post("/<int:evening_id>/onze-brief/goedkeuren")
@requires(APPROVE_OWN)
def approve(evening_id: int) -> Answer:
    """Write down that the municipality approves its letter."""
    form, own = ApproveForm(), acting_organisation()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            place, found = current_place(), get_evening(session, current_place(), evening_id)
            form.expect(get_letter(session, place, found, own).version, {})
            by, day = str(form.approved_by.data), form.approved_on.data or today(session)
            services.approve(
                session, place, found, approved_by=by, approved_on=day, actor=current_actor()
            )
            flash(written(Text("The letter is approved.")))
            return redirect(own_page(evening_id, own))
    return _approve_page(evening_id, form), 422


@blueprint.get("/<int:evening_id>/onze-brief/vrijgeven")
@requires(APPROVE_OWN)
def release_form(evening_id: int) -> Answer:
    """Show what goes out, before it does, or what still stands in the way."""
    return _release_page(evening_id, None)


@blueprint.post("/<int:evening_id>/onze-brief/vrijgeven")
@requires(APPROVE_OWN)
def release(evening_id: int) -> Answer:
    """Freeze the letter for the municipality to send."""
    form, own = ConfirmForm(), acting_organisation()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            place, found = current_place(), get_evening(session, current_place(), evening_id)
            shown = get_letter(session, place, found, own)
            form.expect(shown.version, {})
            names, address = current_names(session), public_address(shown.slug)
            services.release(
                session, place, found, names=names, address=address, actor=current_actor()
            )
            flash(written(Text("The letter is released. Now your municipality sends it.")))
            return redirect(own_page(evening_id, own))
    return _release_page(evening_id, form), 422


@blueprint.get("/<int:evening_id>/onze-brief/opnieuw")
@requires(APPROVE_OWN)
def start_again_form(evening_id: int) -> Answer:
    """Say what a new letter after a release means."""
    found, shown, _text, _blockers = read_letter(evening_id, acting_organisation())
    form = ConfirmForm(obj=shown)
    return render_template(
        "infoavond/start_again_form.html", form=form, evening=found, letter=shown
    )


@blueprint.post("/<int:evening_id>/onze-brief/opnieuw")
@requires(APPROVE_OWN)
def start_again(evening_id: int) -> Answer:
    """Begin a new letter after one was released."""

    def done(session: Session, found: Evening, _shown: LetterPage) -> None:
        services.start_again(session, current_place(), found, actor=current_actor())

    return _change(evening_id, done, Text("The new letter is a draft."))


def _change(evening_id: int, done: Done, told: Text) -> Answer:
    """Do something with one's own letter, if it is still the version that the page showed."""
    form, own = ConfirmForm(), acting_organisation()
    form.validate()
    with unit_of_work() as session:
        found = get_evening(session, current_place(), evening_id)
        shown = get_letter(session, current_place(), found, own)
        form.expect(shown.version, {})
        done(session, found, shown)
    flash(written(told))
    return redirect(own_page(evening_id, own))


def _approve_page(evening_id: int, form: ApproveForm) -> str:
    found, shown, text, blockers = read_letter(evening_id, acting_organisation())
    return render_template(
        "infoavond/approve_form.html",
        form=form,
        evening=found,
        letter=shown,
        text=text,
        paragraphs=paragraphs(text.body),
        closing=CLOSING,
        blockers=[one for one in blockers if one.endpoint != "infoavond.approve_form"],
        back=url_for(
            "infoavond.letter", evening_id=found.id, organisation_id=shown.organisation_id
        ),
    )


def _release_page(evening_id: int, form: ConfirmForm | None) -> str:
    found, shown, text, blockers = read_letter(evening_id, acting_organisation())
    if shown.state == LetterState.RELEASED:
        raise Conflict(services.RELEASED)
    return render_template(
        "infoavond/release_form.html",
        form=form or ConfirmForm(obj=shown),
        evening=found,
        letter=shown,
        text=text,
        paragraphs=paragraphs(text.body),
        closing=CLOSING,
        blockers=blockers,
    )
