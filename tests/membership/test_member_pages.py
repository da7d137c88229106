import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from extranet.membership.models import MembershipKind, OrganisationKind
from extranet.membership.services.organisations import set_successor
from tests.basistaken.tasks import statements
from tests.factories import (
    make_body,
    make_membership,
    make_organisation,
    make_seat,
    make_snapshot,
)
from tests.membership.places import text_of


def names_in(answer):
    """Return the names in the rows of the table of members."""
    body = answer.get_data(as_text=True)
    table = body.partition('id="members"')[2]
    rows = re.findall(r'<tr[^>]*><th scope="row"><a [^>]*>([^<]*)</a>', table)
    return [name.replace("&#39;", "'") for name in rows]


@pytest.fixture
def more(database, place):
    """Add a partner, a former and a future member to the region."""
    with database.unit_of_work() as session:
        partner = make_organisation(
            session, code="kvk:17131139", name="Enexis", kind=OrganisationKind.NETBEHEERDER
        )
        make_membership(
            session, region=place.region, organisation=partner, kind=MembershipKind.PARTNER
        )
        for name, dates in {
            "Gennep": {"until_date": date(2025, 12, 31)},
            "Roermond": {"from_date": date(2027, 1, 1)},
        }.items():
            organisation = make_organisation(session, name=name)
            make_membership(session, region=place.region, organisation=organisation, **dates)


@pytest.mark.usefixtures("more")
def test_members_page_shows_todays_members_with_their_figures(enter):
    answer = enter("reader").get("/noord/leden")

    assert names_in(answer) == ["Beesel", "Enexis", "Venray", "Weert"]
    said = text_of(answer)
    assert "De gemeenten hebben samen 110.185 inwoners, op 1 januari 2026." in said
    assert "Deelnemer, centrum" in said
    assert "46,74%" in said
    assert "Kerkrade" not in said
    assert answer.get_data(as_text=True).count('class="ex-tile ') == 3


@pytest.mark.usefixtures("more")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("zoek=wee", ["Weert"]),
        ("zoek=gm:0984", ["Venray"]),
        ("zoek=%25", []),
        ("soort=netbeheerder", ["Enexis"]),
        ("soort=onzin", ["Beesel", "Enexis", "Venray", "Weert"]),
        ("wie=former", ["Gennep"]),
        ("wie=soon", ["Roermond"]),
        ("wie=ever", ["Beesel", "Enexis", "Gennep", "Roermond", "Venray", "Weert"]),
        ("wie=ever&zoek=e&soort=gemeente", ["Beesel", "Gennep", "Roermond", "Venray", "Weert"]),
        ("na=onzin", ["Beesel", "Enexis", "Venray", "Weert"]),
    ],
)
def test_members_page_keeps_to_its_filters(enter, query, names):
    assert names_in(enter("reader").get(f"/noord/leden?{query}")) == names


def test_members_page_draws_no_map_of_a_part(enter):
    page = enter("reader").get("/noord/leden?zoek=e").get_data(as_text=True)

    assert "ex-tilemap" not in page


def test_members_page_says_who_can_add_members(database, client, enter, place):
    with database.unit_of_work() as session:
        for membership in place.members.values():
            session.merge(membership).until_date = date(2026, 11, 22)

    as_reader = text_of(enter("reader").get("/noord/leden"))
    as_admin = enter("admin").get("/noord/leden")

    assert "De regiobeheerder voegt ze toe." in as_reader
    assert "dat ben jij" not in as_reader
    assert "dat ben jij" in text_of(as_admin)
    assert "/noord/beheer/leden/toevoegen" in as_admin.get_data(as_text=True)


def test_members_page_says_that_there_are_no_figures(database, enter, place):
    with database.unit_of_work() as session:
        session.merge(place.region).snapshot_id = None

    assert "nog geen bevolkingscijfers gekozen" in text_of(enter("reader").get("/noord/leden"))


def test_members_page_shows_a_herindeling(database, enter, place):
    with database.unit_of_work() as session:
        set_successor(
            session,
            organisation=session.merge(place.organisations["Beesel"]),
            successor_code="gm:0988",
            from_date=date(2027, 1, 1),
            actor=None,
        )
    browser = enter("reader")

    assert "gaat op 1 januari 2027 op in Weert" in text_of(browser.get("/noord/leden"))
    assert "Weert komt ervoor in de plaats" in text_of(browser.get("/noord/leden/gm:0889"))


