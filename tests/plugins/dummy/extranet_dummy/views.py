"""The pages of the dummy."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from extranet.api import (
    NotFound,
    current_actor,
    current_place,
    public,
    public_subject,
    read_session,
    render_template,
    requires,
    settings_of,
    unit_of_work,
)
from extranet_dummy.models import Note
from extranet_dummy.policy import EDIT, VIEW
from extranet_dummy.services import SETTINGS, write_note
from extranet_dummy.wording import Text

blueprint = Blueprint("dummy", __name__)
public_blueprint = Blueprint("dummy_public", __name__)


@blueprint.get("")
@requires(VIEW)
def notes() -> str:
    """Show the notes."""
    mine = select(Note).where(Note.plustaak_id == current_place().plustaak_id).order_by(Note.id)
    session = read_session()
    return render_template(
        "dummy/notes.html",
        notes=session.scalars(mine).all(),
        greeting=settings_of(session, current_place(), SETTINGS).text("greeting"),
    )


@blueprint.post("")
@requires(EDIT)
def add_note() -> Response:
    """Write a note."""
    with unit_of_work() as session:
        write_note(session, current_place(), text="Van de pagina", actor=current_actor())
    return redirect(url_for("dummy.notes"))


@blueprint.get("/notities/<int:note_id>")
@requires(VIEW)
def note(note_id: int) -> str:
    """Show one note of this place."""
    return _note_page(note_id)


@public_blueprint.get("")
@public
def open_note() -> str:
    """Show a note to residents."""
    return _note_page(int(public_subject()))


def _note_page(note_id: int) -> str:
    mine = Note.plustaak_id == current_place().plustaak_id
    found = read_session().scalar(select(Note).where(Note.id == note_id, mine))
    if found is None:
        raise NotFound(Text("There is no such note."))
    return render_template("dummy/note.html", note=found)
