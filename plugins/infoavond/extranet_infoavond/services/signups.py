"""Sign up, call off and move up: one evening at a time, so that no seat is given twice.

What residents do is not in the activity log: everybody in the region may read that, and its lines
could be counted. The sign-up itself says when it was made; what a municipality does for somebody
is logged, without saying for whom.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.api import Actor, Conflict, NotFound, Place, Subject, now, record, today
from extranet_infoavond.models import Evening, EveningState, Page, Signup, SignupState
from extranet_infoavond.queries.public import (
    NO_PAGE,
    find_by_code,
    get_by_code,
    hash_of,
    places_left,
)
from extranet_infoavond.queries.signups import get_signup
from extranet_infoavond.rules.standing import (
    TAKES_SIGNUPS,
    Standing,
    standing_of,
    who_moves_up,
)
from extranet_infoavond.services.pages import own_organisation
from extranet_infoavond.wording import Text

TICKET = re.compile(r"[A-Za-z0-9_-]{43}")
NO_SIGNUPS = Text("Signing up is not possible any more.")
NO_PLACE = Text("There is no place left for this many people.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """What somebody filled in; only the name is needed."""

    name: str
    people: int = 1
    company: str = ""
    email: str = ""
    phone: str = ""
    interest: str = ""
    remark: str = ""


def new_ticket() -> str:
    """Return a secret for a form: who sends it becomes the owner of the link that holds it."""
    return secrets.token_urlsafe(32)


def sign_up(session: Session, page: Page, resident: Resident, *, ticket: str) -> tuple[Signup, str]:
    """Give somebody a place or, when there is none, one on the waiting list.

    Returns the sign-up and the secret of its link, of which only the hash is kept. `ticket` is what
    the form was shown with: sent twice by the same people it counts once, with the interest and
    the remark of the last time. Raises Conflict when the evening takes no sign-ups.
    """
    evening = lock_evening(session, page.evening_id)
    session.refresh(page)  # it may have been closed while we waited for the evening
    left = places_left(session, evening)
    standing = standing_of(
        state=evening.state,
        held_on=evening.held_on,
        is_open=page.is_open,
        places_left=left,
        today=today(session),
    )
    if standing not in TAKES_SIGNUPS or evening.held_on is None:
        raise Conflict(NO_SIGNUPS)
    code = ticket if TICKET.fullmatch(ticket) else new_ticket()
    known = find_by_code(session, page, code)
    if known is not None:
        if _same(known, resident):
            known.interest, known.remark = resident.interest, resident.remark
            session.flush()
            return known, code
        code = new_ticket()
    fits = standing == Standing.OPEN and resident.people <= left
    made = _signup(page, resident, has_place=fits)
    made.code_sha256, made.signed_up_at = hash_of(code), now(session)
    made.keep_until = evening.held_on + timedelta(days=page.keep_days)
    session.add(made)
    session.flush()
    return made, code


def cancel_own(session: Session, page: Page, code: str) -> Signup:
    """Call off what a resident's own link stands for; doing it twice is doing it once.

    Raises Conflict once the evening is over: there is nothing left to call off.
    """
    evening = lock_evening(session, page.evening_id)
    signup = get_by_code(session, page, code)
    _cancel(session, evening, signup)
    return signup


def call_off(
    session: Session, place: Place, evening_id: int, signup_id: int, *, actor: Actor
) -> Signup:
    """Call off for a resident who asked the municipality to."""
    evening, signup = _own(session, place, evening_id, signup_id, actor)
    if signup.state != SignupState.CANCELLED:
        _cancel(session, evening, signup)
        _write_down(session, evening, "called_off", actor)
    return signup


def promote(
    session: Session, place: Place, evening_id: int, signup_id: int, *, actor: Actor
) -> Signup:
    """Give somebody on the waiting list a place; raise Conflict when there is none."""
    evening, signup = _own(session, place, evening_id, signup_id, actor)
    if signup.state != SignupState.WAITING:
        return signup
    if evening.state == EveningState.CANCELLED or signup.people > places_left(session, evening):
        raise Conflict(NO_PLACE)
    signup.state, signup.moved_up_at = SignupState.CONFIRMED, now(session)
    session.flush()
    _write_down(session, evening, "moved_up", actor)
    return signup


def fill_places(session: Session, evening: Evening) -> int:
    """Give the places that are free to who waits, first come first, over all hosts.

    Call it with the evening's row locked: after somebody called off, or when an evening grew.
    Returns how many sign-ups moved up.
    """
    if evening.state != EveningState.PLANNED:
        return 0
    waiting = session.scalars(
        select(Signup)
        .where(Signup.evening_id == evening.id, Signup.state == SignupState.WAITING)
        .order_by(Signup.signed_up_at, Signup.id)
    ).all()
    by_id = {one.id: one for one in waiting}
    moved = who_moves_up([(one.id, one.people) for one in waiting], places_left(session, evening))
    for number in moved:
        by_id[number].state, by_id[number].moved_up_at = SignupState.CONFIRMED, now(session)
    session.flush()
    return len(moved)


def lock_evening(session: Session, evening_id: int) -> Evening:
    """Return an evening with its row locked, so that its seats are counted once at a time."""
    found = session.scalar(
        select(Evening)
        .where(Evening.id == evening_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(NO_PAGE)
    return found


def _own(
    session: Session, place: Place, evening_id: int, signup_id: int, actor: Actor
) -> tuple[Evening, Signup]:
    """Return a sign-up of the municipality that the actor acts for, with its evening locked."""
    evening = lock_evening(session, evening_id)
    if evening.plustaak_id != place.plustaak_id:
        raise NotFound(NO_PAGE)
    organisation_id = own_organisation(session, evening, actor)
    return evening, get_signup(session, evening.id, organisation_id, signup_id, lock=True)


def _cancel(session: Session, evening: Evening, signup: Signup) -> None:
    if signup.state == SignupState.CANCELLED:
        return
    over = evening.held_on is not None and evening.held_on < today(session)
    if over or evening.state == EveningState.HELD or signup.came is not None:
        raise Conflict(Text("The evening is over, so there is nothing to call off."))
    signup.state = SignupState.CANCELLED
    session.flush()
    fill_places(session, evening)


def _signup(page: Page, resident: Resident, *, has_place: bool) -> Signup:
    return Signup(
        evening_id=page.evening_id,
        organisation_id=page.organisation_id,
        name=resident.name,
        company=resident.company,
        email=resident.email,
        phone=resident.phone,
        remark=resident.remark,
        interest=resident.interest,
        people=resident.people,
        state=SignupState.CONFIRMED if has_place else SignupState.WAITING,
    )


def _same(known: Signup, resident: Resident) -> bool:
    """Tell whether it is the same people; what they would like to hear may be another."""
    told = (known.name, known.people, known.company, known.email, known.phone)
    return told == (
        resident.name,
        resident.people,
        resident.company,
        resident.email,
        resident.phone,
    )


def _write_down(session: Session, evening: Evening, what: str, actor: Actor) -> None:
    record(
        session,
        actor=actor,
        action=f"infoavond_signup.{what}",
        subject=Subject("evening", evening.id, evening.title),
    )
