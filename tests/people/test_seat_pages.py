"""The pages of a region's seats: make, change, close, invite, withdraw, hand over, correct."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.db import Database
from extranet.membership.models import Seat
from extranet.outbox.models import Mail
from extranet.people.models import Employment, Invitation, Tenure
from tests.conftest import SettableClock
from tests.factories import (
    make_body,
    make_membership,
    make_organisation,
    make_seat,
)
from tests.membership.places import text_of
from tests.people.conftest import As
from tests.people.seats import Office, tenures_on
from tests.side_by_side import side_by_side

TODAY = date(2026, 11, 23)
PEOPLE = "/noord/mensen"
SEATS = "/noord/beheer/mensen/zetels"
TENURES = "/noord/beheer/mensen/bezetting"
SOMEBODY = {"name": "Noor Nieuw", "email": "noor@example.org", "employment": "hired"}


def seat_now(database: Database, seat: Seat) -> Seat:
    with database.reading() as session:
        return session.get_one(Seat, seat.id)


@pytest.fixture
def empty_seat(database: Database, office: Office) -> Seat:
    with database.unit_of_work() as session:
        return make_seat(
            session, region=office.region, organisation=office.weert, title="Lege zetel"
        )


def test_make_goes_on_to_invite(admin: FlaskClient, database: Database, office: Office) -> None:
    answer = admin.post(
        f"{SEATS}/nieuw",
        data=office.form(
            organisation_id=office.weert.id, title=" Adviseur ", role="contact", body_id=0
        ),
    )

    with database.reading() as session:
        made = session.scalars(select(Seat).order_by(Seat.id.desc())).first()
    assert made is not None
    assert answer.location == f"{SEATS}/{made.id}/uitnodigen"
    assert (made.region_id, made.organisation_id) == (office.region.id, office.weert.id)
    assert (made.title, made.role) == ("Adviseur", Role.CONTACT)


def test_make_takes_only_what_is_of_the_region(
    admin: FlaskClient, database: Database, office: Office
) -> None:
    with database.unit_of_work() as session:
        theirs = make_body(session, region=office.other).id
    given = {"title": "X", "role": "reader", "body_id": 0, "organisation_id": office.weert.id}

    for wrong in ({"organisation_id": office.stranger.seat.organisation_id}, {"body_id": theirs}):
        data = office.form(**given | wrong)
        assert admin.post(f"{SEATS}/nieuw", data=data).status_code == 422


def test_seat_of_a_member_that_leaves_ends_with_it(
    admin: FlaskClient, database: Database, office: Office
) -> None:
    leaves = date(2026, 12, 31)
    with database.unit_of_work() as session:
        gone = make_organisation(session, name="Vertrekt")
        make_membership(session, region=office.region, organisation=gone, until_date=leaves)

    data = office.form(organisation_id=gone.id, title="Kort", role="reader", body_id=0)
    assert admin.post(f"{SEATS}/nieuw", data=data).status_code == 302
    with database.reading() as session:
        assert session.scalars(select(Seat.ended_on).where(Seat.title == "Kort")).one() == leaves


def test_change_gives_the_holder_the_new_role_at_once(
    admin: FlaskClient, browse: As, office: Office
) -> None:
    theirs = browse(office.reader)
    before = theirs.get(f"{SEATS}/nieuw").status_code

    answer = admin.post(
        f"{SEATS}/{office.reader.seat.id}",
        data=office.form(title="Tweede", role="region_admin", body_id=0, version=1),
    )

    assert answer.location == PEOPLE
    assert (before, theirs.get(f"{SEATS}/nieuw").status_code) == (403, 200)


def test_change_keeps_the_only_admin(
    admin: FlaskClient, database: Database, office: Office
) -> None:
    answer = admin.post(
        f"{SEATS}/{office.admin.seat.id}",
        data=office.form(title="X", role="reader", body_id=0, version=1),
    )

    assert answer.status_code == 422
    assert "Vanaf 23 november 2026 zou de regio geen regiobeheerder hebben." in text_of(answer)
    assert seat_now(database, office.admin.seat).role == Role.REGION_ADMIN


CONFLICTS = {
    "change": (SEATS, "", {"title": "Mijn titel", "role": "reader", "body_id": 0}),
    "close": (SEATS, "/beeindigen", {"ended_on": "1-12-2026"}),
    "hand over": (TENURES, "/overdragen", {"until": "1-12-2026", "successor": 0}),
    "correct": (TENURES, "/wijzigen", {"from_date": "1-12-2026"}),
}


@pytest.mark.parametrize("what", CONFLICTS)
def test_stale_form_gets_a_conflict_page(admin: FlaskClient, office: Office, what: str) -> None:
    start, end, values = CONFLICTS[what]
    number = office.reader.seat.id if start == SEATS else office.reader.tenure.id
    data = office.form(employment="hired", version=7, **values)

    answer = admin.post(f"{start}/{number}{end}", data=data)

    assert answer.status_code == 409
    assert "Intussen is er iets veranderd" in answer.text


@pytest.mark.parametrize("what", CONFLICTS)
def test_second_of_two_changes_at_once_gets_a_conflict_page(
    admin: FlaskClient, database: Database, office: Office, what: str
) -> None:
    start, end, values = CONFLICTS[what]
    number = office.reader.seat.id if start == SEATS else office.reader.tenure.id
    data = office.form(employment="hired", version=1, **values)
    statuses = []

    def first(session: Session) -> None:
        session.get_one(Seat, office.reader.seat.id).title = "Eerder"
        session.get_one(Tenure, office.reader.tenure.id).employment = Employment.TRAINEE

    def second(_session: Session) -> None:
        statuses.append(admin.post(f"{start}/{number}{end}", data=data).status_code)

    if database.is_sqlite:
        with database.unit_of_work() as session:
            first(session)
        admin.post(f"{start}/{number}{end}", data=data)
        statuses.append(admin.post(f"{start}/{number}{end}", data=data).status_code)
    else:
        assert side_by_side(database, first, second) is None
    assert statuses == [409]


def test_closed_seat_opens_nothing_after_its_last_day(
    admin: FlaskClient, browse: As, database: Database, office: Office, clock: SettableClock
) -> None:
    address = f"{SEATS}/{office.reader.seat.id}/beeindigen"
    page = text_of(admin.get(address))
    answer = admin.post(address, data=office.form(ended_on="23-11-2026", version=1))
    on_the_day = browse(office.reader).get(PEOPLE).status_code
    clock.advance(days=1)

    assert "Ruud Geraedts heeft door deze zetel geen toegang meer." in page
    assert answer.location == PEOPLE
    assert (on_the_day, browse(office.reader).get(PEOPLE).status_code) == (200, 404)
    assert seat_now(database, office.reader.seat).ended_on == TODAY


@pytest.mark.parametrize("day", ["22-11-2026", "1-1-2027", "morgen", ""])
def test_close_takes_today_or_a_later_day_before_the_end(
    admin: FlaskClient, database: Database, office: Office, day: str
) -> None:
    with database.unit_of_work() as session:
        session.merge(office.reader.seat).ended_on = date(2026, 12, 31)

    data = office.form(ended_on=day, version=2)
    answer = admin.post(f"{SEATS}/{office.reader.seat.id}/beeindigen", data=data)

    assert answer.status_code == 422
    assert seat_now(database, office.reader.seat).ended_on == date(2026, 12, 31)


def test_invitation_is_mailed_with_a_first_day(
    admin: FlaskClient, database: Database, office: Office, empty_seat: Seat
) -> None:
    address = f"{SEATS}/{empty_seat.id}/uitnodigen"
    assert 'value="23-11-2026"' in admin.get(address).text

    answer = admin.post(address, data=office.form(from_date="1-12-2026", **SOMEBODY))

    assert answer.location == PEOPLE
    with database.reading() as session:
        sent = session.scalars(select(Invitation)).one()
        mail = session.scalars(select(Mail)).one()
    assert (sent.from_date, sent.employment) == (date(2026, 12, 1), Employment.HIRED)
    assert (mail.to_address, mail.values["title"]) == ("noor@example.org", "Lege zetel")


@pytest.mark.parametrize("day", ["22-11-2026", "", "1-1-2027"])
def test_invitation_starts_today_or_later_while_the_seat_is_open(
    admin: FlaskClient, database: Database, office: Office, empty_seat: Seat, day: str
) -> None:
    with database.unit_of_work() as session:
        session.merge(empty_seat).ended_on = date(2026, 12, 31)

    data = office.form(from_date=day, **SOMEBODY)
    assert admin.post(f"{SEATS}/{empty_seat.id}/uitnodigen", data=data).status_code == 422
    with database.reading() as session:
        assert session.scalars(select(Mail)).all() == []


def test_invitation_is_withdrawn_once(
    admin: FlaskClient, database: Database, office: Office, empty_seat: Seat
) -> None:
    admin.post(
        f"{SEATS}/{empty_seat.id}/uitnodigen", data=office.form(from_date="1-12-2026", **SOMEBODY)
    )
    with database.reading() as session:
        number = session.scalars(select(Invitation.id)).one()
    address = f"/noord/beheer/mensen/uitnodigingen/{number}/intrekken"

    assert "noor@example.org" in admin.get(PEOPLE).text
    assert admin.post(address).location == PEOPLE
    assert "noor@example.org" not in admin.get(PEOPLE).text
    assert admin.post(address).status_code == 404


def test_admin_of_another_region_reaches_no_seat(
    browse: As, database: Database, office: Office, empty_seat: Seat
) -> None:
    theirs = browse(office.stranger)
    own = f"/zuid/beheer/mensen/zetels/{office.stranger.seat.id}"
    assert theirs.get(own).status_code == 200

    for path in (
        f"zetels/{office.reader.seat.id}",
        f"zetels/{office.reader.seat.id}/beeindigen",
        f"zetels/{empty_seat.id}/uitnodigen",
        f"bezetting/{office.reader.tenure.id}/overdragen",
        f"bezetting/{office.reader.tenure.id}/wijzigen",
    ):
        for region in ("noord", "zuid"):
            address = f"/{region}/beheer/mensen/{path}"
            assert theirs.get(address).status_code == 404, address
            mark = f"{office.other.id}-{office.stranger.seat.organisation_id}"
            data = {
                "acting": mark,
                "version": 1,
                "title": "Van mij",
                "role": "reader",
                "body_id": 0,
                "until": "30-11-2026",
                "from_date": "30-11-2026",
                "ended_on": "30-11-2026",
                "successor": 0,
                **SOMEBODY,
            }
            assert theirs.post(address, data=data).status_code == 404, address
    assert seat_now(database, office.reader.seat).version == 1
    assert tenures_on(database, office.reader.seat)[0][2] is None


def test_admin_of_another_region_withdraws_no_invitation(
    admin: FlaskClient, browse: As, database: Database, office: Office, empty_seat: Seat
) -> None:
    data = office.form(from_date="1-12-2026", **SOMEBODY)
    admin.post(f"{SEATS}/{empty_seat.id}/uitnodigen", data=data)
    with database.reading() as session:
        number = session.scalars(select(Invitation.id)).one()

    answer = browse(office.stranger).post(f"/zuid/beheer/mensen/uitnodigingen/{number}/intrekken")

    assert answer.status_code == 404
    with database.reading() as session:
        assert session.scalars(select(Invitation.revoked_at)).one() is None
