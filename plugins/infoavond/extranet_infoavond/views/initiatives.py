"""Initiatives: the list, one of them, and noting or changing one."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from extranet.api import (
    NotFound,
    asked_key,
    csv_file,
    current_actor,
    current_place,
    now,
    page_of,
    read_session,
    render_template,
    requires,
    today,
    unit_of_work,
    written,
    xlsx_file,
)
from extranet_infoavond.forms.initiatives import InitiativeForm
from extranet_infoavond.models import Evening, Initiative
from extranet_infoavond.policy import VIEW, WRITE_OWN, acts_for, writes_own
from extranet_infoavond.queries import initiatives as queries
from extranet_infoavond.queries.evenings import get_evening
from extranet_infoavond.queries.results import names_of, results_of
from extranet_infoavond.queries.signups import LINES, get_signup
from extranet_infoavond.services import initiatives
from extranet_infoavond.views.blueprint import blueprint
from extranet_infoavond.views.here import acting_fields, asked, own_id, refuse_switched
from extranet_infoavond.views.sheets import initiatives_sheet
from extranet_infoavond.wording import KINDS, STAGE_KINDS, STAGES, Text

Shown = str | tuple[str, int] | Response
ASKED = ("zoek", "gemeente", "soort", "fase", "te-laat")
FIELDS = ("kind", "stage", "initiator", "contact", "note", "owner", "next_step", "next_on")
NOT_YOURS = Text("Only the municipality itself follows its initiatives up.")


@blueprint.get("/initiatieven")
@requires(VIEW)
def list_initiatives() -> str:
    """Show the initiatives, newest first, and how far they are."""
    session, place, after = read_session(), current_place(), asked_key()
    names = names_of(session, place)
    rows = _rows(names, after=after, limit=LINES + 1)
    return render_template(
        "infoavond/list_initiatives.html",
        page=page_of(rows, [row.id for row in rows], LINES),
        is_first=after is None,
        asked=asked(*ASKED),
        names=names,
        results=results_of(session, place, own_id=own_id()),
        **_shared(),
    )


@blueprint.get("/initiatieven.csv")
@requires(VIEW)
def initiatives_csv() -> Response:
    """Give the initiatives, as far as narrowed down, as CSV."""
    return csv_file(initiatives_sheet(_rows(_names())), "initiatieven")


@blueprint.get("/initiatieven.xlsx")
@requires(VIEW)
def initiatives_xlsx() -> Response:
    """Give the initiatives, as far as narrowed down, as a workbook."""
    return xlsx_file(
        [initiatives_sheet(_rows(_names()))], "initiatieven", created=now(read_session())
    )


@blueprint.get("/initiatieven/<int:initiative_id>")
@requires(VIEW)
def initiative(initiative_id: int) -> str:
    """Show one initiative; who takes it is for its own municipality."""
    session, place = read_session(), current_place()
    found = queries.get_initiative(session, place, initiative_id)
    line = queries.line_of(
        found, own_id=own_id(), names=names_of(session, place), day=today(session)
    )
    return render_template(
        "infoavond/initiative.html", line=line, sent=acting_fields(), **_shared()
    )


@blueprint.get("/initiatieven/nieuw")
@requires(WRITE_OWN)
def add_form() -> str:
    """Ask about a new initiative; from a sign-up the answers that are known stand there."""
    evening, data = _from_signup()
    return _show_add(InitiativeForm(data=data), evening)


@blueprint.post("/initiatieven/nieuw")
@requires(WRITE_OWN)
def add() -> Shown:
    """Note an initiative for one's own municipality."""
    form, (evening, _data) = InitiativeForm(), _from_signup()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            made = initiatives.add_initiative(
                session, current_place(), form.facts(), actor=current_actor(), evening=evening
            )
        if not form.errors:
            flash(written(Text("The initiative is on the list.")))
            return redirect(url_for("infoavond.initiative", initiative_id=made.id))
    return _show_add(form, evening), 422


