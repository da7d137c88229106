"""A municipality's own sign-ups, for its seats only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from extranet.api import NotFound
from extranet_infoavond.models import Host, Page, Signup, SignupState
from extranet_infoavond.wording import Text

NOT_YOURS = Text("Your organisation does not invite to this evening.")
NO_SIGNUP = Text("There is no such sign-up.")
MOVED_UP = "moved_up"
LINES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What narrows a list of sign-ups down: part of a name or address, a state, an interest.

    The state `moved_up` is who got a place after waiting.
    """

    text: str = ""
    state: str = ""
    interest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCounts:
    """How many people a municipality has: with a place, waiting, and who came."""

    people: int
    waiting: int
    came: int


def require_host(session: Session, evening_id: int, organisation_id: int) -> None:
    """Raise NotFound for an organisation that does not invite to the evening."""
    if session.get(Host, (evening_id, organisation_id)) is None:
        raise NotFound(NOT_YOURS)


def find_page(session: Session, evening_id: int, organisation_id: int) -> Page | None:
    """Return a municipality's public page for an evening."""
    return session.get(Page, (evening_id, organisation_id))


def signups_of(
    session: Session,
    evening_id: int,
    organisation_id: int,
    *,
    filters: Filters,
    after: int | None = None,
    limit: int | None = None,
) -> Sequence[Signup]:
    """Return a municipality's sign-ups for an evening, newest first."""
    statement = _filtered(evening_id, organisation_id, filters).order_by(Signup.id.desc())
    if after is not None:
        statement = statement.where(Signup.id < after)
    return session.scalars(statement.limit(limit)).all()


def expected_of(
    session: Session, evening_id: int, organisation_id: int, *, text: str, start: int
) -> Sequence[Signup]:
    """Return who can be at the door, by name: not who called off. `start` skips that many."""
    filters = Filters(text=text)
    return session.scalars(
        _filtered(evening_id, organisation_id, filters)
        .where(Signup.state != SignupState.CANCELLED)
        .order_by(func.lower(Signup.name), Signup.id)
        .offset(start)
        .limit(LINES + 1)
    ).all()


def get_signup(
    session: Session, evening_id: int, organisation_id: int, signup_id: int, *, lock: bool = False
) -> Signup:
    """Return a municipality's own sign-up; raise NotFound for anybody else's."""
    statement = select(Signup).where(
        Signup.id == signup_id,
        Signup.evening_id == evening_id,
        Signup.organisation_id == organisation_id,
    )
    found = session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound(NO_SIGNUP)
    return found


def own_counts(session: Session, evening_id: int, organisation_id: int) -> OwnCounts:
    """Return how many people a municipality has for an evening; who walked in only came."""
    signed_up = case((Signup.is_walk_in, 0), else_=Signup.people)
    rows = session.execute(
        select(Signup.state, func.sum(signed_up), func.sum(Signup.came))
        .where(Signup.evening_id == evening_id, Signup.organisation_id == organisation_id)
        .group_by(Signup.state)
    ).all()
    people = {state: int(number or 0) for state, number, _came in rows}
    return OwnCounts(
        people=people.get(SignupState.CONFIRMED, 0),
        waiting=people.get(SignupState.WAITING, 0),
        came=sum(int(came or 0) for _state, _number, came in rows),
    )


def last_walk_in(session: Session, evening_id: int, organisation_id: int) -> int:
    """Return the number of the newest walk-in, 0 when there is none."""
    found = session.scalar(
        select(func.max(Signup.id)).where(
            Signup.evening_id == evening_id,
            Signup.organisation_id == organisation_id,
            Signup.is_walk_in,
        )
    )
    return int(found or 0)


def _filtered(evening_id: int, organisation_id: int, filters: Filters) -> Select[Signup]:
    statement = select(Signup).where(
        Signup.evening_id == evening_id, Signup.organisation_id == organisation_id
    )
    if filters.text:
        columns = (Signup.name, Signup.company, Signup.email, Signup.phone)
        statement = statement.where(
            or_(*(column.icontains(filters.text, autoescape=True) for column in columns))
        )
    if filters.state == MOVED_UP:
        statement = statement.where(
            Signup.moved_up_at.is_not(None), Signup.state == SignupState.CONFIRMED
        )
    elif filters.state:
        statement = statement.where(Signup.state == filters.state)
    if filters.interest:
        statement = statement.where(Signup.interest == filters.interest)
    return statement
