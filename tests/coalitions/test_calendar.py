"""The calendar of a coalition: who reads it, at the page and at the address of a program."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from extranet.coalitions.events import KeptDate
from extranet.coalitions.models import CalendarFeed, CoalitionState, Plustaak
from extranet.coalitions.rules.calendar import by_month, in_order
from extranet.membership.models import Seat
from extranet.people.models import Person, Tenure
from extranet.people.queries import hash_token
from tests.coalitions.alliances import WHO
from tests.factories import make_seat, make_tenure
from tests.membership.places import logged, text_of

HERE = "/noord/coalities/groen-gas"
CALENDAR = f"{HERE}/agenda"
YESTERDAY = date(2026, 11, 22)
CLOSED_TO = {"stranger": 302, "outsider": 404, "operator": 404}
ADDRESS = re.compile(r"http://localhost(/agenda/[\w-]{43}\.ics)")
# Whom each acts for, as their forms say.
BEHALF = {
    "reader": "Venray",
    "partner": "Net",
    "participant": "Beesel",
    "representative": "Venray",
    "lead": "Weert",
    "guest": "Boeren",
}


@pytest.fixture
def dated(database, alliance):
    """The coalition below its threshold, with a plustaak that lives, one off and one elsewhere."""
    with database.unit_of_work() as session:
        session.add(alliance.coalition)
        alliance.coalition.state = CoalitionState.BELOW_THRESHOLD
        alliance.coalition.below_since = date(2026, 11, 1)
        alliance.coalition.grace_until = date(2027, 1, 30)
        moment = datetime.fromisoformat("2026-11-01T09:00:00+01:00")
        for coalition, plugin, state in (
            (alliance.coalition, "zon", "on"),
            (alliance.coalition, "wind", "off"),
            (alliance.other, "elders", "on"),
        ):
            session.add(
                Plustaak(
                    coalition_id=coalition.id,
                    plugin=plugin,
                    state=state,
                    enabled_at=moment,
                    live_since=date(2026, 11, 10),
                )
            )
    return alliance


def acting(alliance, who):
    """Return a form as somebody's page sends it."""
    organisation = alliance.organisations[BEHALF.get(who, "Horst aan de Maas")]
    return {"acting": f"{alliance.region.id}-{organisation.id}"}


def feed_of(browser, alliance, who):
    """Let somebody make an address and return it, without the site."""
    answer = browser.post(f"{CALENDAR}/adres", data=acting(alliance, who))
    assert answer.status_code == 200
    return ADDRESS.search(answer.text).group(1)


def events_in(answer):
    return {str(one["summary"]): one for one in Calendar.from_ical(answer.data).walk("VEVENT")}


def test_days_stand_in_order_by_month():
    def day(number, on, starts_at=None):
        moment = datetime.fromisoformat("2026-11-01T09:00:00+01:00")
        return KeptDate(
            key=str(number), title=str(number), on=on, starts_at=starts_at, changed_at=moment
        )

    days = [
        day(4, date(2027, 1, 1)),
        day(3, date(2026, 11, 30), time(20)),
        day(2, date(2026, 11, 30)),
        day(1, date(2026, 11, 2)),
    ]

    months = by_month(in_order(days))

    assert [(one.first, [d.title for d in one.dates]) for one in months] == [
        (date(2026, 11, 1), ["1", "2", "3"]),
        (date(2027, 1, 1), ["4"]),
    ]


@pytest.mark.parametrize("who", WHO)
def test_page_and_file_are_for_who_may_look_into_the_coalition(enter, dated, who):
    browser = enter(who)
    answers = [browser.get(path) for path in (CALENDAR, f"{CALENDAR}/agenda.ics")]

    assert [one.status_code for one in answers] == [CLOSED_TO.get(who, 200)] * 2
    if who not in CLOSED_TO:
        said = text_of(answers[0])
        assert "januari 2027 30 januari 2027 Laatste dag om genoeg gemeenten te vinden" in said
        assert "november 2026 10 november 2026 zon ging live zon" in said
        assert "wind" not in said
        assert "elders" not in said
        assert "BEGIN:VCALENDAR" in answers[1].text


@pytest.mark.parametrize("who", WHO)
def test_whoever_may_look_gets_an_address_that_needs_no_account(app, enter, dated, who):
    browser = enter(who)
    if who in CLOSED_TO:
        for path in ("adres", "adres/stoppen"):
            assert browser.post(f"{CALENDAR}/{path}").status_code == CLOSED_TO[who]
        return

    answer = app.test_client().get(feed_of(browser, dated, who))

    assert answer.status_code == 200
    assert set(events_in(answer)) == {"Laatste dag om genoeg gemeenten te vinden", "zon ging live"}


def test_address_is_shown_once_and_kept_as_a_hash(database, enter, dated):
    browser = enter("reader")
    address = feed_of(browser, dated, "reader")
    secret = address.removeprefix("/agenda/").removesuffix(".ics")

    assert secret not in browser.get(CALENDAR).text
    assert "Je hebt een adres sinds 23 november 2026." in text_of(browser.get(CALENDAR))
    with database.reading() as session:
        assert session.scalars(select(CalendarFeed.secret_hash)).all() == [hash_token(secret)]
        assert logged(session) == ["calendar_feed.made"]