@blueprint.get("/initiatieven/<int:initiative_id>/wijzigen")
@requires(WRITE_OWN)
def edit_form(initiative_id: int) -> str:
    """Show an initiative of one's own municipality to change."""
    found = _own(initiative_id)
    data = {name: getattr(found, name) for name in FIELDS}
    return _show_edit(InitiativeForm(data={**data, "version": found.version}), found)


@blueprint.post("/initiatieven/<int:initiative_id>/wijzigen")
@requires(WRITE_OWN)
def edit(initiative_id: int) -> Shown:
    """Change an initiative of one's own municipality."""
    form, found, place = InitiativeForm(), _own(initiative_id), current_place()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            now_there = queries.get_initiative(session, place, initiative_id)
            form.expect(now_there.version, {name: getattr(now_there, name) for name in FIELDS})
            initiatives.change_initiative(
                session, place, now_there, form.facts(), actor=current_actor()
            )
        if not form.errors:
            flash(written(Text("The initiative is saved.")))
            return redirect(url_for("infoavond.initiative", initiative_id=initiative_id))
    return _show_edit(form, found), 422


@blueprint.post("/initiatieven/<int:initiative_id>/verwijderen")
@requires(WRITE_OWN)
def drop(initiative_id: int) -> Response:
    """Delete an initiative of one's own municipality."""
    refuse_switched()
    _own(initiative_id)
    with unit_of_work() as session:
        found = queries.get_initiative(session, current_place(), initiative_id)
        initiatives.drop_initiative(session, current_place(), found, actor=current_actor())
    flash(written(Text("The initiative is deleted.")))
    return redirect(url_for("infoavond.list_initiatives"))


def _own(initiative_id: int) -> Initiative:
    """Return an initiative of the reader's own municipality; others are not there for writing."""
    found = queries.get_initiative(read_session(), current_place(), initiative_id)
    if not acts_for(current_actor(), found.organisation_id):
        raise NotFound(NOT_YOURS)
    return found


def _from_signup() -> tuple[Evening | None, dict[str, object]]:
    """Return the evening and the answers of the sign-up that the address names, where it does."""
    evening_id, signup_id = request.args.get("avond", ""), request.args.get("aanmelding", "")
    if not (_is_number(evening_id) and _is_number(signup_id)):
        return None, {}
    session, own = read_session(), own_id()
    evening = get_evening(session, current_place(), int(evening_id))
    signup = get_signup(session, evening.id, own or 0, int(signup_id))
    known = {"initiator": signup.name, "contact": signup.email or signup.phone}
    return evening, {**known, "kind": signup.interest or None}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9


def _names() -> dict[int, str]:
    return names_of(read_session(), current_place())


def _rows(
    names: dict[int, str], *, after: int | None = None, limit: int | None = None
) -> list[queries.InitiativeLine]:
    given, session = asked(*ASKED), read_session()
    host = given.get("gemeente", "")
    filters = queries.InitiativeFilters(
        text=given.get("zoek", ""),
        organisation_id=int(host) if _is_number(host) else None,
        kind=given["soort"] if given.get("soort") in KINDS else "",
        stage=given["fase"] if given.get("fase") in STAGES else "",
        overdue="te-laat" in given,
    )
    return queries.initiatives_of(
        session,
        current_place(),
        own_id=own_id(),
        names=names,
        day=today(session),
        filters=filters,
        after=after,
        limit=limit,
    )


def _shared() -> dict[str, Any]:
    return {
        "kinds": KINDS,
        "stages": STAGES,
        "stage_kinds": STAGE_KINDS,
        "may_write": writes_own(current_actor()),
    }


def _show_add(form: InitiativeForm, evening: Evening | None) -> str:
    return render_template("infoavond/add_form.html", form=form, evening=evening)


def _show_edit(form: InitiativeForm, found: Initiative) -> str:
    return render_template("infoavond/edit_form.html", form=form, initiative=found)
