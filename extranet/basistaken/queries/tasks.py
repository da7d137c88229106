"""Reads about basistaken; the list stands on the region's first page, so it is built once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, and_, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from extranet.basistaken.models import Basistaak, ProgressNote
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import Body, Organisation, Seat
from extranet.people.models import Person, Tenure

NO_TASK = Text("There is no such basistaak.")
NOTES_A_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A basistaak in a list; `chair_name` is who sits on the chair's seat today."""

    id: int
    slug: str
    name: str
    state: str
    starts_on: date | None
    ends_on: date | None
    body_name: str | None
    chair_title: str | None
    chair_name: str | None
    noted_on: date | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage:
    """A basistaak on its own page; `version` guards its editing."""

    id: int
    slug: str
    name: str
    aim: str
    position: int
    state: str
    starts_on: date | None
    ends_on: date | None
    version: int
    body_id: int | None
    body_name: str | None
    chair_seat_id: int | None
    chair_title: str | None
    chair_organisation: str | None
    chair_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A progress note with who wrote it, for which organisation."""

    id: int
    noted_on: date
    text: str
    person_name: str | None
    organisation_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatChoice:
    """An open seat of the region and who sits on it today, if anybody."""

    id: int
    title: str
    organisation_name: str
    person_name: str | None


def _holder_of(seat_id: Any) -> ScalarSelect[str]:
    """Return the name of who sits on a seat on the bound `day`; of two, who came first."""
    return (
        select(Person.name)
        .join(Tenure, Tenure.person_id == Person.id)
        .where(
            Tenure.seat_id == seat_id,
            Tenure.from_date <= bindparam("day"),
            or_(Tenure.until_date.is_(None), Tenure.until_date >= bindparam("day")),
        )
        .order_by(Tenure.from_date, Tenure.id)
        .limit(1)
        .scalar_subquery()
    )


_IN_REGION = Basistaak.region_id == bindparam("region_id")
_Newer = aliased(ProgressNote)
_NEWEST_NOTE = (
    select(_Newer.id)
    .where(_Newer.basistaak_id == Basistaak.id)
    .order_by(_Newer.noted_on.desc(), _Newer.id.desc())
    .limit(1)
    .correlate(Basistaak)
    .scalar_subquery()
)
_LIST = (
    select(
        Basistaak.id,
        Basistaak.slug,
        Basistaak.name,
        Basistaak.state,
        Basistaak.starts_on,
        Basistaak.ends_on,
        Body.name.label("body_name"),
        Seat.title.label("chair_title"),
        _holder_of(Basistaak.chair_seat_id).label("chair_name"),
        ProgressNote.noted_on,
        ProgressNote.text.label("note"),
    )
    .outerjoin(Body, Body.id == Basistaak.body_id)
    .outerjoin(Seat, Seat.id == Basistaak.chair_seat_id)
    .outerjoin(ProgressNote, ProgressNote.id == _NEWEST_NOTE)
    .where(_IN_REGION)
    .order_by(Basistaak.position, Basistaak.name)
)
_PAGE = (
    select(
        Basistaak.id,
        Basistaak.slug,
        Basistaak.name,
        Basistaak.aim,
        Basistaak.position,
        Basistaak.state,
        Basistaak.starts_on,
        Basistaak.ends_on,
        Basistaak.version,
        Basistaak.body_id,
        Body.name.label("body_name"),
        Basistaak.chair_seat_id,
        Seat.title.label("chair_title"),
        Organisation.name.label("chair_organisation"),
        _holder_of(Basistaak.chair_seat_id).label("chair_name"),
    )
    .outerjoin(Body, Body.id == Basistaak.body_id)
    .outerjoin(Seat, Seat.id == Basistaak.chair_seat_id)
    .outerjoin(Organisation, Organisation.id == Seat.organisation_id)
    .where(_IN_REGION, Basistaak.slug == bindparam("slug"))
)
_NOTES = (
    select(
        ProgressNote.id,
        ProgressNote.noted_on,
        ProgressNote.text,
        Person.name.label("person_name"),
        Organisation.name.label("organisation_name"),
    )
    .join(Organisation, Organisation.id == ProgressNote.organisation_id)
    .outerjoin(Person, Person.id == ProgressNote.person_id)
    .where(ProgressNote.basistaak_id == bindparam("basistaak_id"))
    .order_by(ProgressNote.noted_on.desc(), ProgressNote.id.desc())
    .limit(bindparam("limit"))
)
_AFTER_DAY = (
    select(_Newer.noted_on)
    .where(_Newer.id == bindparam("after"), _Newer.basistaak_id == bindparam("basistaak_id"))
    .scalar_subquery()
)
_OLDER_NOTES = _NOTES.where(
    or_(
        ProgressNote.noted_on < _AFTER_DAY,
        and_(ProgressNote.noted_on == _AFTER_DAY, ProgressNote.id < bindparam("after")),
    )
)
_SEATS = (
    select(
        Seat.id,
        Seat.title,
        Organisation.name.label("organisation_name"),
        _holder_of(Seat.id).label("person_name"),
    )
    .join(Organisation, Organisation.id == Seat.organisation_id)
    .where(
        Seat.region_id == bindparam("region_id"),
        or_(Seat.ended_on.is_(None), Seat.ended_on >= bindparam("day")),
    )
    .order_by(Organisation.name, Seat.title, Seat.id)
)


def list_tasks(session: Session, *, region_id: int, day: date) -> list[TaskLine]:
    """Return the basistaken of a region in their own order, with their newest note."""
    rows = session.execute(_LIST, {"region_id": region_id, "day": day}).mappings()
    return [TaskLine(**row) for row in rows]


def get_task(session: Session, *, region_id: int, slug: str, day: date) -> TaskPage:
    """Return a basistaak with its chair on a day; raise NotFound when the region has none such."""
    values = {"region_id": region_id, "slug": slug, "day": day}
    row = session.execute(_PAGE, values).mappings().first()
    if row is None:
        raise NotFound(NO_TASK)
    return TaskPage(**row)


def notes_of(
    session: Session, *, basistaak_id: int, after: int | None = None, limit: int = NOTES_A_PAGE + 1
) -> list[Note]:
    """Return progress notes, newest first; `after` is the note that the page before ended with."""
    values: dict[str, int] = {"basistaak_id": basistaak_id, "limit": limit}
    statement = _NOTES
    if after is not None:
        statement, values["after"] = _OLDER_NOTES, after
    return [Note(**row) for row in session.execute(statement, values).mappings()]


def seat_choices(session: Session, *, region_id: int, day: date) -> list[SeatChoice]:
    """Return the seats of a region that are open on a day, by organisation."""
    rows = session.execute(_SEATS, {"region_id": region_id, "day": day}).mappings()
    return [SeatChoice(**row) for row in rows]


def lock_task(session: Session, *, region_id: int, slug: str) -> Basistaak:
    """Return a basistaak to change, kept from everybody else until the end of the transaction."""
    task = session.scalar(
        select(Basistaak)
        .where(Basistaak.region_id == region_id, Basistaak.slug == slug)
        .with_for_update()
    )
    if task is None:
        raise NotFound(NO_TASK)
    return task