def test_members_page_asks_the_database_as_often_for_thirty_members_as_for_one(
    database, app, enter, place
):
    browser = enter("reader")

    def asked(address):
        with statements(app) as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    three = (asked("/noord/leden"), asked("/noord/leden/gm:0984"))
    with database.unit_of_work() as session:
        codes = [f"gm:{number}" for number in range(8000, 8060)]
        for code in codes:
            organisation = make_organisation(session, code=code)
            make_membership(session, region=place.region, organisation=organisation)
        snapshot = make_snapshot(session, figures=dict.fromkeys([*codes, "gm:0984"], 1000))
        session.merge(place.region).snapshot_id = snapshot.id
        for _ in range(20):
            make_seat(session, region=place.region, organisation=place.organisations["Venray"])
    many = (asked("/noord/leden"), asked("/noord/leden/gm:0984"))

    assert many == three == (3, 5)


def test_members_page_goes_on_after_fifty(database, enter, place):
    with database.unit_of_work() as session:
        for number in range(60):
            organisation = make_organisation(session, name=f"Plaats {number:02d}")
            make_membership(session, region=place.region, organisation=organisation)
    browser = enter("reader")

    first = browser.get("/noord/leden")
    (after,) = re.findall(r"/noord/leden\?na=(\d+)", first.get_data(as_text=True))
    second = browser.get(f"/noord/leden?na={after}")

    assert len(names_in(first)) == 50
    assert len(names_in(second)) == 13
    assert not set(names_in(first)) & set(names_in(second))
    assert "ex-tilemap" not in first.get_data(as_text=True)
    assert "inwoners, op" not in text_of(first)


def test_members_download_guards_against_formulas(database, enter, place):
    with database.unit_of_work() as session:
        evil = make_organisation(session, name='=HYPERLINK("http://example.org")')
        make_membership(session, region=place.region, organisation=evil)
    browser = enter("reader")

    answer = browser.get("/noord/leden/leden.csv")
    workbook = load_workbook(io.BytesIO(browser.get("/noord/leden/leden.xlsx").data))

    lines = answer.data.decode("utf-8-sig").splitlines()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="leden.csv"'
    assert lines[0] == ("Officiële code;Naam;Soort;Doet mee als;Centrum;Sinds;Tot en met;Inwoners")
    assert "gm:0988;Weert;Gemeente;Deelnemer;ja;2020-01-01;;51498" in lines
    assert next(line for line in lines if "HYPERLINK" in line).split(";")[1].startswith("\"'=")
    cells = [cell for row in workbook.worksheets[0].iter_rows() for cell in row]
    assert [cell.value for cell in cells if "HYPERLINK" in str(cell.value)] == [evil.name]
    assert {cell.data_type for cell in cells} & {"f"} == set()


@pytest.mark.usefixtures("more")
def test_members_download_follows_the_filters(enter):
    answer = enter("reader").get("/noord/leden/leden.csv?wie=former")

    assert [line.split(";")[1] for line in answer.get_data(as_text=True).splitlines()[1:]] == [
        "Gennep"
    ]


def test_member_page_shows_figures_seats_and_publications(database, enter, place):
    with database.unit_of_work() as session:
        venray = place.organisations["Venray"]
        body = make_body(session, region=place.region, name="Ontwikkelgroep warmte")
        make_seat(session, region=place.region, organisation=venray, body=body, title="Treasurer")
        make_seat(session, region=place.other, organisation=venray, title="Elders")
        session.merge(place.members["Venray"]).joining_publication = "Staatscourant 2019, 7"

    answer = enter("reader").get("/noord/leden/gm:0984")

    said = text_of(answer)
    assert "Gemeente, deelnemer sinds 1 januari 2020." in said
    assert "45.108" in said
    assert "Treasurer" in said
    assert "Ontwikkelgroep warmte" in said
    assert "Staatscourant 2019, 7" in said
    assert "Elders" not in said
    assert "/beheer/leden/" not in answer.get_data(as_text=True)
    assert "/noord/bijdragen/gm:0984" in answer.get_data(as_text=True)


def test_member_page_offers_the_admin_what_is_possible(enter, place):
    browser = enter("admin")
    base = "/noord/beheer/leden"
    venray, weert = place.members["Venray"].id, place.members["Weert"].id

    of_venray = browser.get("/noord/leden/gm:0984").get_data(as_text=True)
    of_weert = browser.get("/noord/leden/gm:0988").get_data(as_text=True)

    assert [f"{base}/{venray}/{verb}" in of_venray for verb in ("beeindigen", "centrum")] == [
        True,
        True,
    ]
    assert [f"{base}/{weert}/{verb}" in of_weert for verb in ("beeindigen", "centrum")] == [
        False,
        False,
    ]


def test_member_page_of_a_former_member_stays(database, enter, place):
    with database.unit_of_work() as session:
        session.merge(place.members["Venray"]).until_date = date(2025, 12, 31)
        session.merge(place.members["Beesel"]).until_date = date(2026, 11, 23)

    assert "Vandaag geen lid." in text_of(enter("admin").get("/noord/leden/gm:0984"))
