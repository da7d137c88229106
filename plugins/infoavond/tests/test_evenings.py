"""Evenings: the list, the page of one, planning, changing and closing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from extranet_infoavond.models import Evening, Host, LegalBasis, LetterState, Page, Signup
from plugins.infoavond.tests.rows import (
    DAY,
    add_evening,
    add_letter,
    letter_in,
    log_of,
    municipalities,
    read,
    summary_of,
)

FILLED = {
    "title": "Avond in de kas",
    "held_on": "12-3-2027",
    "starts_at": "19.30",
    "ends_at": "22:00",
    "venue": "De Kas",
    "street": "Kasweg 5",
    "town": "Horst",
    "capacity": "60",
}
NEVER = {"stranger": 302, "other_region": 404, "guest_elsewhere": 404}


@pytest.fixture
def evening_id(site):
    """The number of an evening of `met` with two hosts."""
    with site.unit_of_work() as session:
        return add_evening(session, site.place).id


def evenings(site):
    with site.unit_of_work() as session:
        return [
            (row.title, row.held_on, f"{row.starts_at:%H:%M}", row.capacity, row.state)
            for row in session.scalars(select(Evening).order_by(Evening.id))
        ]


def hosts(site, evening_id):
    with site.unit_of_work() as session:
        found = select(Host.organisation_id).where(Host.evening_id == evening_id)
        return sorted(session.scalars(found))


def version(site, evening_id):
    with site.unit_of_work() as session:
        return session.get(Evening, evening_id).version


def change(site, evening_id, path="wijzigen", *, visitor="lead", **values):
    address = site.address(f"{evening_id}/{path}")
    return site.post(visitor, address, version=version(site, evening_id), **values)


def test_participant_plans_an_evening_that_is_found_counted_and_logged(site, ids):
    answer = site.post("participant", site.address("nieuw"), hosts=ids[:2], **FILLED)

    assert answer.status_code == 302
    assert evenings(site) == [("Avond in de kas", DAY, "19:30", 60, "planned")]
    assert hosts(site, 1) == ids[:2]
    assert log_of(site) == ["infoavond_evening.planned"]
    assert read(site, "SELECT title, text, path FROM findables") == [
        ("Avond in de kas", "De Kas Kasweg 5 Horst", "1")
    ]
    assert summary_of(site) == {
        "planned": 1,
        "next_on": "2027-03-12",
        "waiting": [],
        "people": 0,
        "people_is_exact": True,
        "initiatives": 0,
        "overdue": [],
    }


def test_day_and_venue_may_follow_later(site, ids):
    filled = FILLED | {"held_on": "", "starts_at": "", "ends_at": "", "venue": "", "street": ""}

    assert site.post("lead", site.address("nieuw"), hosts=ids[0], **filled).status_code == 302
    assert "Dag nog niet bekend" in site.visit("guest").get(site.address("1")).text


def test_form_starts_with_the_usual_number_of_places(site):
    assert 'value="80"' in site.visit("lead").get(site.address("nieuw")).text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": "  "}, "Vul dit in."),
        ({"title": "x" * 121}, "Gebruik hoogstens 120 tekens."),
        ({"held_on": "22-11-2026"}, "Deze dag is voorbij."),
        ({"held_on": "31-2-2027"}, "Deze dag bestaat niet."),
        ({"starts_at": "25.00"}, "Schrijf de tijd in uren en minuten: 19.30."),
        ({"starts_at": ""}, "Vul ook in wanneer de avond begint."),
        ({"ends_at": "19.30"}, "De avond eindigt later dan hij begint."),
        ({"capacity": ""}, "Vul dit in."),
        ({"capacity": "0"}, "Vul een getal in van 1 tot en met 2000."),
        ({"capacity": "2001"}, "Vul een getal in van 1 tot en met 2000."),
    ],
)
def test_what_cannot_be_is_refused_in_words(site, ids, wrong, words):
    answer = site.post("lead", site.address("nieuw"), hosts=ids[0], **(FILLED | wrong))

    assert answer.status_code == 422
    assert words in answer.text
    assert evenings(site) == []


def test_only_municipalities_that_take_part_can_be_a_host(site, ids):
    with site.unit_of_work() as session:
        far = municipalities(session, site.other_place)[0]

    answer = site.post("lead", site.address("nieuw"), hosts=[ids[0], far], **FILLED)

    assert answer.status_code == 422
    assert evenings(site) == []


@pytest.mark.parametrize("visitor", ["partner", "guest", "other_coalition"])
def test_who_only_looks_cannot_plan_or_close(site, evening_id, visitor):
    for path in ("nieuw", f"{evening_id}/wijzigen", f"{evening_id}/afgelasten"):
        assert site.post(visitor, site.address(path), **FILLED).status_code == 403
    assert evenings(site) == [("Avond in de kas", DAY, "19:30", 80, "planned")]
    page = site.visit(visitor).get(site.address(str(evening_id))).text
    assert "Wijzigen" not in page
    assert "Avond afgelasten" not in page


def test_evening_of_another_coalition_is_not_there(site):
    with site.unit_of_work() as session:
        elsewhere = add_evening(session, site.other_place, title="Ver weg").id

    assert site.visit("lead").get(site.address(str(elsewhere))).status_code == 404
    assert "Ver weg" not in site.visit("lead").get(site.address()).text
    csv = site.visit("lead").get(site.address("avonden.csv")).text
    assert csv.splitlines()[1:] == []
    answer = site.post("lead", site.address(f"{elsewhere}/wijzigen"), version=1, **FILLED)
    assert answer.status_code == 404


def test_change_is_logged_by_field_and_keeps_what_stays(site, ids, evening_id):
    answer = change(site, evening_id, hosts=ids[:2], **(FILLED | {"capacity": "90"}))

    assert answer.status_code == 302
    assert evenings(site) == [("Avond in de kas", DAY, "19:30", 90, "planned")]
    assert read(site, "SELECT before, after FROM activity_entries")[0] in (
        ('{"capacity": 80}', '{"capacity": 90}'),
        ({"capacity": 80}, {"capacity": 90}),
    )


def test_change_of_nothing_writes_nothing(site, ids, evening_id):
    assert (
        change(site, evening_id, hosts=ids[:2], **(FILLED | {"capacity": "80"})).status_code == 302
    )
    assert log_of(site) == []


def test_stale_form_comes_back_with_both_texts(site, ids, evening_id):
    change(site, evening_id, hosts=ids[:2], **(FILLED | {"venue": "Het Dorpshuis"}))

    stale = FILLED | {"venue": "De Stal", "version": 1}
    answer = site.post("lead", site.address(f"{evening_id}/wijzigen"), hosts=ids[:2], **stale)

    assert answer.status_code == 409
    assert "Het Dorpshuis" in answer.text
    assert "De Stal" in answer.text


def test_past_day_of_an_evening_may_stay_when_something_else_changes(site, ids):
    with site.unit_of_work() as session:
        evening_id = add_evening(session, site.place, held_on=date(2026, 11, 1)).id

    past = FILLED | {"held_on": "1-11-2026", "capacity": "90"}
    answer = change(site, evening_id, hosts=ids[:2], **past)

    assert answer.status_code == 302
    assert [row[3] for row in evenings(site)] == [90]


@pytest.mark.parametrize(
    ("changed", "state"),
    [({"venue": "Elders"}, LetterState.DRAFT), ({"capacity": "81"}, LetterState.APPROVED)],
)
def test_approval_lapses_when_what_the_letter_says_changes(site, ids, evening_id, changed, state):
    with site.unit_of_work() as session:
        found = session.get(Evening, evening_id)
        add_letter(session, found, ids[0], state=LetterState.APPROVED)
        add_letter(session, found, ids[1], state=LetterState.RELEASED)

    change(site, evening_id, hosts=ids[:2], **(FILLED | {"capacity": "80"} | changed))

    assert letter_in(site, evening_id, ids[0]).state == state
    assert letter_in(site, evening_id, ids[1]).state == LetterState.RELEASED


def test_form_says_who_has_released_its_letter(site, ids, evening_id):
    with site.unit_of_work() as session:
        add_letter(session, session.get(Evening, evening_id), ids[1], state=LetterState.RELEASED)

    page = site.visit("lead").get(site.address(f"{evening_id}/wijzigen")).text

    assert "De brief is al vrijgegeven door: Gemeente 2." in page


def test_host_goes_with_its_draft_and_page_and_another_comes(site, ids, evening_id):
    with site.unit_of_work() as session:
        found = session.get(Evening, evening_id)
        add_letter(session, found, ids[1])
        session.add(
            Page(
                evening_id=evening_id, organisation_id=ids[1], slug="kas",
                legal_basis=LegalBasis.CONSENT, keep_days=90, is_open=True,
            )
        )  # fmt: skip

    change(site, evening_id, hosts=[ids[0], ids[2]], **FILLED)

    assert hosts(site, evening_id) == [ids[0], ids[2]]
    assert letter_in(site, evening_id, ids[1]) is None
    pages = read(site, "SELECT is_open FROM infoavond_pages")
    assert [bool(is_open) for (is_open,) in pages] == [False]


def test_host_that_released_its_letter_stays(site, ids, evening_id):
    with site.unit_of_work() as session:
        add_letter(session, session.get(Evening, evening_id), ids[1], state=LetterState.RELEASED)

    answer = change(site, evening_id, hosts=[ids[0]], **FILLED)

    assert answer.status_code == 422
    assert "Gemeente 2 heeft de brief vrijgegeven en blijft dus uitnodigen." in answer.text
    assert hosts(site, evening_id) == ids[:2]


def test_host_whose_residents_signed_up_stays(site, ids, evening_id):
    with site.unit_of_work() as session:
        session.add(
            Signup(
                evening_id=evening_id, organisation_id=ids[1], name="An Boer", state="confirmed",
                signed_up_at=site.clock.now(), keep_until=DAY + timedelta(days=90),
            )
        )  # fmt: skip

    answer = change(site, evening_id, hosts=[ids[0]], **FILLED)

    assert answer.status_code == 422
    assert "Inwoners van Gemeente 2 hebben zich aangemeld" in answer.text
    assert "An Boer" not in answer.text
    assert hosts(site, evening_id) == ids[:2]


def test_cancelling_says_first_what_it_changes_and_closes_the_pages(site, ids, evening_id):
    with site.unit_of_work() as session:
        add_letter(session, session.get(Evening, evening_id), ids[0], state=LetterState.RELEASED)
        session.add(
            Page(
                evening_id=evening_id, organisation_id=ids[0], slug="kas",
                legal_basis=LegalBasis.CONSENT, keep_days=90, is_open=True,
            )
        )  # fmt: skip

    page = site.visit("lead").get(site.address(f"{evening_id}/afgelasten")).text
    answer = change(site, evening_id, "afgelasten")

    assert "vertellen het hun inwoners zelf: Gemeente 1." in page
    assert answer.status_code == 302
    assert [row[-1] for row in evenings(site)] == ["cancelled"]
    assert [bool(row[0]) for row in read(site, "SELECT is_open FROM infoavond_pages")] == [False]
    assert log_of(site) == ["infoavond_evening.cancelled"]
    assert summary_of(site)["planned"] == 0


def test_evening_is_held_on_its_day_and_not_before(site):
    with site.unit_of_work() as session:
        today = add_evening(session, site.place, held_on=date(2026, 11, 23)).id
        tomorrow = add_evening(session, site.place, held_on=date(2026, 11, 24)).id

    early, in_time = change(site, tomorrow, "gehouden"), change(site, today, "gehouden")

    assert (early.status_code, in_time.status_code) == (422, 302)
    assert "niet eerder" in early.text
    assert [row[-1] for row in evenings(site)] == ["held", "planned"]
    assert log_of(site) == ["infoavond_evening.held"]
    assert "De avond is gehouden" in site.visit("lead").get(site.address(f"{today}/gehouden")).text


def test_evening_without_a_day_is_not_held(site):
    with site.unit_of_work() as session:
        evening_id = add_evening(session, site.place, held_on=None).id

    assert change(site, evening_id, "gehouden").status_code == 422


@pytest.mark.parametrize("path", ["wijzigen", "afgelasten", "gehouden", "programma/nieuw"])
def test_evening_that_is_over_does_not_change(site, ids, evening_id, path):
    change(site, evening_id, "afgelasten")

    filled = {**FILLED, "hosts": ids[:2]}
    answer = change(site, evening_id, path, **filled)

    assert answer.status_code == 422
    assert "staat niet meer gepland" in answer.text


def test_stale_confirmation_is_refused(site, evening_id):
    address = site.address(f"{evening_id}/afgelasten")

    assert site.post("lead", address, version=0).status_code == 409
    assert [row[-1] for row in evenings(site)] == ["planned"]
