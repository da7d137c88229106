"""Start, end and correct memberships, and appoint the centrum.

Whoever changes a region's memberships holds the region's row, so that two changes at the same
moment cannot overlap each other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.clock import today
from extranet.errors import InvalidInput
from extranet.events import emit
from extranet.i18n import Text
from extranet.membership.events import (
    MembershipCorrected,
    MembershipEnded,
    MembershipStarted,
    SeatEndsMoved,
)
from extranet.membership.models import Membership, MembershipKind, Organisation, Region, Seat
from extranet.membership.queries.regions import get_region
from extranet.membership.rules.periods import Period, Publication, Regeling, Terms, refusals


def terms_of(membership: Membership) -> Terms:
    """Return what is recorded of a membership now."""
    return Terms(
        kind=membership.kind,
        from_date=membership.from_date,
        until_date=membership.until_date,
        joining=Publication(
            on=membership.joining_published_on, place=membership.joining_publication
        ),
        leaving=Publication(
            on=membership.leaving_published_on, place=membership.leaving_publication
        ),
    )


def start_membership(
    session: Session,
    *,
    region_id: int,
    organisation: Organisation,
    terms: Terms,
    actor: Actor | None,
    is_centrum: bool = False,
) -> Membership:
    """Make an organisation a member of a region.

    Seats that ended the day before, with a membership that this one follows, go on. Raises
    InvalidInput for an overlap, a second centrum, or joining before the publication (rule 9).
    """
    region = get_region(session, region_id, for_update=True)
    membership = Membership(
        region_id=region.id, organisation_id=organisation.id, is_centrum=is_centrum
    )
    _check(session, region, organisation, terms, membership)
    _put(membership, terms)
    session.add(membership)
    session.flush()
    _fit_seats(session, membership, old_end=terms.from_date - timedelta(days=1))
    record(
        session,
        actor=actor,
        action="membership.started",
        subject=_subject(membership, organisation),
        region_id=region.id,
        after={"is_centrum": is_centrum, **_plain(terms)},
    )
    emit(session, _started(membership))
    return membership


def end_membership(
    session: Session,
    *,
    membership: Membership,
    until_date: date,
    publication: Publication,
    actor: Actor | None,
) -> None:
    """Give a membership its last day; the seats at the organisation end on that day too.

    Raises InvalidInput when it has a last day already, when it is the centrum, or when leaving
    would take effect before the publication (rule 9).
    """
    if membership.until_date is not None:
        message = Text("This membership already has a last day. Correct the membership instead.")
        raise InvalidInput({"": message})
    terms = replace(terms_of(membership), until_date=until_date, leaving=publication)
    _change(session, membership, terms, action="membership.ended", actor=actor)
    emit(
        session,
        MembershipEnded(
            membership_id=membership.id,
            region_id=membership.region_id,
            organisation_id=membership.organisation_id,
            until_date=until_date,
        ),
    )


def correct_membership(
    session: Session, *, membership: Membership, terms: Terms, actor: Actor | None
) -> None:
    """Put right what was recorded of a membership; seats that ended with it follow its last day.

    Raises InvalidInput as starting and ending do. Nothing happens when nothing differs.
    """
    if terms == terms_of(membership):
        return
    _change(session, membership, terms, action="membership.corrected", actor=actor)
    emit(session, _corrected(membership))


def appoint_centrum(session: Session, *, membership: Membership, actor: Actor | None) -> None:
    """Make a member the centrum, in the place of the member that is it now.

    Raises InvalidInput when it is no deelnemer today, or is the centrum already.
    """
    get_region(session, membership.region_id, for_update=True)
    day = today(session)
    if not terms_of(membership).period.overlaps(Period(first=day, last=day)):
        raise InvalidInput({"": Text("Only who is a member today can become the centrum.")})
    if membership.is_centrum:
        raise InvalidInput({"": Text("This member is the centrum already.")})
    _refuse_partner(membership.kind)
    for former in _other_centra(session, membership, terms_of(membership).period):
        former.is_centrum = False
        _record_centrum(session, former, actor)
        emit(session, _corrected(former))
    membership.is_centrum = True
    _record_centrum(session, membership, actor)
    emit(session, _corrected(membership))


def _change(
    session: Session, membership: Membership, terms: Terms, *, action: str, actor: Actor | None
) -> None:
    region = get_region(session, membership.region_id, for_update=True)
    organisation = session.get_one(Organisation, membership.organisation_id)
    before = terms_of(membership)
    _check(session, region, organisation, terms, membership, before)
    _put(membership, terms)
    session.flush()
    _fit_seats(session, membership, old_end=before.until_date)
    was, becomes = _plain(before), _plain(terms)
    changed = {name for name in was if was[name] != becomes[name]}
    record(
        session,
        actor=actor,
        action=action,
        subject=_subject(membership, organisation),
        region_id=region.id,
        before={name: was[name] for name in was if name in changed},
        after={name: becomes[name] for name in becomes if name in changed},
    )


def _check(  # noqa: PLR0917 - one rule on six facts
    session: Session,
    region: Region,
    organisation: Organisation,
    terms: Terms,
    membership: Membership,
    before: Terms | None = None,
) -> None:
    """Raise InvalidInput with everything that stands in the way of these terms."""
    others = session.scalars(
        select(Membership).where(
            Membership.region_id == region.id,
            Membership.organisation_id == organisation.id,
            Membership.id != membership.id,
        )
    )
    found = refusals(
        terms,
        regeling=Regeling(form=region.legal_form, since=region.legal_form_from),
        others=[terms_of(other).period for other in others],
        today=today(session),
        before=before,
    )
    if organisation.successor_from is not None and terms.from_date >= organisation.successor_from:
        found["from_date"] = Text(
            "%(name)s went into another organisation on %(day)s.",
            name=organisation.name,
            day=organisation.successor_from,
        )
    if membership.is_centrum:
        found |= _centrum_refusals(session, terms, membership)
    if found:
        raise InvalidInput(found)


def _centrum_refusals(session: Session, terms: Terms, membership: Membership) -> dict[str, Text]:
    """Protect the centrum: one at a time, always a deelnemer, and no end before a successor."""
    found: dict[str, Text] = {}
    if terms.kind != MembershipKind.DEELNEMER:
        found["kind"] = Text("The centrum is always a deelnemer.")
    if terms.until_date is not None and membership.until_date is None:
        found["until_date"] = Text(
            "The centrum cannot leave. Make another member the centrum first."
        )
    if _other_centra(session, membership, terms.period):
        found["is_centrum"] = Text(
            "This region has a centrum already. Add the member first, then make it the centrum."
        )
    return found


def _refuse_partner(kind: str) -> None:
    if kind != MembershipKind.DEELNEMER:
        raise InvalidInput({"": Text("The centrum is always a deelnemer.")})


def _other_centra(session: Session, membership: Membership, period: Period) -> list[Membership]:
    """Return the memberships of the same region that carry the flag in the same period."""
    flagged = session.scalars(
        select(Membership).where(
            Membership.region_id == membership.region_id,
            Membership.is_centrum,
            Membership.id != membership.id,
        )
    )
    return [other for other in flagged if terms_of(other).period.overlaps(period)]


def _put(membership: Membership, terms: Terms) -> None:
    membership.kind = terms.kind
    membership.from_date = terms.from_date
    membership.until_date = terms.until_date
    membership.joining_published_on = terms.joining.on
    membership.joining_publication = terms.joining.place
    membership.leaving_published_on = terms.leaving.on
    membership.leaving_publication = terms.leaving.place


def _fit_seats(session: Session, membership: Membership, *, old_end: date | None) -> None:
    """Let the seats that ended on `old_end` (None: that go on) end with the membership.

    A seat that ended earlier for a reason of its own stays as it is, and so does one that goes on
    into a later membership of the same organisation.
    """
    end = membership.until_date
    if end == old_end:
        return
    next_start = _next_start(session, membership)
    seats = session.scalars(
        select(Seat)
        .where(
            Seat.region_id == membership.region_id,
            Seat.organisation_id == membership.organisation_id,
        )
        .with_for_update()
    )
    former: dict[int, date | None] = {}
    for seat in seats:
        seat_end = seat.ended_on or date.max
        goes_on = next_start is not None and seat_end >= next_start
        if not goes_on and (seat.ended_on == old_end or (end and seat_end > end)):
            former[seat.id], seat.ended_on = seat.ended_on, end
    session.flush()
    if former:
        emit(session, SeatEndsMoved(region_id=membership.region_id, former=former))


def _next_start(session: Session, membership: Membership) -> date | None:
    """Return the first day of the organisation's next membership of the region, if any."""
    return session.scalar(
        select(func.min(Membership.from_date)).where(
            Membership.region_id == membership.region_id,
            Membership.organisation_id == membership.organisation_id,
            Membership.from_date > membership.from_date,
        )
    )


