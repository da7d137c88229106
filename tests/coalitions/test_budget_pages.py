"""The pages of a plustaak's money: who may do what, what they say, and what they keep apart."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from extranet.access import Role
from extranet.coalitions.models import Coalition, CoalitionState, Plustaak, PlustaakState
from extranet.money.models import BudgetVersion, Household
from extranet.money.queries.versions import years_of
from extranet.money.services.budgets import Description, create_version
from tests.basistaken.tasks import statements
from tests.coalitions.alliances import WHO
from tests.coalitions.purses import CONTROLLERS, make_controllers, make_money
from tests.factories import make_official
from tests.membership.places import text_of
from tests.money.filling import send

HERE = "/noord/coalities/groen-gas/infoavond"
BUDGET, PAID = f"{HERE}/begroting", f"{HERE}/bijdragen"
DRAFT = f"{BUDGET}/2027/versies/1"
OUT = {"outsider", "operator"}
LEADERS = {"lead", "admin"}
TITLE = "Informatieavonden, Groen gas"
LOOKING = (
    BUDGET,
    f"{BUDGET}/2027",
    DRAFT,
    f"{BUDGET}/financieringsbronnen",
    PAID,
    f"{PAID}/eigen",
)
SHARING = (f"{DRAFT}/begroting.csv", f"{DRAFT}/begroting.xlsx", f"{PAID}/2027?versie=1")
EDITING = (
    f"{BUDGET}/nieuw",
    f"{DRAFT}/gegevens",
    f"{DRAFT}/weggooien",
    f"{DRAFT}/bevolking",
    f"{DRAFT}/regels/nieuw",
    f"{DRAFT}/regels/1",
    f"{DRAFT}/regels/1/verwijderen",
    f"{DRAFT}/verdeelsleutel",
    f"{DRAFT}/verdeelsleutel/gelijke-delen",
    f"{BUDGET}/financieringsbronnen/nieuw",
    f"{DRAFT}/vaststellen",
)
LINE = {
    "name": "Drukwerk",
    "kind": "cost",
    "lasting": "structural",
    "net_0": "30",
    "vat_treatment": "exempt",
    "funding_source": "0",
}


@pytest.fixture
def drafted(database, alliance):
    """A plustaak, not live, with a draft for 2027."""
    with database.unit_of_work() as session:
        return make_money(session, alliance, state="draft")


@pytest.fixture
def adopted(database, alliance):
    """A plustaak that is live, with an adopted budget for 2027."""
    with database.unit_of_work() as session:
        return make_money(session, alliance, live_since=date(2026, 11, 20))


@pytest.fixture
def programme(database, alliance, client, sign_in):
    """Somebody of the programme team, signed in."""
    with database.unit_of_work() as session:
        person = make_official(
            session,
            region=alliance.region,
            role=Role.PROGRAMME_TEAM,
            organisation=alliance.organisations["Horst aan de Maas"],
        )
    return sign_in(client, person)


def change(database, kind, number, **values):
    with database.unit_of_work() as session:
        found = session.get_one(kind, number)
        for name, value in values.items():
            setattr(found, name, value)


def statuses(browser, pages):
    return {page: browser.get(page).status_code for page in pages}


@pytest.mark.usefixtures("drafted")
@pytest.mark.parametrize("who", WHO)
def test_everybody_who_looks_in_sees_and_leaders_edit(enter, who):
    browser = enter(who)
    out = 302 if who == "stranger" else 404
    is_out = who in OUT or who == "stranger"

    looking = out if is_out else 200
    assert statuses(browser, LOOKING) == dict.fromkeys(LOOKING, looking)
    sharing = 200 if who in LEADERS else out if is_out else 404
    assert statuses(browser, SHARING) == dict.fromkeys(SHARING, sharing)
    editing = 200 if who in LEADERS else out if is_out else 403
    assert statuses(browser, EDITING) == dict.fromkeys(EDITING, editing)


@pytest.mark.usefixtures("drafted")
def test_programme_team_edits_and_leaves_adopting_to_others(programme):
    assert statuses(programme, EDITING) == {
        **dict.fromkeys(EDITING, 200),
        f"{DRAFT}/vaststellen": 403,
    }


@pytest.mark.usefixtures("drafted")
@pytest.mark.parametrize("whose", CONTROLLERS)
def test_controller_keeps_the_books_of_the_centrum_or_the_leading_participant(
    database, alliance, client, sign_in, whose
):
    with database.unit_of_work() as session:
        people = make_controllers(session, alliance)
    browser = sign_in(client, people[whose])
    wanted = 200 if whose in {"centrum", "leading"} else 403

    assert statuses(browser, EDITING) == dict.fromkeys(EDITING, wanted)
    assert statuses(browser, LOOKING) == dict.fromkeys(LOOKING, 200)


def test_without_centrum_the_controller_of_a_mere_participant_watches(
    database, alliance, client, sign_in, drafted
):
    with database.unit_of_work() as session:
        person = make_official(
            session,
            region=alliance.region,
            role=Role.CONTROLLER,
            organisation=alliance.organisations["Beesel"],
        )
    browser = sign_in(client, person)

    assert drafted.plustaak.id
    assert statuses(browser, EDITING) == dict.fromkeys(EDITING, 403)
    # In the base of a region without a centrum every controller keeps the books.
    assert browser.get("/noord/begroting/nieuw").status_code == 200


def test_leading_seat_of_who_left_the_coalition_gives_its_controller_nothing(
    database, alliance, client, sign_in, drafted
):
    assert drafted.plustaak.id
    with database.unit_of_work() as session:
        people = make_controllers(session, alliance)
        left = session.merge(alliance.participations["Weert"])
        left.until_date = date(2026, 11, 1)
    browser = sign_in(client, people["leading"])

    assert browser.get(EDITING[0]).status_code == 403


@pytest.mark.usefixtures("drafted")
def test_lead_of_one_coalition_edits_nothing_in_the_base(enter):
    browser = enter("lead")

    assert browser.get("/noord/begroting/nieuw").status_code == 403
    assert browser.post("/noord/begroting/nieuw", data={}).status_code == 403


@pytest.mark.usefixtures("drafted")
def test_plustaak_is_not_there_in_another_coalition_or_region(enter):
    for elsewhere in ("/noord/coalities/andere-coalitie", "/zuid/coalities/groen-gas"):
        page = BUDGET.replace("/noord/coalities/groen-gas", elsewhere)
        assert enter("admin").get(page).status_code == 404
        assert enter("outsider").get(page).status_code == 404


@pytest.mark.usefixtures("drafted")
def test_guest_finds_links_within_the_coalition_only(enter):
    browser = enter("guest")

    for page in LOOKING:
        body = browser.get(page).text.partition("<main")[2].partition("</main")[0]
        links = re.findall(r'href="(/[^"]*)"', body)
        assert [link for link in links if not link.startswith("/noord/coalities/groen-gas/")] == []


@pytest.mark.usefixtures("drafted")
def test_every_page_says_whose_money_it_is_and_stays_under_its_address(enter):
    browser = enter("lead")

    for page in (*LOOKING, *EDITING):
        answer = browser.get(page)
        crumbs = answer.text.partition("ex-breadcrumbs")[2].partition("</nav")[0]
        assert f"{TITLE}</h1>" in answer.text or TITLE in answer.text.partition("<h1")[2][:300]
        assert "Groen gas" in crumbs
        assert "Informatieavonden" in crumbs
        body = answer.text.partition("<main")[2].partition("</main")[0]
        assert re.findall(r'(?:href|action)="/noord/(?:begroting|bijdragen)', body) == []


def test_menu_of_a_plustaak_has_its_budget_and_contributions(enter, drafted):
    assert drafted.plustaak.id
    page = enter("guest").get(f"{BUDGET}/2027").text
    rail = page.partition("ex-rail")[2].partition("</nav")[0]

    assert f'<a href="{BUDGET}" aria-current="page">Begroting</a>' in rail
    assert f'<a href="{PAID}">Bijdragen</a>' in rail
    inside = enter("guest").get(f"{PAID}/eigen").text.partition("ex-rail")[2].partition("</nav")[0]
    assert f'<a href="{PAID}" aria-current="page">Bijdragen</a>' in inside
    outside = enter("lead").get("/noord/coalities/groen-gas/").text
    assert BUDGET not in outside.partition("ex-rail")[2].partition("</nav")[0]


@pytest.mark.parametrize("who", ["lead", "participant", "guest"])
def test_before_the_beginning_pages_say_what_belongs_there(database, alliance, enter, who):
    with database.unit_of_work() as session:
        make_money(session, alliance, state="none")
    browser = enter(who)

    said = text_of(browser.get(BUDGET))
    assert "Hier staat wat de plustaak kost" in said
    assert "De trekker, de regiobeheerder" in said
    assert (f"{BUDGET}/beginnen" in browser.get(BUDGET).text) == (who == "lead")
    assert "zodra de begroting is vastgesteld" in text_of(browser.get(PAID))
    assert browser.get(f"{PAID}/eigen").status_code == 200
    assert browser.get(f"{BUDGET}/financieringsbronnen").status_code == 200
    assert browser.get(f"{BUDGET}/2027").status_code == 404
    assert browser.get(f"{BUDGET}/beginnen").status_code == (200 if who == "lead" else 403)
    if who == "lead":
        assert browser.get(f"{BUDGET}/nieuw").status_code == 409
        assert browser.get(f"{BUDGET}/financieringsbronnen/nieuw").status_code == 409


def test_lead_begins_the_budget_once(database, alliance, enter):
    with database.unit_of_work() as session:
        money = make_money(session, alliance, state="none")
    browser = enter("lead")

    steps = [
        send(browser, f"{BUDGET}/beginnen", year="2027", share=share)
        for share in ("equal", "inhabitants")
    ]

    assert [step.headers.get("Location") for step in steps] == [DRAFT, DRAFT]
    with database.reading() as session:
        household = session.scalars(select(Household)).one()
        version = session.scalars(select(BudgetVersion)).one()
        assert years_of(session, purse=money.purse)[0].draft == 1
    assert (household.name, household.is_payable) == (TITLE, False)
    assert version.title == "Begroting 2027"
    assert [part["kind"] for part in version.allocation_key] == ["equal_share"]
    assert browser.get(f"{BUDGET}/beginnen").headers["Location"] == BUDGET


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"year": "", "share": "equal"}, "Vul dit in"),
        ({"year": "2027", "share": "rate"}, "Vul het tarief in"),
        ({"year": "2027", "share": "rate", "rate": "-1"}, "Een tarief is niet lager dan nul"),
        ({"year": "1900", "share": "equal"}, "vier cijfers"),
    ],
)
def test_wrong_beginning_comes_back_in_words(database, alliance, enter, values, wrong):
    with database.unit_of_work() as session:
        make_money(session, alliance, state="none")

    answer = send(enter("lead"), f"{BUDGET}/beginnen", **values)

    assert answer.status_code == 422
    assert wrong in text_of(answer)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Household)) == 0


def test_lead_drafts_and_adopts_before_the_plustaak_is_live(database, alliance, enter, drafted):
    browser = enter("lead")

    steps = [
        send(browser, f"{DRAFT}/regels/nieuw", **LINE),
        send(
            browser,
            f"{DRAFT}/vaststellen",
            body=drafted.body_id,
            adopted_on="12-11-2026",
            evidence="Besluitenlijst",
        ),
    ]

    assert [step.headers.get("Location") for step in steps] == [DRAFT, f"{PAID}/2027"]
    said = text_of(browser.get(f"{PAID}/2027"))
    assert "Nog niet gevraagd: de plustaak is niet live" in said
    assert "te betalen" not in said.replace("hoeft niets betaald te worden", "")
    assert "nog niet gevraagd" in said
    assert "€ 43,34" in said  # 130.01 over three, the lowest code gets the cent
    code = alliance.organisations["Beesel"].code
    explained = browser.get(f"{PAID}/2027/{code}")
    assert "Nog niet gevraagd" in text_of(explained)
    assert "brief.pdf" not in explained.text
    assert browser.get(f"{PAID}/2027/{code}/brief.pdf").status_code == 409


def test_live_plustaak_asks_and_its_letter_names_it(alliance, enter, adopted):
    browser = enter("guest")
    code = alliance.organisations["Weert"].code

    page = browser.get(f"{PAID}/2027/{code}")

    assert adopted.plustaak.live_since
    assert "te betalen" in text_of(page)
    assert "Nog niet gevraagd" not in text_of(page)
    assert browser.get(f"{PAID}/2027/{code}/brief.pdf").status_code == 200
    assert browser.get(f"{PAID}/2027.csv").status_code == 200
    assert browser.get(f"{PAID}/2027.xlsx").status_code == 200
    assert browser.get(f"{PAID}/2027/{code}/uitleg.csv").status_code == 200


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        (Plustaak, {"state": PlustaakState.OFF}, "staat uit"),
        (Plustaak, {"state": PlustaakState.ARCHIVED}, "is gearchiveerd"),
        (Plustaak, {"frozen_on": date(2026, 11, 21)}, "bevroren sinds 21 november 2026"),
        (Coalition, {"state": CoalitionState.CLOSED}, "Deze coalitie is gesloten"),
    ],
)
def test_closed_or_frozen_money_is_read_only_and_every_page_says_so(
    database, enter, drafted, kind, values, words
):
    number = drafted.plustaak.id if kind is Plustaak else drafted.plustaak.coalition_id
    change(database, kind, number, **values)
    browser = enter("lead")

    for page in LOOKING:
        answer = browser.get(page)
        assert answer.status_code == 200
        assert words in text_of(answer)
        for button in ("nieuw", "vaststellen", "weggooien", "verdeelsleutel"):
            assert f'/{button}"' not in answer.text.partition("<main")[2]
    assert statuses(browser, EDITING) == dict.fromkeys(EDITING, 409)
    assert browser.post(f"{DRAFT}/regels/nieuw", data=LINE).status_code == 409
    assert browser.get(f"{DRAFT}/begroting.csv").status_code == 200
    with database.reading() as session:
        assert session.scalars(select(BudgetVersion)).one().state == "draft"


def test_pages_of_a_plustaak_ask_the_same_number_of_questions(app, database, alliance, enter):
    browser = enter("guest")
    pages = (BUDGET, f"{BUDGET}/2027", PAID, f"{PAID}/2027")
    with database.unit_of_work() as session:
        make_money(session, alliance, parties=["Weert"])
    few = [_asked(app, browser, page) for page in pages]
    with database.unit_of_work() as session:
        money = session.scalars(select(Household)).one().purse
        create_version(
            session, purse=money, year=2027, description=Description(title="Meer"), actor=None
        )
        for name in ("warmtebedrijf", "expertpool"):
            make_money(session, alliance, plugin=name, names=("Een", "Twee", "Drie"))
    many = [_asked(app, browser, page) for page in pages]

    assert few == many
    assert max(few) <= 9


def _asked(app, browser, page):
    with statements(app) as queries:
        assert browser.get(page).status_code == 200
    return len(queries)
