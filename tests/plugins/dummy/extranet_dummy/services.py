"""What the dummy does with notes, visitors and mail."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extranet.api import (
    Actor,
    Place,
    Setting,
    SettingLevel,
    Subject,
    drop_date,
    keep_date,
    keep_findable,
    keep_public_address,
    keep_summary,
    queue_job,
    queue_mail,
    record,
)
from extranet_dummy.models import Heard, Note, Visitor
from extranet_dummy.wording import Text

SETTINGS = (
    Setting(key="greeting", title=Text("Greeting"), default="Dag", lines=3),
    Setting(key="seats", title=Text("Chairs in the hall"), default=30, minimum=1, maximum=500),
    Setting(
        key="open",
        title=Text("Open to everybody"),
        default=False,
        help=Text("Also who did not sign up."),
    ),
    Setting(key="starts_on", title=Text("First day"), default=date(2027, 1, 1)),
    Setting(
        key="colour",
        title=Text("Colour"),
        default="red",
        choices=(("red", Text("Red")), ("blue", Text("Blue"))),
        levels=frozenset({SettingLevel.REGION}),
    ),
)


def write_note(session: Session, place: Place, *, text: str, actor: Actor | None = None) -> Note:
    """Write a note, let it be found, count it and give it a public address."""
    note = Note(plustaak_id=place.plustaak_id, text=text)
    session.add(note)
    session.flush()
    record(session, actor=actor, action="note.written", subject=Subject("note", note.id))
    keep_findable(session, place, key=str(note.id), title=text, path=f"notities/{note.id}")
    keep_public_address(session, place, slug=f"notitie-{note.id}", subject=str(note.id))
    mine = select(func.count()).select_from(Note).where(Note.plustaak_id == place.plustaak_id)
    keep_summary(session, place, {"notes": session.scalar(mine)})
    return note


def plan_evening(session: Session, place: Place, *, title: str, on: date) -> None:
    """Put an evening in the calendar of the coalition."""
    keep_date(
        session,
        place,
        key="evening",
        title=title,
        on=on,
        starts_at=time(20),
        ends_at=time(22),
        where="De Zaal",
    )


def cancel_evening(session: Session, place: Place) -> None:
    """Take the evening out of the calendar."""
    drop_date(session, place, key="evening")


def add_visitor(
    session: Session, note: Note, *, name: str, email: str, keep_until: date
) -> Visitor:
    """Write down who came."""
    visitor = Visitor(note_id=note.id, name=name, email=email, keep_until=keep_until)
    session.add(visitor)
    session.flush()
    return visitor


def remind(session: Session, place: Place, *, person_ids: list[int]) -> int:
    """Mail people with an account, and do the rest later."""
    queue_job(session, place, name="note", payload={"what": "reminded"})
    return queue_mail(
        session, person_ids=person_ids, template="dummy/mail_remind.txt", values={"count": 3}
    )


def hear(session: Session, place: Place, what: str) -> None:
    """Write down what the dummy was told."""
    session.add(Heard(plustaak_id=place.plustaak_id, what=what))
