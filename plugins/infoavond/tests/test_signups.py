"""Sign-ups at their municipality: places, the waiting list, who sees what, and erasing on time."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from extranet.api import Conflict
from extranet.plugins.testing import VISITORS
from extranet_infoavond.models import (
    Evening,
    EveningState,
    HouseStyle,
    Page,
    Signup,
    SignupState,
)
from extranet_infoavond.rules.standing import who_moves_up
from extranet_infoavond.services.signups import Resident, fill_places, lock_evening, sign_up
from extranet_infoavond.services.summary import renew_summary
from plugins.infoavond.tests.gatherings import (
    HELD_ON,
    Gathering,
    add_people,
    add_signup,
    all_of,
    change_evening,
    make_gathering,
    make_page,
    statements_of,
    text_of,
)
from tests.side_by_side import side_by_side

OUTSIDERS = {"stranger": 302, "other_region": 404, "guest_elsewhere": 404}
READERS = {"other_coalition": 403, "partner": 403, "admin": 403, "guest": 403}
FORM = {"legal_basis": "public_task", "keep_days": "60", "version": "0"}


@pytest.fixture
def gathering(site):
    return make_gathering(site)


def address(site, gathering, path):
    return site.address(f"{gathering.evening_id}/{path}")


def states(site):
    return [one.state for one in all_of(site, Signup)]


def log_of(site):
    with site.unit_of_work() as session:
        rows = session.execute(
            text("SELECT action, subject_label, before, after FROM activity_entries ORDER BY id")
        )
        return [tuple(row) for row in rows if row.action.startswith("infoavond")]


# ── Places and the waiting list ─────────────────────────────────────────────────────────────────


def test_two_who_want_the_last_seat_get_one_place_and_one_turn(site):
    gathering = make_gathering(site, capacity=1)

    def sign_up_at(host):
        def work(session):
            page = session.get_one(Page, (gathering.evening_id, gathering.hosts[host]))
            sign_up(session, page, Resident(name=f"Mens {host}"), ticket="")

        return work

    failed = side_by_side(site.database, sign_up_at(0), sign_up_at(1))

    assert failed is None
    assert sorted(states(site)) == ["confirmed", "waiting"]


def test_page_that_closes_just_before_takes_nobody(site):
    gathering = make_gathering(site, hosts=1)
    key = (gathering.evening_id, gathering.hosts[0])

    def close(session):
        lock_evening(session, gathering.evening_id)
        session.get_one(Page, key).is_open = False

    def sign_up_late(session):
        sign_up(session, session.get_one(Page, key), Resident(name="Te Laat"), ticket="")

    failed = side_by_side(site.database, close, sign_up_late)

    assert isinstance(failed, Conflict)
    assert states(site) == []


def test_place_that_comes_free_goes_to_the_first_that_fits_over_all_hosts(site):
    gathering = make_gathering(site, capacity=2)
    _first, code = add_signup(site, gathering, people=2)
    add_signup(site, gathering, host=1, name="Vier Mensen", people=4)
    add_signup(site, gathering, host=1, name="Een Mens")
    add_signup(site, gathering, name="Nog Een")
    site.post("stranger", site.public_address(gathering.slugs[0], f"aanmelding/{code}/afmelden"))

    assert states(site) == ["cancelled", "waiting", "confirmed", "confirmed"]
    assert [one.moved_up_at is not None for one in all_of(site, Signup)] == [
        False,
        False,
        True,
        True,
    ]


def test_evening_that_grew_fills_up_and_a_cancelled_one_does_not(site):
    gathering = make_gathering(site, capacity=1)
    add_signup(site, gathering)
    add_signup(site, gathering, name="Wacht Even")
    moved = []
    for state in (EveningState.CANCELLED, EveningState.PLANNED):
        change_evening(site, gathering, capacity=5, state=state)
        with site.unit_of_work() as session:
            moved.append(fill_places(session, lock_evening(session, gathering.evening_id)))

    assert moved == [0, 1]
    assert states(site) == ["confirmed", "confirmed"]


def test_whoever_does_not_fit_keeps_their_turn():
    assert who_moves_up([(1, 4), (2, 1), (3, 2), (4, 1)], 3) == [2, 3]
    assert who_moves_up([(1, 1)], 0) == []
    assert who_moves_up([(1, 1)], -2) == []


# ── The list of one's own municipality ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("path", ["aanmeldingen", "aanmeldingen.csv", "aanmeldingen.xlsx"])
def test_only_seats_of_the_municipality_see_its_names(site, gathering, visitor, path):
    add_signup(site, gathering, host=0, name="Jan Bij Een")
    add_signup(site, gathering, host=1, name="Mia Bij Twee")
    answer = site.visit(visitor).get(address(site, gathering, path))
    shown = answer.data.decode(errors="replace")
    sees_one, sees_two = visitor == "lead", visitor in {"participant", "representative"}

    assert answer.status_code == {**OUTSIDERS, **READERS}.get(visitor, 200)
    if path != "aanmeldingen.xlsx":
        assert ("Jan Bij Een" in shown, "Mia Bij Twee" in shown) == (sees_one, sees_two)


def test_municipality_that_does_not_invite_finds_no_page(site):
    gathering = make_gathering(site, hosts=1)

    for path in ("aanmeldingen", "opkomst", "pagina"):
        assert site.visit("participant").get(address(site, gathering, path)).status_code == 404
    assert site.post("participant", address(site, gathering, "pagina"), **FORM).status_code == 404
    assert len(all_of(site, Page)) == 1


def test_evening_of_another_coalition_is_not_there(site, gathering):
    elsewhere = make_gathering(site, coalition="elders")

    for path in ("aanmeldingen", "opkomst", "pagina", "aantallen"):
        assert site.visit("lead").get(address(site, elsewhere, path)).status_code == 404


def test_list_is_searched_filtered_and_exported_alike(site, gathering):
    add_signup(site, gathering, name="Jan Jansen", company="Hoeve 100%", interest="hub")
    add_signup(site, gathering, name="Piet Peters", email="piet@boer.nl", people=3)
    add_signup(site, gathering, name="=Som(A1)", interest="hub", remark="Is er parkeerplaats?")
    lead = site.visit("lead")

    def names(**asked):
        shown = text_of(lead.get(address(site, gathering, "aanmeldingen.csv"), query_string=asked))
        return [line.split(";")[0].strip("\"'\t") for line in shown.splitlines()[1:]]

    assert names() == ["=Som(A1)", "Piet Peters", "Jan Jansen"]
    assert names(zoek="100%") == ["Jan Jansen"]
    assert names(zoek="PIET@") == ["Piet Peters"]
    assert names(interesse="hub") == ["=Som(A1)", "Jan Jansen"]
    assert names(stand="waiting") == []
    assert names(stand="onzin") == names()
    assert "\n=Som" not in text_of(lead.get(address(site, gathering, "aanmeldingen.csv")))
    shown = text_of(lead.get(address(site, gathering, "aanmeldingen"), query_string={"zoek": "x"}))
    assert "Geen aanmelding past" in shown


def test_list_takes_as_many_statements_for_three_as_for_one(site, gathering):
    lead, place = site.visit("lead"), address(site, gathering, "aanmeldingen")
    add_signup(site, gathering)
    one = statements_of(site, lambda: lead.get(place))
    for name in ("Twee", "Drie"):
        add_signup(site, gathering, name=name)

    assert statements_of(site, lambda: lead.get(place)) == one


def test_list_goes_on_after_fifty(site, gathering):
    add_people(site, gathering, 0, 510)
    lead = site.visit("lead")
    first = text_of(lead.get(address(site, gathering, "aanmeldingen")))
    second = text_of(lead.get(address(site, gathering, "aanmeldingen"), query_string={"na": "2"}))

    assert (first.count("Piet Geheim</th>"), second.count("Piet Geheim</th>")) == (50, 1)
    assert "na=2" in first


def test_municipality_calls_off_for_its_own_resident_only(site, gathering):
    number, _code = add_signup(site, gathering)
    path = f"aanmeldingen/{number}/afmelden"
    asks = site.visit("lead").get(address(site, gathering, path))
    refused = site.post("participant", address(site, gathering, path))
    before = states(site)
    answers = [site.post("lead", address(site, gathering, path)) for _ in range(2)]

    assert "Jan de Boer afmelden?" in text_of(asks)
    assert refused.status_code == 404
    assert site.visit("participant").get(address(site, gathering, path)).status_code == 404
    assert before == ["confirmed"]
    assert [one.status_code for one in answers] == [302, 302]
    assert states(site) == ["cancelled"]
    assert [one[:2] for one in log_of(site)] == [
        ("infoavond_signup.called_off", "Groen gas op uw bedrijf")
    ]


def test_municipality_gives_a_place_only_when_there_is_one(site):
    gathering = make_gathering(site, capacity=2)
    add_signup(site, gathering, host=1, people=2)
    number, _code = add_signup(site, gathering, name="Wacht Even")
    path = address(site, gathering, f"aanmeldingen/{number}/doorschuiven")
    full = site.post("lead", path)
    change_evening(site, gathering, capacity=3)
    other = site.post("participant", path)
    given = site.post("lead", path)

    assert [one.status_code for one in (full, other, given)] == [409, 404, 302]
    assert states(site) == ["confirmed", "confirmed"]
    shown = text_of(site.visit("lead").get(address(site, gathering, "aanmeldingen")))
    assert "doorgeschoven op" in shown


def test_log_and_search_hold_nothing_about_residents(site, gathering):
    number, code = add_signup(site, gathering, email="jan@boer.nl")
    site.post("lead", address(site, gathering, f"aanmeldingen/{number}/afmelden"))
    with site.unit_of_work() as session:
        renew_summary(session, site.place)
        log = session.execute(text("SELECT * FROM activity_entries")).all()
        found = session.execute(text("SELECT * FROM findables")).all()
        kept = session.execute(text("SELECT * FROM plugin_summaries")).all()

    assert len(log) >= 1
    for secret in ("Jan de Boer", "jan@boer.nl", code):
        assert [secret in str(one) for one in (log, found, kept)] == [False] * 3


# ── The public page, from inside ────────────────────────────────────────────────────────────────


def test_municipality_makes_opens_and_closes_its_own_page(site):
    gathering = make_gathering(site, hosts=1)
    with site.unit_of_work() as session:
        session.delete(session.get_one(Page, (gathering.evening_id, gathering.hosts[0])))
    made = site.post("lead", address(site, gathering, "pagina"), **FORM)
    (page,) = all_of(site, Page)
    public = site.public_address(page.slug)
    closed = text_of(site.visit("stranger").get(public))
    site.post("lead", address(site, gathering, "pagina/openen"))
    opened = text_of(site.visit("stranger").get(public))
    site.post("lead", address(site, gathering, "pagina/sluiten"))
    closed_again = text_of(site.visit("stranger").get(public))

    assert made.status_code == 302
    assert page.slug.startswith("gemeente-1-")
    assert (page.keep_days, page.legal_basis) == (60, "public_task")
    assert ["<form" in one for one in (closed, opened, closed_again)] == [False, True, False]
    assert f"http://localhost{public}" in text_of(
        site.visit("lead").get(address(site, gathering, "pagina"))
    )
    assert [one[0] for one in log_of(site)] == [
        "infoavond_page.made",
        "infoavond_page.opened",
        "infoavond_page.closed",
    ]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"held_on": None}, "De avond heeft nog geen dag en tijd."),
        ({"town": ""}, "De avond heeft nog geen locatie."),
        ({"title": "Avond van Regio Noord"}, "noemt de regio"),
        ({"state": "cancelled"}, "De avond staat niet meer gepland."),
    ],
)
def test_page_does_not_open_while_something_is_missing(site, facts, words):
    gathering = make_gathering(site, is_open=False, **facts)
    shown = text_of(site.visit("lead").get(address(site, gathering, "pagina")))
    answer = site.post("lead", address(site, gathering, "pagina/openen"))

    assert words in shown
    assert answer.status_code == 409
    assert [one.is_open for one in all_of(site, Page)] == [False, False]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"privacy_url": ""}, "ontbreekt het adres van je privacyverklaring"),
        ({"contact_email": "", "contact_phone": ""}, "wie inwoners kunnen vragen"),
        ({"sender": "Regio Noord"}, "noemt de regio"),
    ],
)
def test_page_does_not_open_without_a_whole_house_style(site, facts, words):
    gathering = make_gathering(site, is_open=False)
    with site.unit_of_work() as session:
        style = session.get_one(HouseStyle, (site.place.plustaak_id, gathering.hosts[0]))
        for name, value in facts.items():
            setattr(style, name, value)

    assert words in text_of(site.visit("lead").get(address(site, gathering, "pagina")))
    assert site.post("lead", address(site, gathering, "pagina/openen")).status_code == 409


def test_what_residents_were_told_is_not_stretched(site, gathering):
    add_signup(site, gathering)
    path = address(site, gathering, "pagina")
    longer = site.post("lead", path, **{**FORM, "keep_days": "91", "version": "1"})
    other = site.post("lead", path, **{**FORM, "legal_basis": "consent", "version": "1"})
    shorter = site.post("lead", path, **{**FORM, "keep_days": "30", "version": "1"})

    assert [one.status_code for one in (longer, other, shorter)] == [422, 422, 302]
    assert "Inwoners hebben 90 dagen gelezen." in text_of(longer)
    assert [one.keep_until for one in all_of(site, Signup)] == [HELD_ON + timedelta(days=30)]


def test_page_form_that_is_stale_comes_back(site, gathering):
    answer = site.post("lead", address(site, gathering, "pagina"), **FORM)

    assert answer.status_code == 409
    assert [one.keep_days for one in all_of(site, Page)] == [90, 90]


def test_page_goes_away_only_while_nobody_signed_up(site, gathering):
    add_signup(site, gathering, host=1)
    kept = site.post("participant", address(site, gathering, "pagina/verwijderen"))
    gone = site.post("lead", address(site, gathering, "pagina/verwijderen"))

    assert (kept.status_code, gone.status_code) == (409, 302)
    assert [one.organisation_id for one in all_of(site, Page)] == [gathering.hosts[1]]
    assert site.visit("stranger").get(site.public_address(gathering.slugs[0])).status_code == 404


def test_form_opened_for_another_organisation_is_refused(site, gathering):
    answer = site.visit("lead").post(
        address(site, gathering, "pagina"), data={**FORM, "acting": site.acting("participant")}
    )

    assert answer.status_code == 409


def test_closed_page_refuses_in_the_service_too(site):
    gathering = make_gathering(site, is_open=False)
    with pytest.raises(Conflict):
        add_signup(site, gathering)

    assert all_of(site, Signup) == []


def test_two_pages_of_one_municipality_have_addresses_of_their_own(site, gathering):
    second = make_gathering(site, hosts=0)
    with site.unit_of_work() as session:
        evening = session.get_one(Evening, second.evening_id)
        slug = make_page(session, site.place, evening, gathering.hosts[0])
    add_signup(site, Gathering(second.evening_id, (gathering.hosts[0],), (slug,)))

    assert [one.evening_id for one in all_of(site, Signup)] == [second.evening_id]
    assert [one.state for one in all_of(site, Signup)] == [SignupState.CONFIRMED]
