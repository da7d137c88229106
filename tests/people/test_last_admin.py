"""A region never loses its last admin, whoever changes what, and also not at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.db import Database
from extranet.errors import InvalidInput
from extranet.membership.models import Membership, Seat
from extranet.membership.services.memberships import end_membership
from extranet.people.models import Employment, Tenure
from extranet.people.rules import Span, first_day_lost
from extranet.people.services.seating import change_seat, end_seat
from extranet.people.services.tenures import correct_tenure, end_tenure
from tests.factories import make_person, make_tenure
from tests.membership.places import PUBLISHED
from tests.people.seats import Office, Sitting, actor_of, make_office, sit
from tests.side_by_side import side_by_side

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)
Change = Callable[[Session, Office, Sitting], None]


def by_handover(session: Session, office: Office, admin: Sitting) -> None:
    end(session, admin, TODAY)


def at_once(session: Session, office: Office, admin: Sitting) -> None:
    end(session, admin, None)


def by_role(session: Session, office: Office, admin: Sitting) -> None:
    change_seat(
        session,
        actor=actor_of(session, admin.person),
        seat=session.get_one(Seat, admin.seat.id),
        title="X",
        role=Role.READER,
        body_id=None,
    )


def by_closing(session: Session, office: Office, admin: Sitting) -> None:
    end_seat(
        session,
        actor=actor_of(session, admin.person),
        seat=session.get_one(Seat, admin.seat.id),
        last_day=TODAY,
    )


def by_correcting(session: Session, office: Office, admin: Sitting) -> None:
    tenure = session.get_one(Tenure, admin.tenure.id)
    correct_tenure(
        session,
        actor=actor_of(session, admin.person),
        tenure=tenure,
        seat=session.get_one(Seat, admin.seat.id),
        from_date=tenure.from_date,
        until_date=TOMORROW,
        employment=Employment.PERMANENT,
    )


def by_leaving(session: Session, office: Office, admin: Sitting) -> None:
    membership = (
        session.query(Membership)
        .filter_by(region_id=office.region.id, organisation_id=admin.seat.organisation_id)
        .one()
    )
    end_membership(
        session,
        membership=membership,
        until_date=date(2026, 12, 31),
        publication=PUBLISHED,
        actor=None,
    )


CHANGES: tuple[Change, ...] = (
    by_handover,
    at_once,
    by_role,
    by_closing,
    by_correcting,
    by_leaving,
)


def end(session: Session, admin: Sitting, until: date | None, **values: Any) -> None:
    end_tenure(
        session,
        actor=actor_of(session, admin.person),
        tenure=session.get_one(Tenure, admin.tenure.id),
        seat=session.get_one(Seat, admin.seat.id),
        until=until,
        **values,
    )


def refused(session: Session, change: Change, office: Office) -> bool:
    """Tell whether a change to the admin is refused, and take it back."""
    with session.begin_nested() as savepoint:
        try:
            change(session, office, office.admin)
        except InvalidInput as refusal:
            return list(refusal.fields) == [""]
        finally:
            savepoint.rollback()
    return False


@pytest.mark.parametrize("change", CHANGES)
def test_only_admin_cannot_go(session: Session, change: Change) -> None:
    assert refused(session, change, make_office(session))


@pytest.mark.parametrize("change", CHANGES)
def test_admin_can_go_when_another_one_stays(session: Session, change: Change) -> None:
    office = make_office(session)
    sit(session, office.region, office.weert, Role.REGION_ADMIN, "Tweede Beheerder")

    assert not refused(session, change, office)


def closed(session: Session, second: Sitting) -> None:
    second.person.disabled_at = session.info["clock"].now()


def ended_seat(session: Session, second: Sitting) -> None:
    second.seat.ended_on = YESTERDAY


def not_there_yet(session: Session, second: Sitting) -> None:
    second.tenure.from_date = TODAY + timedelta(days=90)


def gone(session: Session, second: Sitting) -> None:
    second.tenure.until_date = YESTERDAY


def soon_gone(session: Session, second: Sitting) -> None:
    second.tenure.until_date = date(2027, 3, 1)


def soon_without_seat(session: Session, second: Sitting) -> None:
    second.seat.ended_on = date(2027, 3, 1)


@pytest.mark.parametrize(
    "flaw", [closed, ended_seat, not_there_yet, gone, soon_gone, soon_without_seat]
)
@pytest.mark.parametrize("change", CHANGES)
def test_other_admin_who_does_not_stay_is_none(
    session: Session, change: Change, flaw: Callable[[Session, Sitting], None]
) -> None:
    office = make_office(session)
    second = sit(session, office.region, office.weert, Role.REGION_ADMIN, "Tweede Beheerder")
    flaw(session, second)
    session.flush()

    assert refused(session, change, office)


def test_second_holder_of_the_same_seat_keeps_the_region(session: Session) -> None:
    office = make_office(session)
    make_tenure(session, person=make_person(session), seat=office.admin.seat)

    end(session, office.admin, TODAY)

    assert office.admin.tenure.until_date == TODAY


def test_admin_of_another_region_does_not_count(session: Session) -> None:
    office = make_office(session)

    with pytest.raises(InvalidInput):
        end(session, office.admin, TODAY)
    assert office.stranger.seat.role == Role.REGION_ADMIN


def test_admin_can_hand_over_to_a_successor(session: Session) -> None:
    office = make_office(session)

    end(session, office.admin, TODAY, successor_id=office.reader.person.id)

    assert office.admin.tenure.until_date == TODAY


def test_two_admins_cannot_end_each_other_at_the_same_moment(database: Database) -> None:
    with database.unit_of_work() as session:
        office = make_office(session)
        second = sit(session, office.region, office.weert, Role.REGION_ADMIN, "Tweede Beheerder")

    refusal = side_by_side(
        database, lambda s: end(s, office.admin, TODAY), lambda s: end(s, second, TODAY)
    )

    assert isinstance(refusal, InvalidInput)
    with database.reading() as session:
        assert session.get_one(Tenure, second.tenure.id).until_date is None


days = st.integers(-3, 12).map(lambda n: TODAY + timedelta(days=n))
spans = st.lists(
    st.builds(
        lambda first, length: Span(
            first=first, last=None if length is None else first + timedelta(days=length)
        ),
        days,
        st.none() | st.integers(0, 6),
    ),
    max_size=4,
)


@given(before=spans, after=spans)
def test_first_day_lost_is_what_looking_at_every_day_finds(
    before: list[Span], after: list[Span]
) -> None:
    every = (TODAY + timedelta(days=n) for n in range(30))
    expected = next(
        (
            day
            for day in every
            if any(s.holds(day) for s in before) and not any(s.holds(day) for s in after)
        ),
        None,
    )

    assert first_day_lost(before, after, today=TODAY) == expected
