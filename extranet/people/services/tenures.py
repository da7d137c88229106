"""Who sits on a seat and when: correct it, end it, hand over to a successor, withdraw at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import now, today
from extranet.errors import InvalidInput
from extranet.events import emit
from extranet.i18n import Text
from extranet.membership.models import Seat
from extranet.people.events import TenureEnded
from extranet.people.models import Employment, Person, Tenure
from extranet.people.rules import ONE_DAY, Span, day_after
from extranet.people.services.admins import keeping_an_admin


def end_tenure(
    session: Session,
    *,
    actor: Actor,
    tenure: Tenure,
    seat: Seat,
    until: date | None,
    successor_id: int | None = None,
    employment: Employment = Employment.PERMANENT,
) -> None:
    """End somebody's time on a seat; what hangs on the seat goes to the successor with it.

    `until` is the last day. None withdraws the access at this moment: yesterday is the last day
    then, also of who started today. The successor starts the day after. A seat without successor
    stays, empty, with everything that hangs on it.
    """
    _refuse_left(session, tenure, "until")
    if until is not None and until < tenure.from_date:
        raise InvalidInput({"until": Text("The last day is before the first one.")})
    last_day = today(session) - ONE_DAY if until is None else until
    with keeping_an_admin(session, seat.region_id):
        tenure.until_date = last_day
        tenure.withdrawn_at = now(session) if until is None else None
        action = "tenure.withdrawn" if until is None else "tenure.ended"
        _record(session, actor, action, seat, after={"until": last_day.isoformat()})
        if successor_id is not None:
            _refuse_successor(session, tenure, successor_id)
            start = max(day_after(last_day), today(session))
            refuse_taken(session, seat, Span(first=start, last=None), field="successor")
            start_tenure(
                session,
                actor=actor,
                seat=seat,
                person_id=successor_id,
                from_date=start,
                employment=employment,
            )
    emit(session, TenureEnded(tenure_id=tenure.id, person_id=tenure.person_id, seat_id=seat.id))


def correct_tenure(
    session: Session,
    *,
    actor: Actor,
    tenure: Tenure,
    seat: Seat,
    from_date: date,
    until_date: date | None,
    employment: Employment,
) -> None:
    """Put right since when, until when and how somebody is employed on a seat.

    Raises InvalidInput for days the wrong way round, a last day that has passed, or somebody else
    on the seat in those days.
    """
    _refuse_left(session, tenure, "")
    if until_date is not None and until_date < from_date:
        raise InvalidInput({"until_date": Text("The last day is before the first one.")})
    if until_date is not None and until_date < today(session):
        message = Text("This day has passed. Hand the seat over to end it now.")
        raise InvalidInput({"until_date": message})
    span = Span(first=from_date, last=until_date)
    refuse_taken(session, seat, span, field="from_date", but=tenure.id)
    before, was = _days(tenure), tenure.employment
    with keeping_an_admin(session, seat.region_id):
        tenure.from_date, tenure.until_date = from_date, until_date
        tenure.employment = employment
    after = _days(tenure)
    if before == after and was == employment:
        return
    # How somebody is employed is theirs: the log says that it changed, not into what.
    if was != employment:
        after["employment"] = "***"
    _record(session, actor, "tenure.corrected", seat, before=before, after=after)


def start_tenure(
    session: Session,
    *,
    actor: Actor | None,
    seat: Seat,
    person_id: int,
    from_date: date,
    employment: str,
) -> None:
    """Put somebody on a seat from a day on, without a last day."""
    session.add(
        Tenure(person_id=person_id, seat_id=seat.id, from_date=from_date, employment=employment)
    )
    _record(session, actor, "tenure.started", seat, after={"person_id": person_id})


def is_taken(session: Session, seat: Seat, span: Span, *, but: int = 0) -> bool:
    """Tell whether somebody sits on a seat on a day of a span; `but` is a tenure not to count."""
    wanted = [
        Tenure.seat_id == seat.id,
        Tenure.id != but,
        or_(
            Tenure.until_date.is_(None),
            # Who was withdrawn on the first day has sat there on no day at all.
            (Tenure.until_date >= span.first) & (Tenure.until_date >= Tenure.from_date),
        ),
    ]
    if span.last is not None:
        wanted.append(Tenure.from_date <= span.last)
    return session.scalar(select(Tenure.id).where(*wanted).limit(1)) is not None


def refuse_taken(session: Session, seat: Seat, span: Span, *, field: str, but: int = 0) -> None:
    """Raise InvalidInput at a field when somebody sits on a seat on a day of a span."""
    if is_taken(session, seat, span, but=but):
        message = Text("Somebody else sits on this seat in that time. A seat is for one person.")
        raise InvalidInput({field: message})


def _refuse_left(session: Session, tenure: Tenure, field: str) -> None:
    if tenure.until_date is not None and tenure.until_date < today(session):
        raise InvalidInput({field: Text("This person left this seat already.")})


def _refuse_successor(session: Session, tenure: Tenure, successor_id: int) -> None:
    person = session.get(Person, successor_id)
    if person is None or person.disabled_at is not None:
        raise InvalidInput({"successor": Text("Choose somebody from the list.")})
    if person.id == tenure.person_id:
        raise InvalidInput({"successor": Text("Choose somebody else than who leaves.")})


def _days(tenure: Tenure) -> dict[str, str | None]:
    return {
        "from_date": tenure.from_date.isoformat(),
        "until_date": tenure.until_date.isoformat() if tenure.until_date else None,
    }


def _record(
    session: Session,
    actor: Actor | None,
    action: str,
    seat: Seat,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    record(
        session,
        actor=actor,
        action=action,
        subject=Subject("seat", seat.id, seat.title),
        region_id=seat.region_id,
        before=before,
        after=after,
    )
