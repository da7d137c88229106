"""Change basistaken: add and edit them, write their progress, link the lines that pay for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.basistaken.models import Basistaak, BasistaakLine, ProgressNote, TaskState
from extranet.basistaken.policy import can_write_note
from extranet.basistaken.queries.lines import line_choices
from extranet.basistaken.queries.tasks import lock_task
from extranet.basistaken.rules import slug_of
from extranet.clock import now, today
from extranet.errors import InvalidInput, NotAllowed
from extranet.i18n import Text
from extranet.membership.models import Body, Seat
from extranet.people.events import SeatInventoryAsked


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskValues:
    """What people fill in about a basistaak."""

    name: str
    aim: str
    body_id: int | None
    chair_seat_id: int | None
    state: TaskState
    starts_on: date | None
    ends_on: date | None


def add_task(session: Session, *, region_id: int, values: TaskValues, actor: Actor) -> Basistaak:
    """Add a basistaak at the end of the list; raise InvalidInput by field."""
    _refuse_wrong(session, region_id, values)
    known = session.execute(
        select(Basistaak.slug, Basistaak.position).where(Basistaak.region_id == region_id)
    ).all()
    task = Basistaak(
        region_id=region_id,
        slug=slug_of(values.name, taken={row.slug for row in known}),
        position=max((row.position for row in known), default=-1) + 1,
        **asdict(values),
    )
    session.add(task)
    session.flush()
    record(
        session, actor=actor, action="basistaak.added", subject=_subject(task), after=_plain(task)
    )
    return task


def change_task(session: Session, *, task: Basistaak, values: TaskValues, actor: Actor) -> None:
    """Change a basistaak; its address stays, so that links keep working."""
    _refuse_wrong(session, task.region_id, values)
    before = _plain(task)
    for name, value in asdict(values).items():
        setattr(task, name, value)
    after = _plain(task)
    changed = {name for name in after if after[name] != before[name]}
    if not changed:
        return
    session.flush()
    record(
        session,
        actor=actor,
        action="basistaak.changed",
        subject=_subject(task),
        before={name: before[name] for name in sorted(changed)},
        after={name: after[name] for name in sorted(changed)},
    )


def add_note(
    session: Session, *, region_id: int, slug: str, noted_on: date, text: str, actor: Actor
) -> None:
    """Write how a basistaak goes, for the actor's organisation; no day that is still to come."""
    task = lock_task(session, region_id=region_id, slug=slug)
    if not can_write_note(actor, chair_seat_id=task.chair_seat_id):
        raise NotAllowed(Text("Only the programme team and the chair write progress here."))
    if noted_on > today(session):
        raise InvalidInput({"noted_on": Text("This day is still to come.")})
    if actor.organisation is None:
        raise NotAllowed(Text("Choose first for which organisation you act."))
    note = ProgressNote(
        basistaak_id=task.id,
        noted_on=noted_on,
        text=text,
        person_id=actor.person_id,
        organisation_id=actor.organisation.id,
        created_at=now(session),
    )
    session.add(note)
    session.flush()
    record(
        session,
        actor=actor,
        action="basistaak.noted",
        subject=_subject(task),
        after={"noted_on": noted_on.isoformat()},
    )


def link_lines(
    session: Session, *, task: Basistaak, line_keys: Iterable[str], actor: Actor
) -> None:
    """Make these cost lines of the budget in force pay for a basistaak, and no others of it.

    A link to a line that the budget in force no longer has stays: a later version may bring the
    line back. Linking counts as an edit of the basistaak, so its version goes up.
    """
    year = today(session).year
    choices = line_choices(session, region_id=task.region_id, basistaak_id=task.id, this_year=year)
    wanted = set(line_keys)
    if not wanted <= {choice.line_key for choice in choices}:
        raise InvalidInput({"line_keys": Text("One of these lines is not in the budget in force.")})
    linked = {choice.line_key for choice in choices if choice.is_linked}
    if wanted == linked:
        return
    session.execute(
        delete(BasistaakLine).where(
            BasistaakLine.basistaak_id == task.id, BasistaakLine.line_key.in_(linked - wanted)
        )
    )
    session.add_all(
        BasistaakLine(basistaak_id=task.id, line_key=key) for key in sorted(wanted - linked)
    )
    flag_modified(task, "position")
    session.flush()
    record(
        session,
        actor=actor,
        action="basistaak.lines_linked",
        subject=_subject(task),
        before={"lines": [c.name for c in choices if c.line_key in linked]},
        after={"lines": [c.name for c in choices if c.line_key in wanted]},
    )


def add_chaired_tasks(session: Session, event: SeatInventoryAsked) -> None:
    """Add the basistaken that a seat chairs to what hangs on it."""
    names = session.scalars(
        select(Basistaak.name)
        .where(Basistaak.chair_seat_id == event.seat_id)
        .order_by(Basistaak.position, Basistaak.name)
    )
    event.items.extend(Text("Chairs the basistaak %(name)s", name=name) for name in names)


def _subject(task: Basistaak) -> Subject:
    return Subject("basistaak", task.id, task.name)


def _plain(task: Basistaak) -> dict[str, Any]:
    return {
        "name": task.name,
        "aim": task.aim,
        "body_id": task.body_id,
        "chair_seat_id": task.chair_seat_id,
        "state": str(task.state),
        "starts_on": task.starts_on.isoformat() if task.starts_on else None,
        "ends_on": task.ends_on.isoformat() if task.ends_on else None,
    }


def _refuse_wrong(session: Session, region_id: int, values: TaskValues) -> None:
    """Raise InvalidInput when dates are the wrong way round or a choice is another region's."""
    found: dict[str, Text] = {}
    if values.starts_on and values.ends_on and values.ends_on < values.starts_on:
        found["ends_on"] = Text("The last day lies before the first day.")
    if values.body_id is not None and not session.scalar(
        select(func.count()).where(Body.id == values.body_id, Body.region_id == region_id)
    ):
        found["body_id"] = Text("This region has no such body.")
    if values.chair_seat_id is not None and not session.scalar(
        select(func.count()).where(
            Seat.id == values.chair_seat_id,
            Seat.region_id == region_id,
            or_(Seat.ended_on.is_(None), Seat.ended_on >= today(session)),
        )
    ):
        found["chair_seat_id"] = Text("This region has no such seat.")
    if found:
        raise InvalidInput(found)
