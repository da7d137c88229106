"""Initiatives as everybody in the coalition sees them; who takes one is its municipality's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from extranet.api import NotFound, Place
from extranet_infoavond.models import Initiative, InitiativeStage
from extranet_infoavond.wording import Text

NO_INITIATIVE = Text("There is no such initiative.")


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeFilters:
    """What narrows the list down; `overdue` keeps what has a next step before today."""

    text: str = ""
    organisation_id: int | None = None
    kind: str = ""
    stage: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeLine:
    """An initiative as somebody may see it: without who takes it, unless it is their own."""

    id: int
    organisation_id: int
    organisation: str
    is_own: bool
    kind: str
    stage: str
    owner: str
    next_step: str
    next_on: date | None
    noted_on: date
    keep_until: date
    initiator: str
    contact: str
    note: str
    version: int
    is_overdue: bool


def initiatives_of(
    session: Session,
    place: Place,
    *,
    own_id: int | None,
    names: dict[int, str],
    day: date,
    filters: InitiativeFilters,
    after: int | None = None,
    limit: int | None = None,
) -> list[InitiativeLine]:
    """Return the initiatives of a plustaak, newest first, as who acts for `own_id` sees them."""
    statement = _filtered(place, own_id, day, filters).order_by(Initiative.id.desc())
    if after is not None:
        statement = statement.where(Initiative.id < after)
    found = session.scalars(statement.limit(limit)).all()
    return [line_of(one, own_id=own_id, names=names, day=day) for one in found]


def get_initiative(session: Session, place: Place, initiative_id: int) -> Initiative:
    """Return an initiative of a plustaak; raise NotFound when it has none such."""
    found = session.scalar(
        select(Initiative).where(
            Initiative.id == initiative_id, Initiative.plustaak_id == place.plustaak_id
        )
    )
    if found is None:
        raise NotFound(NO_INITIATIVE)
    return found


def overdue_of(session: Session, place: Place, day: date) -> Sequence[Initiative]:
    """Return the initiatives whose next step should have been taken, the oldest first."""
    return session.scalars(
        select(Initiative)
        .where(Initiative.plustaak_id == place.plustaak_id, _is_overdue(day))
        .order_by(Initiative.next_on, Initiative.id)
        .limit(50)
    ).all()


def line_of(
    initiative: Initiative, *, own_id: int | None, names: dict[int, str], day: date
) -> InitiativeLine:
    """Return an initiative as who acts for `own_id` sees it."""
    is_own = initiative.organisation_id == own_id
    stopped = initiative.stage == InitiativeStage.STOPPED
    return InitiativeLine(
        id=initiative.id,
        organisation_id=initiative.organisation_id,
        organisation=names.get(initiative.organisation_id, ""),
        is_own=is_own,
        kind=initiative.kind,
        stage=initiative.stage,
        owner=initiative.owner,
        next_step=initiative.next_step,
        next_on=initiative.next_on,
        noted_on=initiative.noted_on,
        keep_until=initiative.keep_until,
        initiator=initiative.initiator if is_own else "",
        contact=initiative.contact if is_own else "",
        note=initiative.note if is_own else "",
        version=initiative.version,
        is_overdue=not stopped and initiative.next_on is not None and initiative.next_on < day,
    )


def _is_overdue(day: date) -> ColumnElement[bool]:
    return and_(Initiative.next_on < day, Initiative.stage != InitiativeStage.STOPPED)


def _filtered(
    place: Place, own_id: int | None, day: date, filters: InitiativeFilters
) -> Select[Initiative]:
    statement = select(Initiative).where(Initiative.plustaak_id == place.plustaak_id)
    if filters.text:
        # Whoever searches for a name learns nothing about the initiators of other municipalities.
        own = Initiative.organisation_id == own_id if own_id is not None else None
        names = [Initiative.initiator.icontains(filters.text, autoescape=True)]
        open_to_all = [
            column.icontains(filters.text, autoescape=True)
            for column in (Initiative.owner, Initiative.next_step)
        ]
        statement = statement.where(
            or_(*open_to_all, *(and_(own, one) for one in names if own is not None))
        )
    if filters.organisation_id is not None:
        statement = statement.where(Initiative.organisation_id == filters.organisation_id)
    if filters.kind:
        statement = statement.where(Initiative.kind == filters.kind)
    if filters.stage:
        statement = statement.where(Initiative.stage == filters.stage)
    if filters.overdue:
        statement = statement.where(_is_overdue(day))
    return statement
