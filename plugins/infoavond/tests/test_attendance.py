"""Who came, written down at the door."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from extranet.plugins.testing import VISITORS
from extranet_infoavond.models import Evening, Page, Signup
from plugins.infoavond.tests.gatherings import (
    add_people,
    add_signup,
    all_of,
    make_gathering,
    statements_of,
    text_of,
)

STATUS = {
    "stranger": 302,
    "other_region": 404,
    "guest_elsewhere": 404,
    "other_coalition": 403,
    "partner": 403,
    "admin": 403,
    "guest": 403,
}


@pytest.fixture
def gathering(site):
    made = make_gathering(site)
    site.door = lambda path="": site.address(f"{made.evening_id}/opkomst{path}")
    return made


@pytest.fixture
def on_the_day(site, gathering):
    """Let a test go to the day of the evening, once people have signed up."""

    def arrive():
        # The clock stands still, or everybody would be signed out: the evening comes nearer.
        with site.unit_of_work() as session:
            session.get_one(Evening, gathering.evening_id).held_on = site.clock.now().date()

    return arrive


def came(site):
    return [one.came for one in all_of(site, Signup)]


@pytest.mark.parametrize("visitor", VISITORS)
def test_only_seats_of_the_municipality_stand_at_its_door(site, gathering, on_the_day, visitor):
    number, _code = add_signup(site, gathering, name="Jan Bij Een")
    on_the_day()
    shown = site.visit(visitor).get(site.door())
    posted = site.post(visitor, site.door(f"/{number}"), came="1")

    assert shown.status_code == STATUS.get(visitor, 200)
    assert ("Jan Bij Een" in text_of(shown)) == (visitor == "lead")
    assert posted.status_code == STATUS.get(visitor, 302 if visitor == "lead" else 404)
    assert came(site) == [1 if visitor == "lead" else None]


def test_number_is_written_once_however_often_it_is_sent_and_taken_back(
    site, gathering, on_the_day
):
    number, _code = add_signup(site, gathering, people=3)
    on_the_day()
    seen = []
    for value in ("3", "3", "2", "0", ""):
        answer = site.post("lead", site.door(f"/{number}"), came=value, zoek="jan")
        seen.append((answer.headers["Location"], *came(site)))

    where = f"{site.door()}?zoek=jan#aanmelding-{number}"
    assert seen == [(where, 3), (where, 3), (where, 2), (where, 0), (where, None)]


@pytest.mark.parametrize("value", ["-1", "21", "twee", "99999999999"])
def test_number_that_cannot_be_is_refused(site, gathering, on_the_day, value):
    number, _code = add_signup(site, gathering)
    on_the_day()
    answer = site.post("lead", site.door(f"/{number}"), came=value)

    assert answer.status_code == 422
    assert came(site) == [None]


def test_attendance_waits_for_the_day_and_for_an_evening_that_goes_on(site, gathering, on_the_day):
    number, _code = add_signup(site, gathering)
    early = site.post("lead", site.door(f"/{number}"), came="1")
    shown_early = text_of(site.visit("lead").get(site.door()))
    on_the_day()
    with site.unit_of_work() as session:
        session.execute(text("UPDATE infoavond_evenings SET state = 'cancelled'"))
    cancelled = site.post("lead", site.door("/nieuw"), name="Binnen Loper", people="1")

    assert (early.status_code, cancelled.status_code) == (409, 409)
    assert "De opkomst leg je vast op de dag van de avond" in shown_early
    assert "Gekomen" not in shown_early
    assert came(site) == [None]


def test_walk_in_is_added_once_and_counts_for_ones_own(site, gathering, on_the_day):
    on_the_day()
    form = {"name": "Binnen Loper", "people": "2", "newest": "0"}
    answers = [site.post("lead", site.door("/nieuw"), **form) for _ in range(2)]
    (made,) = all_of(site, Signup)
    again = site.post("lead", site.door("/nieuw"), **{**form, "newest": str(made.id)})

    assert [one.status_code for one in (*answers, again)] == [302] * 3
    assert (made.came, made.people, made.is_walk_in) == (2, 2, True)
    assert made.organisation_id == gathering.hosts[0]
    assert made.keep_until == site.clock.now().date() + timedelta(days=90)
    assert len(all_of(site, Signup)) == 2
    assert "Binnen Loper" not in text_of(site.visit("participant").get(site.door()))


def test_walk_in_needs_a_page_that_says_how_long_names_are_kept(site, gathering, on_the_day):
    with site.unit_of_work() as session:
        session.delete(session.get_one(Page, (gathering.evening_id, gathering.hosts[0])))
    on_the_day()
    shown = text_of(site.visit("lead").get(site.door()))
    answer = site.post("lead", site.door("/nieuw"), name="Binnen Loper", people="1")

    assert "zodra je openbare pagina er is" in shown
    assert answer.status_code == 409
    assert all_of(site, Signup) == []


def test_walk_in_without_a_name_comes_back(site, gathering, on_the_day):
    on_the_day()
    answer = site.post("lead", site.door("/nieuw"), name=" ", company="Hoeve", people="1")

    assert answer.status_code == 422
    assert 'value="Hoeve"' in text_of(answer)


def test_door_is_searched_and_leaves_out_who_called_off(site, gathering, on_the_day):
    add_signup(site, gathering, name="Jan Jansen")
    add_signup(site, gathering, name="Piet Peters")
    number, _code = add_signup(site, gathering, name="Jan Weg")
    site.post("lead", site.address(f"{gathering.evening_id}/aanmeldingen/{number}/afmelden"))
    on_the_day()
    found = text_of(site.visit("lead").get(site.door(), query_string={"zoek": "JAN"}))

    assert [name in found for name in ("Jan Jansen", "Piet Peters", "Jan Weg")] == [
        True,
        False,
        False,
    ]
    assert site.post("lead", site.door(f"/{number}"), came="1").status_code == 409


def test_log_says_once_that_attendance_is_taken(site, gathering, on_the_day):
    numbers = [add_signup(site, gathering, name=name)[0] for name in ("Een", "Twee", "Drie")]
    on_the_day()
    for number in numbers:
        site.post("lead", site.door(f"/{number}"), came="1")
    with site.unit_of_work() as session:
        rows = session.execute(text("SELECT action, before, after FROM activity_entries")).all()
    logged = [row.action for row in rows if "infoavond" in row.action]

    assert logged == ["infoavond_attendance.begun"]


def test_door_takes_as_many_statements_for_three_as_for_one(site, gathering, on_the_day):
    add_signup(site, gathering)
    lead = site.visit("lead")
    one = statements_of(site, lambda: lead.get(site.door()))
    for name in ("Twee", "Drie"):
        add_signup(site, gathering, name=name)
    on_the_day()

    assert statements_of(site, lambda: lead.get(site.door())) == one


def test_door_goes_on_after_fifty(site, gathering, on_the_day):
    add_people(site, gathering, 0, 510)
    on_the_day()
    lead = site.visit("lead")
    first = text_of(lead.get(site.door()))
    second = text_of(lead.get(site.door(), query_string={"na": "50"}))

    assert (first.count('id="aanmelding-'), second.count('id="aanmelding-')) == (50, 1)
    assert "na=50" in first
