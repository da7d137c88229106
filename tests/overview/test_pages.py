import csv
import io
import json
import re
from datetime import date

import pytest
from sqlalchemy import select

from extranet.access import Role
from extranet.activity.models import ActivityEntry
from extranet.clock import now
from extranet.membership.models import MembershipKind, OrganisationKind, Region
from extranet.money.models import Household
from extranet.overview import queries
from extranet.people.models import Person
from tests.basistaken.tasks import make_budget, make_task, statements
from tests.factories import (
    make_membership,
    make_official,
    make_organisation,
    make_person,
    make_region,
    make_seat,
    make_snapshot,
    make_tenure,
)

SEE_DETAILS = {Role.REGION_ADMIN, Role.PROGRAMME_TEAM, Role.CONTROLLER}


@pytest.fixture
def place(database):
    """A region with two municipalities, a province and a partner, and a region beside it."""
    with database.unit_of_work() as session:
        region, other = make_region(session, slug="noord"), make_region(session, slug="zuid")
        weert = make_organisation(session, code="gm:0988", name="Weert")
        venlo = make_organisation(session, code="gm:0983", name="Venlo")
        gone = make_organisation(session, code="gm:0001", name="Weg")
        province = make_organisation(
            session, code="pv:31", name="Limburg", kind=OrganisationKind.PROVINCIE
        )
        grid = make_organisation(
            session, code="kvk:1", name="Net", kind=OrganisationKind.NETBEHEERDER
        )
        for organisation in (weert, venlo, province):
            make_membership(session, region=region, organisation=organisation)
        make_membership(session, region=region, organisation=grid, kind=MembershipKind.PARTNER)
        make_membership(session, region=region, organisation=gone, until_date=date(2025, 12, 31))
        make_membership(session, region=other, organisation=weert)
        snapshot = make_snapshot(
            session, figures={"gm:0988": 51_498, "gm:0983": 104_195, "gm:0001": 7}
        )
        for each in (region, other):
            session.get_one(Region, each.id).snapshot_id = snapshot.id
    return {"region": region, "other": other, "weert": weert, "grid": grid}


@pytest.fixture
def enter(database, client, sign_in, place):
    """Sign somebody with a role at a member in."""

    def enter(role=Role.READER, at="weert"):
        with database.unit_of_work() as session:
            person = make_official(
                session, region=place["region"], role=role, organisation=place[at], name="Saskia"
            )
        return sign_in(client, person)

    return enter


def log(session, region, count=1, **values):
    """Write entries in the log of a region."""
    for number in range(count):
        session.add(
            ActivityEntry(
                **{
                    "at": now(session),
                    "region_id": region.id,
                    "action": "basistaak.changed",
                    "subject_kind": "basistaak",
                    "subject_id": number,
                    "subject_label": f"Taak {number:03}",
                    "before": {"state": "planned"},
                    "after": {"state": "running"},
                    **values,
                }
            )
        )
    session.flush()


def test_stranger_reads_what_this_is_and_where_to_sign_in(client):
    page = client.get("/")

    assert page.status_code == 200
    assert 'href="/aanmelden"' in page.text


def test_person_with_one_region_goes_straight_there(enter):
    answer = enter().get("/")

    assert (answer.status_code, answer.location) == (302, "/noord/")


def test_person_with_two_regions_chooses(database, client, sign_in, place):
    with database.unit_of_work() as session:
        person = make_official(session, region=place["region"], organisation=place["weert"])
        seat = make_seat(session, region=place["other"], organisation=place["weert"])
        make_tenure(session, person=person, seat=seat)

    page = sign_in(client, person).get("/").text

    assert 'href="/noord/"' in page
    assert 'href="/zuid/"' in page


def test_person_without_a_seat_reads_whom_to_ask(database, client, sign_in):
    with database.unit_of_work() as session:
        person = make_person(session)

    page = sign_in(client, person).get("/")

    assert page.status_code == 200
    assert "regiobeheerder" in page.text


def test_operator_gets_the_pages_of_the_installation_with_what_is_in_them(
    database, client, sign_in, place
):
    with database.unit_of_work() as session:
        old = date(2019, 1, 1)
        make_snapshot(session, figures={"gm:0988": 1}, name="Oude uitgave", released_on=old)
        person = make_person(session, is_operator=True)

    page = sign_in(client, person).get("/").text

    facts = page.partition("<dl")[2].partition("</dl>")[0]
    assert re.findall(r'href="(.*?)"', facts) == [
        "/beheer/regios",
        "/beheer/organisaties",
        "/beheer/bevolking",
    ]
    assert "2 regio’s. " in facts
    assert "5 organisaties " in facts
    assert "Oude uitgave" not in facts
    assert "De nieuwste uitgave is ‘" in facts


