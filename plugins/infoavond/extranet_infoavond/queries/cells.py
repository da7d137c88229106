"""How many people each municipality has on each evening: exact, so for rules, not for pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from extranet.api import Place
from extranet_infoavond.models import Evening, EveningState, Host, Signup, SignupState

MEASURES = ("people", "waiting", "came")
Cells = Mapping[str, int]


def cells_of(
    session: Session, place: Place, *, evening_id: int | None = None
) -> dict[tuple[int, int], Cells]:
    """Return the people by evening and municipality: with a place, waiting, came.

    Where the sign-ups are erased, it is what was counted before. A cancelled evening is no result,
    so it counts only when it is asked for by itself: who signed up is still to be told.
    """
    return _kept_cells(session, place, evening_id) | _live_cells(session, place, evening_id)


def _live_cells(
    session: Session, place: Place, evening_id: int | None
) -> dict[tuple[int, int], Cells]:
    def people_in(state: SignupState) -> Any:
        signed_up = and_(Signup.state == state, Signup.is_walk_in.is_(False))
        return func.sum(case((signed_up, Signup.people), else_=0))

    statement = (
        select(
            Signup.evening_id,
            Signup.organisation_id,
            people_in(SignupState.CONFIRMED).label("people"),
            people_in(SignupState.WAITING).label("waiting"),
            func.coalesce(func.sum(Signup.came), 0).label("came"),
        )
        .join(Evening, Evening.id == Signup.evening_id)
        .where(Evening.plustaak_id == place.plustaak_id)
        .group_by(Signup.evening_id, Signup.organisation_id)
    )
    statement = statement.where(_counted(evening_id))
    return {
        (row.evening_id, row.organisation_id): {
            measure: int(getattr(row, measure)) for measure in MEASURES
        }
        for row in session.execute(statement)
    }


def _kept_cells(
    session: Session, place: Place, evening_id: int | None
) -> dict[tuple[int, int], Cells]:
    statement = (
        select(Host.evening_id, Host.organisation_id, Host.people, Host.came)
        .join(Evening, Evening.id == Host.evening_id)
        .where(Evening.plustaak_id == place.plustaak_id, Host.people.is_not(None))
    )
    statement = statement.where(_counted(evening_id))
    return {
        (evening, host): {"people": int(people or 0), "waiting": 0, "came": int(came or 0)}
        for evening, host, people, came in session.execute(statement)
    }


def _counted(evening_id: int | None) -> ColumnElement[bool]:
    if evening_id is not None:
        return Evening.id == evening_id
    return Evening.state != EveningState.CANCELLED
