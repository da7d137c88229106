"""What the dummy shows, checks and hears."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extranet.api import Actor, Change, Panel, Place, Refusal, Todo, hookimpl
from extranet_dummy.models import Note
from extranet_dummy.services import hear
from extranet_dummy.wording import Text


@hookimpl
def extranet_show_panels(actor: Actor, place: Place, summary: Mapping[str, Any]) -> list[Panel]:
    """Show how many notes there are, and until when."""
    facts = (
        (Text("Notes"), int(summary.get("notes", 0))),
        (Text("First day"), date(2027, 1, 1)),
        (Text("State"), Text("Running")),
    )
    return [Panel(title=Text("Dummy notes"), facts=facts, endpoint="dummy.notes")]


@hookimpl
def extranet_show_todos(actor: Actor, place: Place, summary: Mapping[str, Any]) -> list[Todo]:
    """Ask for a first note."""
    if summary.get("notes"):
        return []
    return [Todo(text=Text("Write the first note"), who=Text("Everybody"), due=date(2026, 12, 1))]


@hookimpl
def extranet_check_enabling(session: Session, place: Place) -> Refusal | None:
    """Let everybody."""
    return None


@hookimpl
def extranet_check_go_live(session: Session, place: Place) -> Refusal | None:
    """Ask for a note first."""
    mine = select(func.count()).select_from(Note).where(Note.plustaak_id == place.plustaak_id)
    if session.scalar(mine):
        return None
    return Refusal(
        what=Text("There is no note yet."),
        solved_by=Text("Write the first note"),
        who=Text("Everybody"),
        endpoint="dummy.notes",
    )


@hookimpl
def extranet_on_change(session: Session, place: Place, change: Change) -> None:
    """Write down what happened."""
    if change != Change.PURGED:
        hear(session, place, change.value)


@hookimpl
def extranet_on_participation(
    session: Session, place: Place, organisation_code: str, until_date: date | None
) -> None:
    """Write down who came or goes."""
    hear(session, place, f"{organisation_code} {until_date or 'joined'}")