def test_outside_a_region_the_menu_leads_to_ones_regions(database, client, sign_in, place):
    with database.unit_of_work() as session:
        person = make_official(session, region=place["region"], role=Role.READER)
        for organisation in (place["weert"], place["grid"]):
            seat = make_seat(session, region=place["other"], organisation=organisation)
            make_tenure(session, seat=seat, person=person)
        make_region(session, slug="oost", name="Regio Oost")

    page = sign_in(client, person).get("/account").text

    rail = page.partition('<details class="ex-unfold ex-rail">')[2].partition("</details>")[0]
    assert re.findall(r'href="(.*?)"', rail) == ["/account", "/noord/", "/zuid/"]
    assert re.findall(r'href="(.*?)" aria-current', rail) == ["/account"]


def test_home_shows_amount_members_tasks_and_latest_five(database, enter, place):
    with database.unit_of_work() as session:
        make_budget(session, region=place["region"], paid={place["weert"].id: 12_345_67})
        make_budget(session, region=place["other"], paid={place["weert"].id: 99_999_99})
        make_task(session, region=place["region"], name="Warmte")
        make_task(session, region=place["other"], name="Geheime taak")
        log(session, place["region"], 7)
        log(session, place["other"], subject_label="Geheime wijziging")

    page = enter().get("/noord/").text

    for shown in (
        "12.345,67",
        "155.693",
        "1\N{NO-BREAK SPACE}januari",
        "Warmte",
        "Taak 006",
        "Taak 002",
    ):
        assert shown in page
    for hidden in ("99.999,99", "Geheime", "Taak 001"):
        assert hidden not in page
    assert 'href="/noord/bijdragen/2027/gm:0988"' in page


def test_standing_counts_members_of_today_and_leaves_partners_apart(database, place):
    with database.reading() as session:
        found = queries.standing_of(
            session, region_id=place["region"].id, organisation_id=place["weert"].id
        )

    assert found.counts["gemeente"] == 2
    assert found.counts["provincie"] == 1
    assert (found.partners, found.inhabitants) == (1, 155_693)
    assert (found.year, found.amount_cents) == (None, None)


def test_amount_is_that_of_the_version_in_force_alone(database, place):
    """Whoever is left out of a later version pays nothing, whatever an earlier one said."""
    organisation_id = place["weert"].id
    with database.unit_of_work() as session:
        household = Household(region_id=place["region"].id, name="Basis")
        session.add(household)
        session.flush()
        for number, paid, adopted in (
            (1, {organisation_id: 1}, True),
            (2, {}, True),
            (3, {}, False),
        ):
            make_budget(
                session,
                region=place["region"],
                household=household,
                number=number,
                paid=paid,
                adopted=adopted,
            )
        found = queries.standing_of(
            session, region_id=place["region"].id, organisation_id=organisation_id
        )

    assert (found.year, found.amount_cents) == (2027, None)


def test_partner_reads_that_it_pays_nothing(database, enter, place):
    with database.unit_of_work() as session:
        make_budget(session, region=place["region"], paid={place["weert"].id: 12_345_67})

    page = enter(at="grid").get("/noord/").text

    assert "12.345,67" not in page
    assert "0,00" in page


def test_empty_region_says_what_will_stand_there(database, client, sign_in):
    with database.unit_of_work() as session:
        region = make_region(session, slug="leeg")
        person = make_official(session, region=region)

    page = sign_in(client, person).get("/leeg/")

    assert page.status_code == 200
    assert "Er geldt nog geen begroting" in page.text


def test_home_offers_what_the_role_can_do(enter):
    assert (
        'href="/noord/beheer/mensen/zetels/nieuw"' in enter(Role.REGION_ADMIN).get("/noord/").text
    )
    assert 'href="/noord/beheer/mensen/zetels/nieuw"' not in enter().get("/noord/").text


def test_home_of_another_region_is_not_found(enter):
    client = enter(Role.REGION_ADMIN)

    for path in ("/zuid/", "/zuid/activiteit", "/zuid/activiteit/activiteit.csv", "/niets/"):
        assert client.get(path).status_code == 404


