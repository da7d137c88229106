"""The evenings: the list, the page of one, planning and closing it."""

from __future__ import annotations

from dataclasses import fields

from flask import flash, redirect, request, url_for

from extranet.api import (
    current_actor,
    current_place,
    is_live,
    permits,
    read_session,
    render_template,
    requires,
    settings_of,
    today,
    unit_of_work,
    written,
)
from extranet_infoavond.forms.evenings import ConfirmForm, EveningForm
from extranet_infoavond.models import Evening, LetterState
from extranet_infoavond.policy import PLAN, VIEW
from extranet_infoavond.queries.evenings import (
    EveningLine,
    get_evening,
    hosts_of,
    municipalities_of,
)
from extranet_infoavond.queries.evenings import (
    list_evenings as lines_of,
)
from extranet_infoavond.queries.letters import filled_letter, letters_of
from extranet_infoavond.queries.programme import programme_of
from extranet_infoavond.queries.releasing import blockers_of, reachable
from extranet_infoavond.rules.contracts import SETTINGS
from extranet_infoavond.services import evenings as services
from extranet_infoavond.views.blueprint import blueprint
from extranet_infoavond.views.place import (
    Answer,
    current_names,
    present_values,
    public_address,
    shown_evening,
)
from extranet_infoavond.wording import (
    EVENING_KINDS,
    EVENING_STATES,
    LETTER_KINDS,
    LETTER_STATES,
    Text,
)

FORM_FIELDS = tuple(field.name for field in fields(services.EveningValues))
WORDS = {
    "states": EVENING_STATES,
    "kinds": EVENING_KINDS,
    "letter_states": LETTER_STATES,
    "letter_kinds": LETTER_KINDS,
}


@blueprint.get("")
@requires(VIEW)
def list_evenings() -> str:
    """Show the evenings, what is to come first."""
    session, place = read_session(), current_place()
    return render_template(
        "infoavond/list_evenings.html",
        rows=asked_evenings(),
        municipalities=municipalities_of(session, place),
        asked=request.args,
        plans=permits(current_actor(), PLAN),
        **WORDS,
    )


@blueprint.get("/<int:evening_id>")
@requires(VIEW)
def evening(evening_id: int) -> str:
    """Show one evening: what is known, who invites, what happens, and what stands in the way."""
    session, found = read_session(), shown_evening(evening_id)
    return render_template(
        "infoavond/evening.html",
        evening=found,
        programme=programme_of(session, found),
        letters=_letters(found),
        plans=permits(current_actor(), PLAN),
        is_past=found.held_on is not None and found.held_on <= today(session),
        **WORDS,
    )


@blueprint.get("/nieuw")
@requires(PLAN)
def plan_form() -> Answer:
    """Ask for a new evening."""
    usual = settings_of(read_session(), current_place(), SETTINGS).number("capacity")
    return _form_page(_offered(EveningForm(data={"capacity": usual}), None), None)


@blueprint.post("/nieuw")
@requires(PLAN)
def plan() -> Answer:
    """Plan an evening."""
    form = _offered(EveningForm(), None)
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            place, hosts = current_place(), form.hosts.data or ()
            planned = services.plan_evening(
                session, place, values=form.values(), hosts=hosts, actor=current_actor()
            )
            flash(written(Text("The evening is planned.")))
            return redirect(url_for("infoavond.evening", evening_id=planned.id))
    return _form_page(form, None), 422


@blueprint.get("/<int:evening_id>/wijzigen")
@requires(PLAN)
def change_form(evening_id: int) -> Answer:
    """Show an evening to change."""
    found = shown_evening(evening_id)
    hosts = [one.organisation_id for one in hosts_of(read_session(), [found.id])[found.id]]
    return _form_page(_offered(EveningForm(obj=found, data={"hosts": hosts}), found), found)


@blueprint.post("/<int:evening_id>/wijzigen")
@requires(PLAN)
def change(evening_id: int) -> Answer:
    """Change an evening."""
    found = shown_evening(evening_id)
    form = _offered(EveningForm(), found)
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            place, hosts = current_place(), form.hosts.data or ()
            present = get_evening(session, place, evening_id)
            form.expect(present.version, present_values(present, FORM_FIELDS))
            names, actor = current_names(session), current_actor()
            services.change_evening(
                session, place, present, values=form.values(), hosts=hosts, names=names, actor=actor
            )
            flash(written(Text("The evening is changed.")))
            return redirect(url_for("infoavond.evening", evening_id=evening_id))
    return _form_page(form, found), 422


