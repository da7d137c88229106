from datetime import date

import pytest
from sqlalchemy import select

from extranet.membership.models import Organisation, Region
from tests.basistaken.tasks import statements
from tests.factories import make_organisation
from tests.membership.places import logged, text_of

REGION = {"name": "Regio Oost", "slug": "oost", "code": "ES12", "legal_form": "sok"}
VENLO = {"name": "Venlo", "kind": "gemeente", "code": "GM:0983"}


def actions(database):
    with database.reading() as session:
        return logged(session)


def organisation(database, code):
    with database.reading() as session:
        return session.scalars(select(Organisation).where(Organisation.code == code)).one()


def test_regions_page_shows_every_region(enter):
    said = text_of(enter("operator").get("/beheer/regios"))

    assert "Regio Noord" in said
    assert "Regio Zuid" in said
    assert "Bevolking 2026" in said


def test_region_is_created_empty(database, enter):
    answer = enter("operator").post("/beheer/regios/nieuw", data=REGION)

    assert (answer.status_code, answer.location) == (302, "/beheer/regios/oost")
    with database.reading() as session:
        region = session.scalars(select(Region).where(Region.slug == "oost")).one()
    assert (region.name, region.code, region.legal_form) == ("Regio Oost", "ES12", "sok")
    assert actions(database) == ["region.created"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"slug": "beheer"}, "De site gebruikt dit adres zelf."),
        ({"slug": "noord"}, "Een andere regio heeft dit adres al."),
        ({"slug": "Oost!"}, "Gebruik kleine letters"),
        ({"name": ""}, "Vul dit in."),
    ],
)
def test_region_that_cannot_be_is_refused(database, enter, values, message):
    answer = enter("operator").post("/beheer/regios/nieuw", data=REGION | values)

    assert answer.status_code == 422
    assert message in text_of(answer)
    assert actions(database) == []


def test_region_page_leads_to_the_invitation_of_its_first_admin(enter):
    page = enter("operator").get("/beheer/regios/noord").get_data(as_text=True)

    assert "/beheer/regios/noord/uitnodigen" in page


def test_region_page_of_an_unknown_region_is_not_found(enter):
    assert enter("operator").get("/beheer/regios/west").status_code == 404


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("zoek=ee", {"Weert", "Beesel"}, {"Venray", "Kerkrade"}),
        ("zoek=gm:0984", {"Venray"}, {"Weert"}),
        ("soort=provincie", set(), {"Weert", "Venray"}),
        ("", {"Weert", "Beesel", "Venray", "Kerkrade"}, set()),
    ],
)
def test_organisations_page_keeps_to_its_filters(enter, query, shown, hidden):
    browser = enter("operator")

    said = text_of(browser.get(f"/beheer/organisaties?{query}"))
    file = browser.get(f"/beheer/organisaties/organisaties.csv?{query}").get_data(as_text=True)

    assert {name for name in shown | hidden if name in said} == shown
    assert {name for name in shown | hidden if name in file} == shown


def test_organisations_page_goes_on_where_it_stopped(app, database, enter):
    with database.unit_of_work() as session:
        for number in range(120):
            make_organisation(session, name=f"Plaats {number:03d}")
    browser = enter("operator")

    address, seen, asked = "/beheer/organisaties", [], set()
    while address:
        with statements(app) as queries:
            page = browser.get(address).get_data(as_text=True)
        asked.add(len(queries))
        seen.append(page.count('<tr><th scope="row">'))
        _before, _mark, after = page.partition('rel="next" href="')
        address = after.partition('"')[0]

    assert seen == [50, 50, 24]
    assert asked == {2}


def test_organisation_is_added(database, enter):
    answer = enter("operator").post("/beheer/organisaties/nieuw", data=VENLO)

    assert (answer.status_code, answer.location) == (302, "/beheer/organisaties/gm:0983")
    assert organisation(database, "gm:0983").name == "Venlo"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"code": "gm:0988"}, "Weert heeft deze code al."),
        ({"code": "pv:31"}, "gm:0983"),
        ({"code": ""}, "Vul dit in."),
        ({"kind": ""}, "Maak een keuze."),
        ({"kind": "bank"}, "Deze keuze staat niet in de lijst. Kies opnieuw."),
    ],
)
def test_organisation_that_cannot_be_is_refused(database, enter, values, message):
    answer = enter("operator").post("/beheer/organisaties/nieuw", data=VENLO | values)

    assert answer.status_code == 422
    assert message in text_of(answer)
    assert actions(database) == []


def test_organisation_page_shows_its_regions(enter):
    said = text_of(enter("operator").get("/beheer/organisaties/gm:0988"))

    assert "Regio Noord" in said
    assert "Deelnemer, centrum" in said


def test_organisation_is_changed(database, enter, place):
    venray = place.organisations["Venray"]

    answer = enter("operator").post(
        "/beheer/organisaties/gm:0984/wijzigen",
        data={"version": venray.version, "name": "Venraij", "kind": "gemeente", "code": "gm:0984"},
    )

    assert answer.status_code == 302
    assert organisation(database, "gm:0984").name == "Venraij"


def test_organisation_that_somebody_else_changed_is_a_conflict(database, enter, place):
    venray = place.organisations["Venray"]
    with database.unit_of_work() as session:
        session.merge(venray).name = "Venrooi"
    browser = enter("operator")

    for address, values in {
        "wijzigen": {"name": "Venraij", "kind": "gemeente", "code": "gm:0984"},
        "herindeling": {"successor_code": "gm:0988", "successor_from": "1-1-2027"},
    }.items():
        answer = browser.post(
            f"/beheer/organisaties/gm:0984/{address}",
            data={"version": venray.version, **values},
        )
        assert answer.status_code == 409, address
        assert all(f'value="{value}"' in answer.text for value in values.values()), address
    assert organisation(database, "gm:0984").name == "Venrooi"


def test_herindeling_is_recorded_and_taken_away(database, enter, place):
    browser = enter("operator")
    address = "/beheer/organisaties/gm:0889/herindeling"

    recorded = browser.post(
        address,
        data={
            "version": place.organisations["Beesel"].version,
            "successor_code": "GM:0988",
            "successor_from": "1-1-2027",
        },
    )
    beesel = organisation(database, "gm:0889")
    page = browser.get(address).get_data(as_text=True)
    taken_away = browser.post(address, data={"version": beesel.version})

    assert [recorded.status_code, taken_away.status_code] == [302, 302]
    assert beesel.successor_from == date(2027, 1, 1)
    assert 'value="gm:0988"' in page
    assert organisation(database, "gm:0889").successor_id is None


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"successor_code": "gm:0000", "successor_from": "1-1-2027"}, "Geen enkele organisatie"),
        ({"successor_code": "gm:0889", "successor_from": "1-1-2027"}, "kan zichzelf niet"),
        ({"successor_code": "gm:0988"}, "Vul de eerste dag van de opvolger in."),
    ],
)
def test_herindeling_that_cannot_be_is_refused(enter, place, values, message):
    answer = enter("operator").post(
        "/beheer/organisaties/gm:0889/herindeling",
        data={"version": place.organisations["Beesel"].version, **values},
    )

    assert answer.status_code == 422
    assert message in text_of(answer)
