"""Seats end and go on with the membership that they belong to, and with no other one."""

from dataclasses import replace
from datetime import date

import pytest

from extranet.membership.events import SeatEndsMoved
from extranet.membership.models import LegalForm, Membership, Seat
from extranet.membership.queries.dossiers import get_membership
from extranet.membership.queries.regions import get_region
from extranet.membership.rules.periods import Publication
from extranet.membership.services.memberships import (
    appoint_centrum,
    correct_membership,
    end_membership,
    start_membership,
    terms_of,
)
from tests.factories import make_membership, make_organisation, make_region, make_seat
from tests.membership.places import PUBLISHED, make_place, terms
from tests.side_by_side import side_by_side

LEFT = date(2022, 12, 31)


@pytest.fixture
def returned(session):
    """A region with an organisation that left in 2022 and came back in 2024, and its seats."""
    region = make_region(session, legal_form=LegalForm.SOK)
    organisation = make_organisation(session)
    old, new = (
        make_membership(
            session, region=region, organisation=organisation, from_date=start, until_date=end
        )
        for start, end in ((date(2020, 1, 1), LEFT), (date(2024, 1, 1), None))
    )
    seats = {
        name: make_seat(session, region=region, organisation=organisation)
        for name in ("of then", "closed then", "of now", "closed now")
    }
    seats["of then"].ended_on = LEFT
    seats["closed then"].ended_on = date(2021, 5, 31)
    seats["closed now"].ended_on = date(2025, 5, 31)
    session.flush()
    return old, new, seats


def ends(seats):
    return {name: seat.ended_on for name, seat in seats.items()}


def test_correcting_a_publication_of_long_ago_leaves_every_seat_alone(session, returned):
    old, _new, seats = returned
    before = ends(seats)

    corrected = replace(terms_of(old), leaving=Publication(on=LEFT, place="Gemeenteblad 9"))
    correct_membership(session, membership=old, terms=corrected, actor=None)

    assert ends(seats) == before


@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2023, 6, 30)])
def test_correcting_a_last_day_of_long_ago_moves_only_the_seats_of_then(session, returned, day):
    old, _new, seats = returned
    before = ends(seats)

    corrected = replace(terms_of(old), until_date=day)
    correct_membership(session, membership=old, terms=corrected, actor=None)

    assert ends(seats) == before | {"of then": day}


def test_membership_of_long_ago_that_is_entered_late_ends_no_seat_of_today(session):
    region = make_region(session, legal_form=LegalForm.SOK)
    organisation = make_organisation(session)
    make_membership(session, region=region, organisation=organisation)
    seat = make_seat(session, region=region, organisation=organisation)

    start_membership(
        session,
        region_id=region.id,
        organisation=organisation,
        terms=terms(
            from_date=date(2017, 1, 1),
            until_date=date(2018, 12, 31),
            joining=Publication(),
            kind="partner",
        ),
        actor=None,
    )

    assert seat.ended_on is None


def test_seats_that_end_are_told_with_the_day_they_had(session):
    place = make_place(session)
    seat = make_seat(session, region=place.region, organisation=place.organisations["Venray"])
    make_seat(session, region=place.region, organisation=place.organisations["Weert"])
    heard = []
    session.info["subscriptions"].subscribe(SeatEndsMoved, lambda _s, event: heard.append(event))

    end_membership(
        session,
        membership=place.members["Venray"],
        until_date=date(2027, 12, 31),
        publication=PUBLISHED,
        actor=None,
    )

    assert heard == [SeatEndsMoved(region_id=place.region.id, former={seat.id: None})]


def test_two_changes_of_a_region_wait_for_each_other(database):
    with database.unit_of_work() as session:
        place = make_place(session)
    region_id = place.region.id

    def begin(session):
        get_membership(session, region_id, place.members["Venray"].id, for_update=True)
        get_region(session, region_id, for_update=True)

    def appoint(session):
        venray = session.get(Membership, place.members["Venray"].id)
        appoint_centrum(session, membership=venray, actor=None)

    def correct_the_centrum(session):
        weert = get_membership(session, region_id, place.members["Weert"].id, for_update=True)
        assert not weert.is_centrum
        corrected = replace(terms_of(weert), kind="partner")
        correct_membership(session, membership=weert, terms=corrected, actor=None)

    assert side_by_side(database, begin, correct_the_centrum, then=appoint) is None
    with database.reading() as session:
        flags = {m.id: m.is_centrum for m in session.query(Membership)}
        assert flags[place.members["Venray"].id]
        assert session.query(Seat).count() == 0
