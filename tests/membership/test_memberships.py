from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from extranet.activity.models import ActivityEntry
from extranet.errors import InvalidInput
from extranet.membership.events import MembershipCorrected, MembershipEnded, MembershipStarted
from extranet.membership.models import LegalForm, Membership, MembershipKind
from extranet.membership.queries import members_on, memberships_in
from extranet.membership.queries.dossiers import get_dossier
from extranet.membership.rules.periods import Publication
from extranet.membership.services.memberships import (
    appoint_centrum,
    correct_membership,
    end_membership,
    start_membership,
    terms_of,
)
from tests.factories import make_membership, make_organisation, make_region, make_seat
from tests.membership.places import PUBLISHED, listen, logged, make_place, terms

LAST_DAY = date(2027, 12, 31)


def refused(action):
    with pytest.raises(InvalidInput) as caught:
        action()
    return set(caught.value.fields)


@pytest.fixture
def world(session):
    return make_place(session)


def test_start_makes_a_member_and_tells_it(session, world):
    heard = listen(session)
    roermond = make_organisation(session, name="Roermond")

    made = start_membership(
        session, region_id=world.region.id, organisation=roermond, terms=terms(), actor=None
    )

    assert terms_of(made) == terms()
    assert logged(session) == ["membership.started"]
    assert heard == [
        MembershipStarted(
            membership_id=made.id,
            region_id=world.region.id,
            organisation_id=roermond.id,
            from_date=date(2027, 1, 1),
        )
    ]


def test_start_refuses_a_second_membership_in_the_same_period(session, world):
    assert refused(
        lambda: start_membership(
            session,
            region_id=world.region.id,
            organisation=world.organisations["Venray"],
            terms=terms(),
            actor=None,
        )
    ) == {"from_date"}


def test_start_accepts_a_member_of_another_region(session, world):
    start_membership(
        session,
        region_id=world.region.id,
        organisation=world.organisations["Kerkrade"],
        terms=terms(),
        actor=None,
    )

    names = [m.name for m in members_on(session, world.region.id, date(2027, 1, 1))]
    assert names == ["Beesel", "Kerkrade", "Venray", "Weert"]


def test_start_refuses_joining_a_regeling_before_its_publication(session, world):
    roermond = make_organisation(session)

    def start(region):
        start_membership(
            session,
            region_id=region.id,
            organisation=roermond,
            terms=terms(from_date=date(2026, 1, 1)),
            actor=None,
        )

    assert refused(lambda: start(world.region)) == {"from_date"}
    start(make_region(session, legal_form=LegalForm.SOK))


def test_start_refuses_a_second_centrum(session, world):
    assert refused(
        lambda: start_membership(
            session,
            region_id=world.region.id,
            organisation=make_organisation(session),
            terms=terms(),
            is_centrum=True,
            actor=None,
        )
    ) == {"is_centrum"}


def test_start_refuses_a_partner_as_centrum(session):
    region = make_region(session)

    assert refused(
        lambda: start_membership(
            session,
            region_id=region.id,
            organisation=make_organisation(session),
            terms=terms(kind=MembershipKind.PARTNER),
            is_centrum=True,
            actor=None,
        )
    ) == {"kind"}


def test_start_refuses_who_went_into_another_organisation(session, world):
    gone = make_organisation(session)
    gone.successor_id, gone.successor_from = world.organisations["Weert"].id, date(2027, 1, 1)

    def start(from_date):
        start_membership(
            session,
            region_id=world.region.id,
            organisation=gone,
            terms=terms(from_date=from_date),
            actor=None,
        )

    assert refused(lambda: start(date(2027, 1, 1))) == {"from_date"}
    start(date(2026, 12, 31))


def test_end_gives_the_last_day_and_closes_the_seats(session, world):
    heard = listen(session)
    venray, membership = world.organisations["Venray"], world.members["Venray"]
    open_seat = make_seat(session, region=world.region, organisation=venray)
    later = make_seat(session, region=world.region, organisation=venray)
    later.ended_on = LAST_DAY + timedelta(days=30)
    earlier = make_seat(session, region=world.region, organisation=venray)
    earlier.ended_on = date(2026, 1, 1)
    elsewhere = make_seat(session, region=world.other, organisation=venray)
    neighbour = make_seat(session, region=world.region, organisation=world.organisations["Weert"])

    end_membership(
        session, membership=membership, until_date=LAST_DAY, publication=PUBLISHED, actor=None
    )

    assert membership.until_date == LAST_DAY
    assert [open_seat.ended_on, later.ended_on] == [LAST_DAY, LAST_DAY]
    assert earlier.ended_on == date(2026, 1, 1)
    assert [elsewhere.ended_on, neighbour.ended_on] == [None, None]
    assert [type(event) for event in heard] == [MembershipEnded]
    entry = session.scalars(select(ActivityEntry)).one()
    assert entry.action == "membership.ended"
    assert (entry.before["until_date"], entry.after["until_date"]) == (None, "2027-12-31")
    assert set(entry.after) == {"until_date", "leaving_published_on", "leaving_publication"}


def test_end_refuses_the_centrum(session, world):
    assert refused(
        lambda: end_membership(
            session,
            membership=world.members["Weert"],
            until_date=LAST_DAY,
            publication=PUBLISHED,
            actor=None,
        )
    ) == {"until_date"}


def test_end_refuses_without_publication_of_leaving(session, world):
    assert refused(
        lambda: end_membership(
            session,
            membership=world.members["Venray"],
            until_date=LAST_DAY,
            publication=Publication(),
            actor=None,
        )
    ) == {"leaving_published_on", "leaving_publication"}


