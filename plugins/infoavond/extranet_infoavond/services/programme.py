"""Add, change and remove parts of the programme; letters print it, so approvals lapse."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import time

from sqlalchemy.orm import Session

from extranet.api import Actor, InvalidInput, Place, Subject, record
from extranet_infoavond.models import Evening, EveningState, ProgrammeItem
from extranet_infoavond.rules.naming import Names
from extranet_infoavond.services.evenings import NOT_PLANNED
from extranet_infoavond.services.letters import reopen_letters
from extranet_infoavond.services.pages import refuse_naming_on_open_pages
from extranet_infoavond.services.signups import lock_evening

SHOWN = ("title", "speaker", "about")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemValues:
    """What people fill in about a part of the programme."""

    starts_at: time
    title: str
    speaker: str
    about: str


def add_item(
    session: Session,
    place: Place,
    evening: Evening,
    *,
    values: ItemValues,
    names: Names,
    actor: Actor,
) -> ProgrammeItem:
    """Add a part to the programme; raise InvalidInput where residents would read the region."""
    _refuse_wrong(session, evening, values, names)
    item = ProgrammeItem(evening_id=evening.id, **asdict(values))
    session.add(item)
    session.flush()
    _changed(session, place, evening, item, "added", actor=actor)
    return item


def change_item(
    session: Session,
    place: Place,
    evening: Evening,
    item: ProgrammeItem,
    *,
    values: ItemValues,
    names: Names,
    actor: Actor,
) -> None:
    """Change a part of the programme; raise InvalidInput where residents would read the region."""
    _refuse_wrong(session, evening, values, names)
    if all(getattr(item, name) == value for name, value in asdict(values).items()):
        return
    for name, value in asdict(values).items():
        setattr(item, name, value)
    session.flush()
    _changed(session, place, evening, item, "changed", actor=actor)


def remove_item(
    session: Session, place: Place, evening: Evening, item: ProgrammeItem, *, actor: Actor
) -> None:
    """Remove a part of the programme."""
    _refuse_unless_planned(evening)
    session.delete(item)
    session.flush()
    _changed(session, place, evening, item, "removed", actor=actor)


def _refuse_wrong(session: Session, evening: Evening, values: ItemValues, names: Names) -> None:
    lock_evening(session, evening.id)
    _refuse_unless_planned(evening)
    shown = {name: getattr(values, name) for name in SHOWN}
    refuse_naming_on_open_pages(session, evening, shown, names)


def _refuse_unless_planned(evening: Evening) -> None:
    if evening.state != EveningState.PLANNED:
        raise InvalidInput({"": NOT_PLANNED})


def _changed(
    session: Session,
    place: Place,
    evening: Evening,
    item: ProgrammeItem,
    what: str,
    *,
    actor: Actor,
) -> None:
    """Write the change down, without who speaks: that is a person's name."""
    record(
        session,
        actor=actor,
        action=f"infoavond_programme.{what}",
        subject=Subject("programme", item.id, item.title),
        after={"evening": evening.id, "starts_at": item.starts_at.isoformat()},
    )
    reopen_letters(session, place, evening, actor=actor)