@blueprint.get("/<int:evening_id>/afgelasten")
@requires(PLAN)
def cancel_form(evening_id: int) -> Answer:
    """Say what cancelling changes, before it does."""
    found = shown_evening(evening_id)
    return _confirm_page("cancel", ConfirmForm(obj=found), found)


@blueprint.post("/<int:evening_id>/afgelasten")
@requires(PLAN)
def cancel(evening_id: int) -> Answer:
    """Cancel an evening."""
    form = ConfirmForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            place = current_place()
            present = get_evening(session, place, evening_id)
            form.expect(present.version, {})
            services.cancel_evening(session, place, present, actor=current_actor())
            flash(written(Text("The evening is cancelled.")))
            return redirect(url_for("infoavond.evening", evening_id=evening_id))
    return _confirm_page("cancel", form, shown_evening(evening_id)), 422


@blueprint.get("/<int:evening_id>/gehouden")
@requires(PLAN)
def hold_form(evening_id: int) -> Answer:
    """Say what changes once an evening was held."""
    found = shown_evening(evening_id)
    return _confirm_page("hold", ConfirmForm(obj=found), found)


@blueprint.post("/<int:evening_id>/gehouden")
@requires(PLAN)
def hold(evening_id: int) -> Answer:
    """Write down that an evening was held."""
    form = ConfirmForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            place = current_place()
            present = get_evening(session, place, evening_id)
            form.expect(present.version, {})
            services.mark_held(session, place, present, actor=current_actor())
            flash(written(Text("The evening stands as held.")))
            return redirect(url_for("infoavond.evening", evening_id=evening_id))
    return _confirm_page("hold", form, shown_evening(evening_id)), 422


def asked_evenings() -> list[EveningLine]:
    """Return the evenings that the address asks for; nonsense in it narrows nothing down."""
    session, asked = read_session(), request.args
    state, host = asked.get("staat", ""), asked.get("gemeente", "")
    return lines_of(
        session,
        current_place(),
        day=today(session),
        state=state if state in EVENING_STATES else "",
        host=int(host) if host.isascii() and host.isdecimal() and len(host) < 10 else 0,
        text=asked.get("zoek", "")[:100],
    )


def _letters(found: Evening) -> list[dict[str, object]]:
    """Return each host's letter with what still stands in its way."""
    session, place = read_session(), current_place()
    programme, live = programme_of(session, found), is_live(session, place)
    names = current_names(session)
    shown: list[dict[str, object]] = []
    for letter in letters_of(session, place, found):
        text = filled_letter(letter, found, programme, address=public_address(letter.slug))
        blockers = blockers_of(letter, found, text, names=names, is_live=live)
        shown.append({"letter": letter, "blockers": reachable(blockers, current_actor())})
    return shown


def _offered(form: EveningForm, found: Evening | None) -> EveningForm:
    """Offer the municipalities that take part, and the hosts that an evening has already."""
    session, place = read_session(), current_place()
    offered = {one.organisation_id: one.name for one in municipalities_of(session, place)}
    if found is not None:
        hosts = hosts_of(session, [found.id])[found.id]
        offered.update((one.organisation_id, one.name) for one in hosts)
    return form.offer(sorted(offered.items(), key=lambda one: one[1]))


def _form_page(form: EveningForm, found: Evening | None) -> str:
    released = []
    if found is not None:
        hosts = hosts_of(read_session(), [found.id])[found.id]
        released = [one.name for one in hosts if one.letter == LetterState.RELEASED]
    return render_template(
        "infoavond/evening_form.html", form=form, evening=found, released=released
    )


def _confirm_page(what: str, form: ConfirmForm, found: Evening) -> str:
    hosts = hosts_of(read_session(), [found.id])[found.id]
    return render_template(
        f"infoavond/{what}_form.html", form=form, evening=found, hosts=hosts, **WORDS
    )