def _record_centrum(session: Session, membership: Membership, actor: Actor | None) -> None:
    organisation = session.get_one(Organisation, membership.organisation_id)
    record(
        session,
        actor=actor,
        action="membership.centrum_changed",
        subject=_subject(membership, organisation),
        region_id=membership.region_id,
        before={"is_centrum": not membership.is_centrum},
        after={"is_centrum": membership.is_centrum},
    )


def _started(membership: Membership) -> MembershipStarted:
    return MembershipStarted(
        membership_id=membership.id,
        region_id=membership.region_id,
        organisation_id=membership.organisation_id,
        from_date=membership.from_date,
    )


def _corrected(membership: Membership) -> MembershipCorrected:
    return MembershipCorrected(
        membership_id=membership.id,
        region_id=membership.region_id,
        organisation_id=membership.organisation_id,
    )


def _subject(membership: Membership, organisation: Organisation) -> Subject:
    return Subject("membership", membership.id, organisation.name)


def _plain(terms: Terms) -> dict[str, str | None]:
    """Return terms as the activity log holds them."""
    return {
        "kind": terms.kind,
        "from_date": terms.from_date.isoformat(),
        "until_date": _iso(terms.until_date),
        "joining_published_on": _iso(terms.joining.on),
        "joining_publication": terms.joining.place,
        "leaving_published_on": _iso(terms.leaving.on),
        "leaving_publication": terms.leaving.place,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
