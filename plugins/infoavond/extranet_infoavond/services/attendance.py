"""Write down who came, at the door: a post that arrives twice counts once."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extranet.api import Actor, Conflict, Place, Subject, now, record, today
from extranet_infoavond.models import Evening, EveningState, Page, Signup, SignupState
from extranet_infoavond.queries.locking import locked_evening
from extranet_infoavond.queries.signups import find_page, get_signup
from extranet_infoavond.services.pages import own_organisation
from extranet_infoavond.wording import Text

NOT_YET = Text("Attendance is taken on the day of the evening and after it.")
NO_PAGE_YET = Text("First make your public page: it says how long names are kept.")


def takes_attendance(evening: Evening, day: date) -> bool:
    """Tell whether attendance can be taken: from its day on, unless it does not go on."""
    is_on = evening.state != EveningState.CANCELLED
    return is_on and evening.held_on is not None and evening.held_on <= day


def set_came(
    session: Session,
    place: Place,
    evening_id: int,
    signup_id: int,
    *,
    came: int | None,
    actor: Actor,
) -> Signup:
    """Write down how many came with a sign-up; None takes it back."""
    evening, organisation_id = _at_the_door(session, place, evening_id, actor)
    signup = get_signup(session, evening.id, organisation_id, signup_id, lock=True)
    if signup.state == SignupState.CANCELLED:
        raise Conflict(Text("This person called off. Add them as somebody who walked in."))
    _log_the_first(session, evening, organisation_id, actor)
    signup.came = came
    session.flush()
    return signup


def add_walk_in(
    session: Session,
    place: Place,
    evening_id: int,
    *,
    name: str,
    people: int,
    company: str = "",
    newest: int,
    actor: Actor,
) -> Signup:
    """Add somebody who came without signing up.

    `newest` is the newest walk-in that the form knew of: the same name and number since then is
    the same form sent again.
    """
    evening, organisation_id = _at_the_door(session, place, evening_id, actor)
    page = find_page(session, evening.id, organisation_id)
    if page is None or evening.held_on is None:
        raise Conflict(NO_PAGE_YET)
    _log_the_first(session, evening, organisation_id, actor)
    again = _sent_again(session, page, name=name, people=people, newest=newest)
    if again is not None:
        return again
    made = Signup(
        evening_id=evening.id,
        organisation_id=organisation_id,
        name=name,
        company=company,
        people=people,
        came=people,
        state=SignupState.CONFIRMED,
        is_walk_in=True,
        signed_up_at=now(session),
        keep_until=evening.held_on + timedelta(days=page.keep_days),
    )
    session.add(made)
    session.flush()
    return made


def _at_the_door(
    session: Session, place: Place, evening_id: int, actor: Actor
) -> tuple[Evening, int]:
    evening = locked_evening(session, place, evening_id)
    organisation_id = own_organisation(session, evening, actor)
    if not takes_attendance(evening, today(session)):
        raise Conflict(NOT_YET)
    return evening, organisation_id


def _sent_again(
    session: Session, page: Page, *, name: str, people: int, newest: int
) -> Signup | None:
    return session.scalar(
        select(Signup)
        .where(
            Signup.evening_id == page.evening_id,
            Signup.organisation_id == page.organisation_id,
            Signup.is_walk_in,
            Signup.name == name,
            Signup.people == people,
            Signup.id > newest,
        )
        .limit(1)
    )


def _log_the_first(session: Session, evening: Evening, organisation_id: int, actor: Actor) -> None:
    """Log that a municipality takes attendance, once: lines for each person could be counted."""
    taken = session.scalar(
        select(func.count())
        .select_from(Signup)
        .where(
            Signup.evening_id == evening.id,
            Signup.organisation_id == organisation_id,
            Signup.came.is_not(None),
        )
    )
    if not taken:
        record(
            session,
            actor=actor,
            action="infoavond_attendance.begun",
            subject=Subject("evening", evening.id, evening.title),
        )
