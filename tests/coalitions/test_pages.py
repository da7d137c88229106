"""The pages of coalitions: who may open what, what they show, and what their forms do."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from extranet.coalitions.models import Coalition, CoalitionState, Participation
from extranet.membership.models import Seat
from extranet.outbox.models import Mail
from tests.basistaken.tasks import statements
from tests.coalitions.alliances import WHO, make_alliance, make_coalition, make_participation
from tests.factories import make_membership, make_organisation
from tests.membership.places import logged, text_of

HERE = "/noord/coalities/groen-gas"
EVERYBODY = set(WHO) - {"stranger", "outsider", "operator"}
MANAGERS = {"lead", "admin"}
# What each page answers to whom: the others get 404 or 403, a stranger the way to sign in.
OPEN_TO = {
    "/noord/coalities/": EVERYBODY - {"guest"},
    "/noord/coalities/coalities.csv": EVERYBODY - {"guest"},
    "/noord/coalities/nieuw": EVERYBODY - {"guest", "reader", "member"},
    f"{HERE}/": EVERYBODY,
    f"{HERE}/deelnemers": EVERYBODY,
    f"{HERE}/activiteit": EVERYBODY,
    f"{HERE}/gegevens": MANAGERS,
    f"{HERE}/deelnemers/toevoegen": MANAGERS,
    f"{HERE}/gasten": MANAGERS,
    f"{HERE}/gasten/uitnodigen": MANAGERS,
    f"{HERE}/sluiten": MANAGERS,
    f"{HERE}/deelnemers/1/instemming": MANAGERS,
    f"{HERE}/deelnemers/2/instemming": MANAGERS | {"representative"},
    f"{HERE}/deelnemers/2/vertrek": MANAGERS | {"representative"},
}
OUTSIDE = {"outsider", "operator"}


@pytest.mark.parametrize("who", WHO)
def test_page_opens_for_whom_it_is_meant(enter, who):
    browser = enter(who)

    found = {path: browser.get(path).status_code for path in OPEN_TO}

    for path, status in found.items():
        if who == "stranger":
            wanted = 302
        elif who in OPEN_TO[path]:
            wanted = 200
        else:
            wanted = 404 if who in OUTSIDE or (who == "guest" and HERE not in path) else 403
        assert (path, status) == (path, wanted)


def test_guest_sees_nothing_else_of_the_region(enter):
    browser = enter("guest")
    hidden = (
        "/noord/",
        "/noord/leden",
        "/noord/mensen",
        "/noord/bijdragen",
        "/noord/zoeken?q=Weert",
    )

    assert {path: browser.get(path).status_code for path in hidden} == dict.fromkeys(hidden, 404)
    assert browser.get("/noord/coalities/andere-coalitie/").status_code == 404


def test_guest_has_no_way_up_and_starts_in_the_workspace(enter):
    browser = enter("guest")

    page = browser.get(f"{HERE}/").get_data(as_text=True)
    start = browser.get("/").get_data(as_text=True)

    assert 'href="/noord/leden"' not in page
    assert 'href="/noord/coalities/"' not in page
    assert f'href="{HERE}/"' in start


def test_guest_that_was_let_go_is_out_at_the_next_request(database, enter, alliance, sign_in, app):
    guest, lead = app.test_client(), enter("lead")
    sign_in(guest, alliance.people["guest"])
    before = guest.get(f"{HERE}/").status_code
    with database.reading() as session:
        seat_id = session.scalars(
            select(Seat.id).where(Seat.coalition_id == alliance.coalition.id)
        ).one()

    answer = lead.post(f"{HERE}/gasten/{seat_id}/beeindigen", data=acting(alliance, "Weert"))

    assert (before, answer.status_code, guest.get(f"{HERE}/").status_code) == (200, 302, 404)


def acting(alliance, behalf, **values):
    """Return a form as a page sends it on behalf of an organisation."""
    return {"acting": f"{alliance.region.id}-{alliance.organisations[behalf].id}", **values}


def test_coalitions_of_another_region_do_not_exist_here(enter):
    assert enter("outsider").get("/zuid/coalities/groen-gas/").status_code == 404


def test_list_shows_state_count_and_own(enter):
    said = text_of(enter("representative").get("/noord/coalities/"))

    assert "Groen gas je organisatie doet mee Actief 3 van 3 gemeenten" in said
    assert "Andere coalitie Vormt zich 1 van 3 gemeenten" in said


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("zoek=groen", {"Groen gas"}),
        ("status=forming", {"Andere coalitie"}),
        ("eigen=1", {"Groen gas"}),
        ("zoek=%25", set()),
        ("", {"Groen gas", "Andere coalitie"}),
    ],
)
def test_list_keeps_to_its_filters(enter, query, shown):
    browser = enter("representative")
    page = browser.get(f"/noord/coalities/?{query}").get_data(as_text=True)
    file = browser.get(f"/noord/coalities/coalities.csv?{query}").get_data(as_text=True)

    names = {"Groen gas", "Andere coalitie"}
    assert {name for name in names if f">{name}</a>" in page} == shown
    assert {name for name in names if name in file} == shown


def test_pages_ask_as_few_questions_with_three_hundred_coalitions(app, database, enter, alliance):
    browser = enter("representative")
    paths = ("/noord/coalities/", f"{HERE}/", f"{HERE}/deelnemers", f"{HERE}/activiteit")
    few = [_asked(app, browser, path) for path in paths]
    with database.unit_of_work() as session:
        _crowd(session, alliance)
    many = [_asked(app, browser, path) for path in paths]

    assert few == many
    assert max(few) <= 5


def _asked(app, browser, path):
    with statements(app) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def _crowd(session, alliance):
    """Make three hundred more coalitions, and twelve more participants of this one."""
    weert = alliance.organisations["Weert"]
    for number in range(300):
        one = make_coalition(session, region=alliance.region, by=weert, name=f"Coalitie {number}")
        make_participation(session, coalition=one, organisation=weert)
    for _ in range(12):
        organisation = make_organisation(session)
        make_membership(session, region=alliance.region, organisation=organisation)
        make_participation(session, coalition=alliance.coalition, organisation=organisation)


def test_initiative_comes_to_a_coalition_through_the_forms(database, enter, alliance):
    browser = enter("lead")
    form = {"name": "Warmte samen", "aim": "Onderzoeken wat kan.", "reason": ""}
    made = browser.post("/noord/coalities/nieuw", data=acting(alliance, "Weert", **form))
    there = "/noord/coalities/warmte-samen"
    said = text_of(browser.get(f"{there}/"))

    assert made.location == f"{there}/"
    assert "Initiatief" in said
    assert "Weert Wij doen mee" in said

    browser = enter("admin")
    seat = {"lead_seat_id": alliance.lead_seat.id}
    forming = browser.post(f"{there}/vormen", data=acting(alliance, "Horst aan de Maas", **seat))
    for name in ("Weert", "Venray", "Beesel"):
        join = {"organisation_id": alliance.organisations[name].id, "from_date": "23-11-2026"}
        joined = browser.post(
            f"{there}/deelnemers/toevoegen", data=acting(alliance, "Horst aan de Maas", **join)
        )
        assert joined.status_code == 302
    waiting = text_of(browser.get(f"{there}/"))
    with database.reading() as session:
        numbers = session.scalars(
            select(Participation.id)
            .join(Coalition, Coalition.id == Participation.coalition_id)
            .where(Coalition.slug == "warmte-samen")
        ).all()
    consent = {"body": "college", "consented_on": "20-11-2026", "evidence": "besluit 7"}
    for number in numbers:
        browser.post(
            f"{there}/deelnemers/{number}/instemming",
            data=acting(alliance, "Horst aan de Maas", version=1, **consent),
        )
    active = text_of(browser.get(f"{there}/"))

    assert forming.location == f"{there}/deelnemers"
    assert "Vormt zich" in waiting
    assert "nog 3 nodig" in waiting
    assert "Actief 3 van 3 gemeenten" in active


def test_consent_of_a_stale_form_is_a_conflict_that_loses_nothing(enter, alliance):
    number = alliance.participations["Venray"].id
    consent = {"body": "raad", "consented_on": "20-11-2026", "evidence": "besluit 8", "version": 9}

    answer = enter("representative").post(
        f"{HERE}/deelnemers/{number}/instemming", data=acting(alliance, "Venray", **consent)
    )

    assert answer.status_code == 409
    assert {"besluit 8", "besluitenlijst 1 februari 2026"} <= {
        word for word in ("besluit 8", "besluitenlijst 1 februari 2026") if word in text_of(answer)
    }


def test_leaving_shows_first_what_it_does(database, enter, alliance):
    number = alliance.participations["Venray"].id
    browser = enter("representative")
    shown = text_of(browser.get(f"{HERE}/deelnemers/{number}/vertrek"))
    left = browser.post(
        f"{HERE}/deelnemers/{number}/vertrek",
        data=acting(alliance, "Venray", version=1, until_date="22-11-2026", reason="Geen tijd"),
    )
    after = text_of(browser.get(f"{HERE}/"))

    assert "van 3 naar 2 gemeenten" in shown
    assert "komt onder de drempel" in shown
    assert left.status_code == 302
    assert "Onder de drempel 2 van 3 gemeenten" in after
    assert "tot 21 februari 2027" in after.lower()
    with database.reading() as session:
        assert session.scalars(select(Mail.template)).all() == ["coalitions/mail_state.txt"]


def test_guest_is_let_in_with_one_mail(database, enter, alliance):
    form = {
        "code": "KVK:87654321",
        "title": "Praktijkkennis",
        "name": "Jo",
        "email": "jo@example.org",
    }

    answer = enter("lead").post(f"{HERE}/gasten/uitnodigen", data=acting(alliance, "Weert", **form))

    assert answer.status_code == 302
    with database.reading() as session:
        assert session.scalars(select(Mail.to_address)).all() == ["jo@example.org"]
        assert logged(session) == ["guest.let_in", "invitation.sent"]


@pytest.mark.parametrize(
    ("code", "message"),
    [("kvk:1", "Geen enkele organisatie"), ("gm:0984", "Venray is al lid van de regio.")],
)
def test_guest_of_a_member_or_of_nobody_is_refused(enter, alliance, code, message):
    form = {"code": code, "title": "x", "name": "Jo", "email": "jo@example.org"}

    answer = enter("lead").post(f"{HERE}/gasten/uitnodigen", data=acting(alliance, "Weert", **form))

    assert answer.status_code == 422
    assert message in text_of(answer)


@pytest.mark.parametrize("state", list(CoalitionState))
def test_workspace_shows_every_state(database, client, sign_in, state):
    with database.unit_of_work() as session:
        made = make_alliance(session, state=CoalitionState.ACTIVE)
        made.coalition.state = state
        if state == CoalitionState.BELOW_THRESHOLD:
            made.coalition.below_since = date(2026, 11, 1)
            made.coalition.grace_until = date(2027, 1, 30)
        if state == CoalitionState.CLOSED:
            made.coalition.closed_on = date(2026, 11, 1)

    for who in ("lead", "member", "guest"):
        browser = sign_in(client, made.people[who])
        assert browser.get(f"{HERE}/").status_code == 200
        assert browser.get(f"{HERE}/deelnemers").status_code == 200
