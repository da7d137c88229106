"""A municipality's own sign-ups, and the counts that everybody may see."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from extranet.api import (
    Column,
    Table,
    asked_key,
    csv_file,
    current_actor,
    current_place,
    now,
    page_of,
    read_session,
    render_template,
    requires,
    unit_of_work,
    written,
    xlsx_file,
)
from extranet_infoavond.models import Signup, SignupState
from extranet_infoavond.policy import VIEW, WRITE_OWN, writes_own
from extranet_infoavond.queries.public import places_left
from extranet_infoavond.queries.results import evening_counts
from extranet_infoavond.queries.signups import (
    LINES,
    MOVED_UP,
    Filters,
    find_page,
    get_signup,
    own_counts,
    signups_of,
)
from extranet_infoavond.services import signups
from extranet_infoavond.views.blueprint import blueprint
from extranet_infoavond.views.here import (
    acting_fields,
    asked,
    evening_here,
    own_here,
    own_id,
    refuse_switched,
)
from extranet_infoavond.wording import KINDS, SIGNUP_STATE_KINDS, SIGNUP_STATES, Text

ADDRESS = "/<int:evening_id>/aanmeldingen"
ASKED = ("zoek", "stand", "interesse")
OFFERED_STATES = {**SIGNUP_STATES, MOVED_UP: Text("Moved up from the waiting list")}


@blueprint.get(ADDRESS)
@requires(WRITE_OWN)
def list_signups(evening_id: int) -> str:
    """Show the sign-ups of one's own municipality, newest first."""
    evening, after = evening_here(evening_id), asked_key()
    own = own_here(evening)
    rows = _rows(evening.id, own, after=after, limit=LINES + 1)
    session = read_session()
    return render_template(
        "infoavond/list_signups.html",
        evening=evening,
        page=page_of(rows, [row.id for row in rows], LINES),
        is_first=after is None,
        public_page=find_page(session, evening.id, own),
        counts=own_counts(session, evening.id, own),
        left=places_left(session, evening),
        **_shared(),
    )


@blueprint.get(f"{ADDRESS}.csv")
@requires(WRITE_OWN)
def signups_csv(evening_id: int) -> Response:
    """Give one's own sign-ups, as far as narrowed down, as CSV: to mail them oneself."""
    return csv_file(_sheet(evening_id), "aanmeldingen")


@blueprint.get(f"{ADDRESS}.xlsx")
@requires(WRITE_OWN)
def signups_xlsx(evening_id: int) -> Response:
    """Give one's own sign-ups, as far as narrowed down, as a workbook."""
    return xlsx_file([_sheet(evening_id)], "aanmeldingen", created=now(read_session()))


@blueprint.get(f"{ADDRESS}/<int:signup_id>/afmelden")
@requires(WRITE_OWN)
def call_off_form(evening_id: int, signup_id: int) -> str:
    """Ask before somebody is called off."""
    evening = evening_here(evening_id)
    signup = get_signup(read_session(), evening.id, own_here(evening), signup_id)
    return render_template(
        "infoavond/call_off_form.html", evening=evening, signup=signup, sent=acting_fields()
    )


@blueprint.post(f"{ADDRESS}/<int:signup_id>/afmelden")
@requires(WRITE_OWN)
def call_off(evening_id: int, signup_id: int) -> Response:
    """Call off for somebody who asked for it."""
    refuse_switched()
    with unit_of_work() as session:
        signups.call_off(session, current_place(), evening_id, signup_id, actor=current_actor())
    flash(written(Text("Called off. Who waits and fits in has moved up.")))
    return redirect(url_for("infoavond.list_signups", evening_id=evening_id))


@blueprint.post(f"{ADDRESS}/<int:signup_id>/doorschuiven")
@requires(WRITE_OWN)
def promote(evening_id: int, signup_id: int) -> Response:
    """Give somebody who waits a place."""
    refuse_switched()
    with unit_of_work() as session:
        signups.promote(session, current_place(), evening_id, signup_id, actor=current_actor())
    flash(written(Text("This person has a place now. Tell them: the program mails no residents.")))
    return redirect(url_for("infoavond.list_signups", evening_id=evening_id))


@blueprint.get("/<int:evening_id>/aantallen")
@requires(VIEW)
def counts(evening_id: int) -> str:
    """Show how many people each municipality has, without the small counts of others."""
    evening = evening_here(evening_id)
    found = evening_counts(read_session(), current_place(), evening.id, own_id=own_id())
    may_write = writes_own(current_actor())
    return render_template(
        "infoavond/counts.html", evening=evening, counts=found, may_write=may_write
    )


def _rows(
    evening_id: int, own: int, *, after: int | None = None, limit: int | None = None
) -> list[Signup]:
    given = asked(*ASKED)
    state, interest = given.get("stand", ""), given.get("interesse", "")
    filters = Filters(
        text=given.get("zoek", ""),
        state=state if state in OFFERED_STATES else "",
        interest=interest if interest in KINDS else "",
    )
    return list(
        signups_of(read_session(), evening_id, own, filters=filters, after=after, limit=limit)
    )


def _shared() -> dict[str, Any]:
    return {
        "asked": asked(*ASKED),
        "sent": acting_fields(),
        "offered_states": OFFERED_STATES,
        "states": SIGNUP_STATES,
        "state_kinds": SIGNUP_STATE_KINDS,
        "kinds": KINDS,
        "waiting": SignupState.WAITING,
        "cancelled": SignupState.CANCELLED,
    }


def _sheet(evening_id: int) -> Table:
    evening = evening_here(evening_id)
    heads = (
        ("name", Text("Name")),
        ("company", Text("Farm or company")),
        ("email", Text("E-mail address")),
        ("phone", Text("Phone number")),
        ("people", Text("Number of people")),
        ("state", Text("State")),
        ("interest", Text("Interest in")),
        ("remark", Text("Question or remark")),
        ("came", Text("Number that came")),
        ("keep_until", Text("Keep until")),
    )
    kinds: dict[str, Any] = {"people": "number", "came": "number", "keep_until": "date"}
    columns = [
        Column(key=key, heading=written(text), kind=kinds.get(key, "text")) for key, text in heads
    ]
    rows = [
        (
            row.name,
            row.company,
            row.email,
            row.phone,
            row.people,
            written(SIGNUP_STATES[row.state]),
            written(KINDS[row.interest]) if row.interest in KINDS else "",
            row.remark,
            row.came,
            row.keep_until,
        )
        for row in _rows(evening.id, own_here(evening))
    ]
    return Table(title=written(Text("Sign-ups")), columns=columns, rows=rows)