def test_pages_take_the_same_few_statements_whatever_the_data(app, database, enter, place):
    client = enter(Role.REGION_ADMIN)
    counts = []
    for more in (1, 2, 27):
        with database.unit_of_work() as session:
            for _ in range(more):
                make_task(session, region=place["region"])
                make_membership(session, region=place["region"])
            log(session, place["region"], more, after={"person_id": 1})
        found = []
        for path in ("/noord/", "/noord/activiteit"):
            with statements(app) as seen:
                assert client.get(path).status_code == 200
            found.append(len(seen))
        counts.append(found)

    assert counts == [[4, 3]] * 3


@pytest.mark.parametrize("role", Role)
def test_before_and_after_are_for_who_may_see_them(database, enter, place, role):
    with database.unit_of_work() as session:
        log(session, place["region"], before={"aim": "Oud doel"}, after={"aim": "Nieuw doel"})
        log(session, place["other"], subject_label="Geheim")
    client = enter(role)

    page = client.get("/noord/activiteit").text
    export = client.get("/noord/activiteit/activiteit.csv")

    assert "Taak 000" in page
    assert "Geheim" not in page
    assert ("Oud doel" in page) == (role in SEE_DETAILS)
    assert export.status_code == (200 if role == Role.REGION_ADMIN else 403)
    assert ("activiteit.csv" in page) == (role == Role.REGION_ADMIN)


def test_names_people_by_the_name_of_today(database, enter, place):
    with database.unit_of_work() as session:
        doer = make_person(session, name="Anke")
        log(session, place["region"], person_id=doer.id, organisation_id=place["weert"].id)
        doer.name = "Anke Verbruggen"

    page = enter().get("/noord/activiteit").text

    assert "Anke Verbruggen wijzigde" in page


def test_older_changes_are_on_the_next_page(database, enter, place):
    with database.unit_of_work() as session:
        log(session, place["region"], 60)
        log(session, place["other"], 5, subject_label="Geheim")
    client = enter()

    first = client.get("/noord/activiteit").text
    key = first.split("?na=")[1].split('"')[0]
    second = client.get(f"/noord/activiteit?na={key}").text

    assert [n for n in range(60) if f"Taak {n:03}" in first] == list(range(10, 60))
    assert [n for n in range(60) if f"Taak {n:03}" in second] == list(range(10))
    assert "Geheim" not in second
    assert client.get("/noord/activiteit?na=0").status_code == 200
    assert "Taak 059" in client.get("/noord/activiteit?na=onzin").text


def test_export_has_every_change_once_in_batches(database, enter, place, monkeypatch):
    monkeypatch.setattr(queries, "BATCH", 3)
    with database.unit_of_work() as session:
        log(session, place["region"], 6, subject_label="=1+1")
        log(session, place["other"], subject_label="Geheim")

    rows = list(
        csv.DictReader(
            io.StringIO(
                enter(Role.REGION_ADMIN)
                .get("/noord/activiteit/activiteit.csv")
                .data.decode("utf-8-sig")
            ),
            delimiter=";",
        )
    )

    assert len({row["Regelnummer"] for row in rows}) == len(rows) == 6
    assert {row["Wat"] for row in rows} == {"'=1+1"}
    assert rows[0]["Na"] == '{"state": "running"}'


@pytest.mark.parametrize(
    ("locale", "words"), [("nl", "CBS, tabel 03759ned"), ("en", "table 03759ned")]
)
def test_source_of_the_inhabitants_has_its_table(database, enter, client, place, locale, words):
    enter()
    with database.unit_of_work() as session:
        for person in session.scalars(select(Person)):
            person.locale = locale

    for page in ("/noord/", "/noord/leden", "/noord/leden/gm:0988"):
        assert words in client.get(page).text, page


def test_export_is_json_also_with_amounts_below_zero(database, enter, place):
    after = {"net_cents": [0, -500_000], "name": "Af, =1+1"}
    with database.unit_of_work() as session:
        log(session, place["region"], after=after)

    answer = enter(Role.REGION_ADMIN).get("/noord/activiteit/activiteit.csv")
    text = answer.data.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")

    assert json.loads(row["Na"]) == after
    assert "=1+1" not in text


def test_title_of_the_first_page_names_the_region_once(enter, place):
    name = place["region"].name

    titles = [
        re.findall("<title>(.*?)</title>", enter().get(page).text)[0]
        for page in ("/noord/", "/noord/leden")
    ]

    assert titles == [f"{name} – Extranet", f"Leden – {name} – Extranet"]
