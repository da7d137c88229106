import re

import pytest

from extranet.access import Role
from extranet.membership.models import MembershipKind
from extranet.money.rules import AllocationKey, RatePerInhabitant
from tests.factories import (
    make_membership,
    make_official,
    make_organisation,
    make_region,
    make_snapshot,
)
from tests.money.budgets import (
    INHABITANTS,
    adopt,
    make_adopted,
    make_change,
    make_draft,
    make_line,
    make_place,
    statements,
)

PAGES = ("/bijdragen", "/bijdragen/2027", "/bijdragen/eigen")
# Who is signed in, and at most three more.
QUERIES = 5  # the actor, the years, the version, the figures, and what is paid beside the base


def seen(response):
    """Return the page as a reader sees it: without markup, with plain spaces."""
    body = response.text.partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.usefixtures("adopted")
@pytest.mark.parametrize("role", Role)
def test_every_role_sees_what_all_members_pay_and_why(enter, place, role):
    client = enter(role)

    for page in (*PAGES, f"/bijdragen/{place.code('Weert')}"):
        assert client.get(f"/noord{page}").status_code == 200


@pytest.mark.usefixtures("adopted")
def test_stranger_is_sent_to_the_door(client):
    for page in PAGES:
        assert client.get(f"/noord{page}").status_code == 302


@pytest.mark.usefixtures("adopted")
def test_member_of_another_region_finds_nothing(database, client, sign_in, place):
    with database.unit_of_work() as session:
        person = make_official(session, region=make_region(session), role=Role.REGION_ADMIN)
    sign_in(client, person)

    for page in (*PAGES, f"/bijdragen/2027/{place.code('Weert')}/brief.pdf", "/bijdragen/2027.csv"):
        assert client.get(f"/noord{page}").status_code == 404


@pytest.mark.usefixtures("adopted")
def test_table_has_the_own_organisation_first_and_marked(enter):
    page = enter(member="Weert").get("/noord/bijdragen").text

    names = re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page)
    assert names == ["Weert", "Beesel", "Venlo"]
    assert page.count('class="own"') == 1
    assert "jouw organisatie" in page.partition('class="own"')[2].partition("</tr>")[0]


@pytest.mark.usefixtures("adopted")
def test_table_says_what_is_to_pay_what_is_forecast_and_adds_up(enter):
    text = seen(enter().get("/noord/bijdragen"))

    assert "De deelnemers betalen in 2027 samen € 100.000,01." in text
    assert text.count("te betalen") == 1
    assert text.count("raming") == 3
    for figure in ("104.195", "169.272", "€ 90.000,00", "€ 80.000,00", "€ 70.000,00"):
        assert figure in text
    assert "peildatum 1 januari 2026, gepubliceerd op 23 juni 2026" in text


@pytest.mark.usefixtures("adopted")
def test_explanation_begins_with_the_amount_and_ends_with_it(enter, place):
    response = enter().get(f"/noord/bijdragen/{place.code('Venlo')}")

    amount = re.search(r"<h1[^>]*>([^<]*)</h1>", response.text)[1]
    assert amount.replace("\N{NO-BREAK SPACE}", " ") == "Venlo betaalt in 2027 € 61.554,78"
    text = seen(response)
    steps = text.partition("Waar het bedrag vandaan komt")[2].partition("Vier jaar")[0]
    order = [
        "Inwoners van Venlo op 1 januari 2026",
        "104.195",
        "169.272",
        "€ 100.000,01",
        "€ 61.554,7819",
        "Venlo betaalt in 2027 € 61.554,78",
    ]
    places = [steps.index(part) for part in order]
    assert places == sorted(places)


@pytest.mark.usefixtures("adopted")
def test_figure_of_cbs_links_to_its_table(enter, place):
    page = enter().get(f"/noord/bijdragen/{place.code('Venlo')}").text

    steps = page.partition('class="ex-ladder"')[2].partition("</ol>")[0]
    address = "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/03759ned/table"
    assert re.findall(r"<a [^>]*>[^<]*</a>", steps) == [
        f'<a href="{address}">CBS-tabel 03759ned</a>'
    ]


def test_figure_of_somebody_else_has_no_link(database, enter, place):
    with database.unit_of_work() as session:
        figures = {place.code(name): count for name, count in INHABITANTS.items()}
        own = make_snapshot(session, figures=figures, source="Provincie Limburg")
        session.merge(place.region).snapshot_id = own.id
        make_adopted(session, place)

    page = enter().get(f"/noord/bijdragen/{place.code('Venlo')}").text

    assert "peildatum 1 januari 2026" in page
    assert "opendata.cbs.nl" not in page


@pytest.mark.usefixtures("adopted")
def test_explanation_of_a_later_year_says_that_it_is_a_forecast(enter, place):
    client = enter()

    text = seen(client.get(f"/noord/bijdragen/2027/{place.code('Venlo')}?jaar=2029"))

    assert "Venlo betaalt in 2029" in text
    assert "Dit is een raming" in text
    for wrong in ("2031", "x", "20277"):
        address = f"/noord/bijdragen/2027/{place.code('Venlo')}?jaar={wrong}"
        assert client.get(address).status_code == 404


@pytest.mark.usefixtures("adopted")
def test_own_contribution_is_that_of_the_acting_organisation(enter):
    assert "Weert betaalt in 2027" in seen(enter(member="Weert").get("/noord/bijdragen/eigen"))


@pytest.mark.usefixtures("adopted")
def test_partner_reads_that_it_pays_nothing(database, client, sign_in, place):
    with database.unit_of_work() as session:
        partner = make_organisation(session, name="Netbeheerder")
        make_membership(
            session, region=place.region, organisation=partner, kind=MembershipKind.PARTNER
        )
        person = make_official(session, region=place.region, organisation=partner)
    sign_in(client, person)

    response = client.get("/noord/bijdragen/eigen")

    assert response.status_code == 200
    assert "Netbeheerder betaalt geen bijdrage" in seen(response)
    assert client.get(f"/noord/bijdragen/{partner.code}").status_code == 200