def test_end_of_a_partner_needs_no_publication(session, world):
    partner = make_membership(session, region=world.region, kind=MembershipKind.PARTNER)

    end_membership(
        session, membership=partner, until_date=LAST_DAY, publication=Publication(), actor=None
    )

    assert partner.until_date == LAST_DAY


def test_end_refuses_a_second_time(session, world):
    def end():
        end_membership(
            session,
            membership=world.members["Venray"],
            until_date=LAST_DAY,
            publication=PUBLISHED,
            actor=None,
        )

    end()

    assert refused(end) == {""}


def test_correct_changes_what_was_recorded_and_logs_only_that(session, world):
    heard = listen(session)
    membership = world.members["Venray"]
    wanted = terms(from_date=date(2026, 7, 1))

    correct_membership(session, membership=membership, terms=wanted, actor=None)

    assert terms_of(membership) == wanted
    assert [type(event) for event in heard] == [MembershipCorrected]
    entry = session.scalars(select(ActivityEntry)).one()
    assert entry.before["from_date"] == "2020-01-01"
    assert "kind" not in entry.after


def test_correct_without_a_difference_does_nothing(session, world):
    heard = listen(session)
    membership = world.members["Venray"]

    correct_membership(session, membership=membership, terms=terms_of(membership), actor=None)

    assert (logged(session), heard) == ([], [])


def test_correct_takes_the_seats_along_with_the_last_day(session, world):
    membership = world.members["Venray"]
    seat = make_seat(session, region=world.region, organisation=world.organisations["Venray"])
    end_membership(
        session, membership=membership, until_date=LAST_DAY, publication=PUBLISHED, actor=None
    )

    again = replace(terms_of(membership), until_date=None, leaving=Publication())
    correct_membership(session, membership=membership, terms=again, actor=None)

    assert (membership.until_date, seat.ended_on) == (None, None)


def test_correct_asks_for_a_publication_only_of_what_it_changes(session, world):
    membership = world.members["Venray"]
    membership.joining_published_on = None
    session.flush()
    later = replace(terms_of(membership), from_date=date(2021, 1, 1))
    ended = replace(terms_of(membership), until_date=LAST_DAY, leaving=PUBLISHED)

    def correct(wanted):
        correct_membership(session, membership=membership, terms=wanted, actor=None)

    assert refused(lambda: correct(later)) == {"joining_published_on", "joining_publication"}
    correct(ended)


def test_correct_protects_the_centrum(session, world):
    membership = world.members["Weert"]

    assert refused(
        lambda: correct_membership(
            session,
            membership=membership,
            terms=terms(kind=MembershipKind.PARTNER, until_date=LAST_DAY, leaving=PUBLISHED),
            actor=None,
        )
    ) == {"kind", "until_date"}


def test_seats_go_on_with_a_membership_that_follows(session, world):
    membership = world.members["Venray"]
    seat = make_seat(session, region=world.region, organisation=world.organisations["Venray"])
    end_membership(
        session, membership=membership, until_date=LAST_DAY, publication=PUBLISHED, actor=None
    )

    start_membership(
        session,
        region_id=world.region.id,
        organisation=world.organisations["Venray"],
        terms=terms(kind=MembershipKind.PARTNER, from_date=date(2028, 1, 1)),
        actor=None,
    )

    assert seat.ended_on is None


def test_appoint_moves_the_centrum(session, world):
    heard = listen(session)

    appoint_centrum(session, membership=world.members["Venray"], actor=None)

    flags = {name: member.is_centrum for name, member in world.members.items()}
    assert flags == {"Weert": False, "Venray": True, "Beesel": False}
    assert logged(session) == ["membership.centrum_changed"] * 2
    assert [type(event) for event in heard] == [MembershipCorrected] * 2


@pytest.mark.parametrize(
    "values",
    [
        {"is_centrum": True},
        {"kind": MembershipKind.PARTNER},
        {"from_date": date(2027, 1, 1)},
        {"until_date": date(2026, 1, 1)},
    ],
    ids=["already", "partner", "not yet", "no longer"],
)
def test_appoint_refuses_who_cannot_be_centrum(session, values):
    region = make_region(session)
    membership = make_membership(session, region=region, **values)

    assert refused(lambda: appoint_centrum(session, membership=membership, actor=None)) == {""}


def test_memberships_in_a_period_include_who_left_in_it(session):
    region = make_region(session)
    make_membership(
        session,
        region=region,
        organisation=make_organisation(session, name="Weg"),
        until_date=date(2026, 6, 30),
    )
    make_membership(
        session,
        region=region,
        organisation=make_organisation(session, name="Later"),
        from_date=date(2027, 1, 1),
    )

    def names(first, last):
        found = memberships_in(session, region.id, from_date=first, until_date=last)
        return [member.name for member in found]

    assert names(date(2026, 1, 1), date(2026, 12, 31)) == ["Weg"]
    assert names(date(2026, 6, 30), date(2027, 1, 1)) == ["Later", "Weg"]
    assert names(date(2026, 7, 1), date(2026, 12, 31)) == []


def test_dossier_shows_memberships_of_this_region_only(session, world):
    venray = world.organisations["Venray"]
    make_membership(session, region=world.other, organisation=venray)
    session.add(
        Membership(
            region_id=world.region.id,
            organisation_id=venray.id,
            kind=MembershipKind.PARTNER,
            from_date=date(2018, 1, 1),
            until_date=date(2019, 12, 31),
        )
    )
    session.flush()

    dossier = get_dossier(session, world.region.id, "gm:0984")

    assert [record.from_date.year for record in dossier.memberships] == [2020, 2018]
    assert dossier.on(date(2019, 1, 1)).part == "partner"
    assert dossier.on(date(2017, 1, 1)) is None