def test_new_address_takes_the_place_of_the_old_one_and_can_be_stopped(database, app, enter, dated):
    browser, program = enter("guest"), app.test_client()
    old, new = (feed_of(browser, dated, "guest") for _ in range(2))
    before = [program.get(one).status_code for one in (old, new)]

    answer = browser.post(f"{CALENDAR}/adres/stoppen", data=acting(dated, "guest"))
    again = browser.post(f"{CALENDAR}/adres/stoppen", data=acting(dated, "guest"))

    assert (before, answer.status_code, again.status_code) == ([404, 200], 302, 302)
    assert [program.get(one).status_code for one in (old, new)] == [404, 404]
    with database.reading() as session:
        wanted = ["calendar_feed.made", "calendar_feed.made", "calendar_feed.revoked"]
        assert logged(session) == wanted
    assert program.get(feed_of(browser, dated, "guest")).status_code == 200


def test_address_of_somebody_else_stays_when_one_stops(app, enter, dated, sign_in):
    of_reader = feed_of(enter("reader"), dated, "reader")
    of_lead = feed_of(enter("lead"), dated, "lead")

    enter("lead").post(f"{CALENDAR}/adres/stoppen", data=acting(dated, "lead"))

    program = app.test_client()
    assert [program.get(one).status_code for one in (of_reader, of_lead)] == [200, 404]


def left(session, person, _alliance):
    tenure = session.scalars(select(Tenure).where(Tenure.person_id == person.id)).one()
    tenure.until_date = YESTERDAY


def seat_closed(session, person, _alliance):
    tenure = session.scalars(select(Tenure).where(Tenure.person_id == person.id)).one()
    session.get_one(Seat, tenure.seat_id).ended_on = YESTERDAY


def account_closed(session, person, _alliance):
    moment = datetime.fromisoformat("2026-11-22T09:00:00+01:00")
    session.get_one(Person, person.id).disabled_at = moment


def went_to_the_other_region(session, person, alliance):
    left(session, person, alliance)
    away = alliance.organisations["Kerkrade"]
    seat = make_seat(session, region=alliance.other_region, organisation=away)
    make_tenure(session, person=person, seat=seat)


def became_guest_elsewhere(session, person, alliance):
    left(session, person, alliance)
    ally = alliance.organisations["Boeren"]
    seat = make_seat(session, region=alliance.region, organisation=ally)
    seat.coalition_id = alliance.other.id
    make_tenure(session, person=person, seat=seat)


@pytest.mark.parametrize("who", ["guest", "reader"])
@pytest.mark.parametrize(
    "lose",
    [left, seat_closed, account_closed, went_to_the_other_region, became_guest_elsewhere],
)
def test_address_closes_with_the_right_to_look(database, app, enter, dated, who, lose):
    address, program = feed_of(enter(who), dated, who), app.test_client()
    etag = program.get(address).headers["ETag"]
    with database.unit_of_work() as session:
        lose(session, dated.people[who], dated)

    answer = program.get(address, headers={"If-None-Match": etag})

    assert answer.status_code == 404
    assert b"VCALENDAR" not in answer.data


@pytest.mark.parametrize("secret", ["x", "A" * 43, "..%2f", "%00"])
def test_made_up_address_finds_nothing(client, dated, secret):
    assert client.get(f"/agenda/{secret}.ics").status_code == 404


def test_program_may_keep_the_file_and_asks_whether_it_changed(database, app, enter, dated, clock):
    address, program = feed_of(enter("lead"), dated, "lead"), app.test_client()
    first = program.get(address)
    clock.advance(days=3)
    same = program.get(address, headers={"If-None-Match": first.headers["ETag"]})
    with database.unit_of_work() as session:
        session.add(dated.coalition)
        dated.coalition.grace_until = date(2027, 2, 28)
    changed = program.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (same.status_code, same.data) == (304, b"")
    assert changed.status_code == 200
    before, after = (
        events_in(one)["Laatste dag om genoeg gemeenten te vinden"] for one in (first, changed)
    )
    assert before["uid"] == after["uid"]
    assert (before["dtstart"].dt, after["dtstart"].dt) == (date(2027, 1, 30), date(2027, 2, 28))


def test_day_is_a_whole_day_in_the_standard_form(enter, dated):
    browser = enter("lead")
    lines = browser.get(f"{CALENDAR}/agenda.ics").data.split(b"\r\n")
    grace = events_in(browser.get(f"{CALENDAR}/agenda.ics"))[
        "Laatste dag om genoeg gemeenten te vinden"
    ]

    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)
    assert grace["uid"] == f"coalition:{dated.coalition.id}:grace@localhost"
    assert grace["dtend"].dt - grace["dtstart"].dt == timedelta(days=1)
    assert grace["dtstamp"].dt.isoformat() == "2026-11-01T00:00:00+00:00"
    assert b"DTSTART;VALUE=DATE:20270130" in lines


def test_address_speaks_the_language_of_its_owner(database, app, enter, dated):
    address = feed_of(enter("lead"), dated, "lead")
    with database.unit_of_work() as session:
        session.get_one(Person, dated.people["lead"].id).locale = "en"

    answer = app.test_client().get(address)

    assert "Last day to find enough municipalities" in events_in(answer)


def test_empty_calendar_says_what_belongs_there(enter, alliance):
    said = text_of(enter("guest").get(CALENDAR))

    assert "Hier komen de data van deze coalitie." in said
    assert "Eén keer downloaden" not in said
