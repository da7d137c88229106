"""Who came: a page for a phone at the door."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from extranet.api import (
    asked_key,
    current_actor,
    current_place,
    read_session,
    render_template,
    requires,
    today,
    unit_of_work,
)
from extranet_infoavond.forms.signups import CameForm, WalkInForm, text_of
from extranet_infoavond.policy import WRITE_OWN
from extranet_infoavond.queries.signups import (
    LINES,
    expected_of,
    find_page,
    last_walk_in,
    own_counts,
)
from extranet_infoavond.services import attendance
from extranet_infoavond.views.blueprint import blueprint
from extranet_infoavond.views.here import asked, evening_here, own_here

Shown = str | tuple[str, int] | Response
ADDRESS = "/<int:evening_id>/opkomst"


@blueprint.get(ADDRESS)
@requires(WRITE_OWN)
def take_attendance(evening_id: int) -> str:
    """Show who is expected, by name, with a button for who came."""
    evening = evening_here(evening_id)
    newest = last_walk_in(read_session(), evening.id, own_here(evening))
    return _show(evening_id, WalkInForm(data={"newest": str(newest), "people": 1}))


@blueprint.post(f"{ADDRESS}/<int:signup_id>")
@requires(WRITE_OWN)
def set_came(evening_id: int, signup_id: int) -> Shown:
    """Write down how many came with a sign-up, or take it back."""
    form = CameForm()
    if not form.validate():
        return _show(evening_id, _fresh(evening_id), wrong=form), 422
    with unit_of_work() as session:
        attendance.set_came(
            session,
            current_place(),
            evening_id,
            signup_id,
            came=form.came.data,
            actor=current_actor(),
        )
    return redirect(_back(evening_id, f"aanmelding-{signup_id}"))


@blueprint.post(f"{ADDRESS}/nieuw")
@requires(WRITE_OWN)
def add_walk_in(evening_id: int) -> Shown:
    """Add somebody who came without signing up."""
    form = WalkInForm()
    if form.validate():
        with form.refusals():
            made = _add(evening_id, form)
        if not form.errors:
            return redirect(_back(evening_id, f"aanmelding-{made}"))
    return _show(evening_id, form), 422


def _add(evening_id: int, form: WalkInForm) -> int:
    newest = str(form.newest.data or "")
    with unit_of_work() as session:
        made = attendance.add_walk_in(
            session,
            current_place(),
            evening_id,
            name=text_of(form.name),
            company=text_of(form.company),
            people=int(form.people.data or 1),
            newest=int(newest) if newest.isascii() and newest.isdecimal() else 0,
            actor=current_actor(),
        )
        return made.id


def _fresh(evening_id: int) -> WalkInForm:
    evening = evening_here(evening_id)
    newest = last_walk_in(read_session(), evening.id, own_here(evening))
    return WalkInForm(formdata=None, data={"newest": str(newest), "people": 1})


def _back(evening_id: int, anchor: str) -> str:
    """Return the list as it was, at the line that was touched."""
    search = request.form.get("zoek", "").strip()[:100]
    return url_for(
        "infoavond.take_attendance", evening_id=evening_id, zoek=search or None, _anchor=anchor
    )


def _show(evening_id: int, form: WalkInForm, wrong: CameForm | None = None) -> str:
    evening, session, given = evening_here(evening_id), read_session(), asked("zoek")
    own, start = own_here(evening), asked_key() or 0
    found = expected_of(session, evening.id, own, text=given.get("zoek", ""), start=start)
    return render_template(
        "infoavond/take_attendance.html",
        evening=evening,
        lines=found[:LINES],
        start=start,
        next_start=start + LINES if len(found) > LINES else None,
        asked=given,
        counts=own_counts(session, evening.id, own),
        has_page=find_page(session, evening.id, own) is not None,
        is_on=attendance.takes_attendance(evening, today(session)),
        form=form,
        wrong=wrong,
    )