@pytest.mark.usefixtures("adopted")
def test_unknown_member_year_and_version_are_not_found(database, enter):
    with database.unit_of_work() as session:
        other = make_place(session)
        make_adopted(session, other)
    client = enter()

    for page in (
        f"/bijdragen/{other.code('Venlo')}",
        "/bijdragen/gm:1",
        "/bijdragen/2031",
        "/bijdragen/2027?versie=2",
        "/bijdragen/2027?versie=x",
        f"/bijdragen/2027?versie={'9' * 40}",
    ):
        assert client.get(f"/noord{page}").status_code == 404


def test_without_a_budget_the_page_says_what_belongs_here(enter):
    assert "zodra er een begroting is vastgesteld" in seen(enter().get("/noord/bijdragen"))


@pytest.mark.usefixtures("adopted")
@pytest.mark.parametrize("role", Role)
def test_draft_is_for_editors(database, enter, place, role):
    with database.unit_of_work() as session:
        make_line(session, make_change(session, place), name="Erbij")
    client = enter(role)
    may = role in {Role.CONTROLLER, Role.PROGRAMME_TEAM, Role.REGION_ADMIN}

    for page in (
        "/bijdragen/2027?versie=2",
        "/bijdragen/2027.csv?versie=2",
        "/bijdragen/2027.xlsx?versie=2",
        f"/bijdragen/2027/{place.code('Venlo')}?versie=2",
        f"/bijdragen/2027/{place.code('Venlo')}/uitleg.xlsx?versie=2",
    ):
        assert client.get(f"/noord{page}").status_code == (200 if may else 404)
    assert ("concept 2" in client.get("/noord/bijdragen").text) is may


def test_table_of_another_version_than_the_one_in_force_leads_to_its_own_explanations(
    database, enter, place
):
    with database.unit_of_work() as session:
        make_adopted(session, place)
        make_line(session, make_change(session, place), name="Erbij", net=(169_272, 0, 0, 0))
    client = enter(Role.CONTROLLER)

    page = client.get("/noord/bijdragen/2027?versie=2").text

    address = re.search(r'<th scope="row"><a href="([^"]*)">Venlo', page)[1]
    assert address == f"/noord/bijdragen/2027/{place.code('Venlo')}?versie=2"
    assert "€ 62.596,73" in seen(client.get(address))


def test_draft_has_no_letter(database, enter, place):
    with database.unit_of_work() as session:
        make_draft(session, place)
    client = enter(Role.CONTROLLER)
    address = f"/noord/bijdragen/2027/{place.code('Venlo')}"

    assert "brief.pdf" not in client.get(f"{address}?versie=1").text
    assert client.get(f"{address}/brief.pdf?versie=1").status_code == 409


def test_draft_that_cannot_be_divided_says_why(database, enter, place):
    with database.unit_of_work() as session:
        draft = make_draft(session, place, key=AllocationKey([RatePerInhabitant(rate_cents=1)]))
        draft.snapshot_id = None
    client = enter(Role.CONTROLLER)

    response = client.get("/noord/bijdragen/2027?versie=1")

    assert response.status_code == 200
    assert "bevolkingscijfers" in seen(response)


@pytest.mark.usefixtures("adopted")
def test_replaced_version_points_to_the_one_in_force(database, enter, place):
    with database.unit_of_work() as session:
        change = make_change(session, place)
        make_line(session, change, name="Erbij", net=(10_000_00, 0, 0, 0))
        adopt(session, place, change)
    client = enter()

    assert "€ 110.000,01" in seen(client.get("/noord/bijdragen/2027"))
    old = seen(client.get("/noord/bijdragen/2027?versie=1"))
    assert "€ 100.000,01" in old
    assert "versie 2" in old
    assert "te betalen" not in old


@pytest.mark.usefixtures("adopted")
def test_english_reader_gets_english(enter):
    text = seen(enter(locale="en").get("/noord/bijdragen"))

    assert "The members pay € 100,000.01 together in 2027." in text


def test_names_are_shown_as_text(database, client, sign_in):
    with database.unit_of_work() as session:
        place = make_place(session, slug="zuid", inhabitants={"<b>Venlo": 1})
        make_adopted(session, place)
        person = make_official(session, region=place.region, organisation=place.members["<b>Venlo"])
    sign_in(client, person)

    for page in ("/bijdragen", "/bijdragen/eigen", "/begroting/2027"):
        assert "<b>Venlo" not in client.get(f"/zuid{page}").text


@pytest.mark.parametrize("members", [1, 3, 30])
def test_pages_ask_the_same_few_queries_whatever_the_number_of_members(
    app, database, client, sign_in, members
):
    names = {f"Gemeente {number:02}": 1000 + number for number in range(members)}
    with database.unit_of_work() as session:
        place = make_place(session, slug="zuid", inhabitants=names)
        make_adopted(session, place, year=2026)
        make_adopted(session, place)
        for _ in range(members):
            adopt(session, place, make_change(session, place))
        person = make_official(
            session, region=place.region, organisation=place.members["Gemeente 00"]
        )
    sign_in(client, person)

    for page in ("/bijdragen", "/bijdragen/2027", "/bijdragen/eigen"):
        with statements(app) as asked:
            response = client.get(f"/zuid{page}")
        assert response.status_code == 200
        assert len(asked) == QUERIES, asked


def test_place_of_the_tests_is_what_the_figures_say():
    assert sum(INHABITANTS.values()) == 169_272
