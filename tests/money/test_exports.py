"""One set of cents: on the page, in CSV, in Excel, in the letter and on the command line."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from extranet.access import Role
from extranet.formats import cents
from extranet.money.cli import printed
from extranet.money.models import FundingSource, LineKind, VatTreatment
from extranet.money.queries.contributions import get_table
from extranet.money.queries.exports import budget_export
from extranet.money.queries.lines import get_sheet
from extranet.money.rules import (
    AllocationKey,
    Cap,
    DivisionByInhabitants,
    EqualShare,
)
from tests.factories import make_membership, make_official, make_organisation, make_snapshot
from tests.money.budgets import (
    INHABITANTS,
    adopt,
    facts_of,
    make_adopted,
    make_change,
    make_draft,
    make_line,
    make_place,
)
from tests.money.test_contribution_pages import seen

KEYS = st.sampled_from(
    [
        AllocationKey([DivisionByInhabitants()]),
        AllocationKey([EqualShare()]),
        AllocationKey([DivisionByInhabitants(), Cap(max_basis_points=6_000)]),
    ]
)

NOT_PAID = "Versie 2 vervangt deze versie: van deze bedragen wordt niets betaald."


def sheet_of(response):
    return load_workbook(io.BytesIO(response.data)).worksheets[0]


def amounts_in_excel(response):
    """Return the first year's cents by code, and the total, from the sheet of contributions."""
    rows = list(sheet_of(response).iter_rows(min_row=3, values_only=True))
    heading = [str(cell) for cell in rows[0]]
    at = next(number for number, title in enumerate(heading) if title.startswith("2027"))
    *members, total = [row for row in rows[1:] if row[1]]
    in_cents = {row[0]: round(Decimal(str(row[at])) * 100) for row in members}
    return in_cents, round(Decimal(str(total[at])) * 100)


def amounts_in_csv(response):
    head, *rows = csv.reader(io.StringIO(response.data.decode("utf-8-sig")), delimiter=";")
    at = next(number for number, title in enumerate(head) if title.startswith("2027"))
    return {row[0]: int(Decimal(row[at].replace(",", ".")) * 100) for row in rows}


def letter_text(response):
    reader = PdfReader(io.BytesIO(response.data))
    text = " ".join(page.extract_text() for page in reader.pages)
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.one_database
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    inhabitants=st.lists(st.integers(1, 200_000), min_size=2, max_size=4),
    total=st.integers(1_000_000, 900_000_000),
    key=KEYS,
)
def test_same_cents_everywhere(database, client, sign_in, inhabitants, total, key):
    names = {f"Gemeente {number}": count for number, count in enumerate(inhabitants)}
    with database.unit_of_work() as session:
        place = make_place(session, inhabitants=names)
        version = make_adopted(session, place, costs=(total,) * 4, key=key)
        facts = facts_of(session, place, version)
        table = get_table(session, facts)
        command = printed(session, region=place.region.slug, year=2027, form="csv")
        person = make_official(
            session, region=place.region, organisation=place.members["Gemeente 0"]
        )
    sign_in(client, person)
    expected = {member.code: member.amounts[0] for member in table.members}
    base = f"/{place.region.slug}/bijdragen"

    assert sum(expected.values()) == total
    assert amounts_in_csv(client.get(f"{base}/2027.csv")) == expected
    assert amounts_in_excel(client.get(f"{base}/2027.xlsx")) == (expected, total)
    lines = [line.split(";") for line in command.splitlines()]
    assert {code: int(amount) for code, _, _, amount in lines[1:]} == expected
    page = client.get(base).text
    for amount in (*expected.values(), total):
        assert cents(amount, "nl") in page
    code = place.code("Gemeente 0")
    amount = cents(expected[code], "nl")
    assert amount in client.get(f"{base}/{code}").text
    letter = letter_text(client.get(f"{base}/2027/{code}/brief.pdf"))
    assert amount.replace("\N{NO-BREAK SPACE}", " ") in letter


@pytest.fixture
def client_of_venlo(database, enter, place):
    with database.unit_of_work() as session:
        make_adopted(session, place)
    return enter()


@pytest.mark.parametrize(
    ("path", "filename", "kind"),
    [
        ("bijdragen/2027.csv", "bijdragen-2027-versie-1.csv", "text/csv"),
        ("bijdragen/2027.xlsx", "bijdragen-2027-versie-1.xlsx", "application/vnd"),
        ("bijdragen/2027/{code}/uitleg.csv", "bijdrage-2027-{slug}-versie-1.csv", "text/csv"),
        ("bijdragen/2027/{code}/uitleg.xlsx", "bijdrage-2027-{slug}-versie-1.xlsx", "application"),
        ("bijdragen/2027/{code}/brief.pdf", "brief-bijdrage-2027-{slug}-versie-1.pdf", "applic"),
        ("begroting/2027/versies/1/begroting.csv", "begroting-2027-versie-1.csv", "text/csv"),
        ("begroting/2027/versies/1/begroting.xlsx", "begroting-2027-versie-1.xlsx", "applica"),
    ],
)
def test_download_has_a_name_that_says_what_it_is(client_of_venlo, place, path, filename, kind):
    code = place.code("Venlo")

    response = client_of_venlo.get(f"/noord/{path.format(code=code)}")

    name = filename.format(slug=code.replace(":", "-"))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.content_type.startswith(kind)


def test_explanation_in_excel_has_the_steps_and_the_years(client_of_venlo, place):
    response = client_of_venlo.get(f"/noord/bijdragen/2027/{place.code('Venlo')}/uitleg.xlsx")
    steps, years, notes = load_workbook(io.BytesIO(response.data)).worksheets

    rows = list(steps.iter_rows(min_row=4, values_only=True))
    assert rows[0][:2] == ("Inwoners van Venlo op 1 januari 2026", 104_195)
    assert round(Decimal(str(rows[-1][3])) * 100) == 61_554_78
    amounts = [row[3] for row in years.iter_rows(min_row=4, values_only=True)]
    assert len(amounts) == 4
    assert "peildatum 1 januari 2026" in " ".join(str(cell.value) for cell in notes["A"])


def test_letter_says_who_pays_what_by_which_decision(client_of_venlo, place):
    response = client_of_venlo.get(f"/noord/bijdragen/2027/{place.code('Venlo')}/brief.pdf")

    text = letter_text(response)
    for part in ("Venlo", "€ 61.554,78", "12 november 2026", "Overleg", "104.195"):
        assert part in text
    again = client_of_venlo.get(f"/noord/bijdragen/2027/{place.code('Venlo')}/brief.pdf")
    assert again.data == response.data


def test_letter_never_asks_for_a_forecast(client_of_venlo, place):
    address = f"/noord/bijdragen/2027/{place.code('Venlo')}/brief.pdf?jaar=2029"

    assert "€ 61.554,78" in letter_text(client_of_venlo.get(address))


def test_text_in_a_sheet_is_never_a_formula(database, client, sign_in):
    with database.unit_of_work() as session:
        place = make_place(session, slug="zuid", inhabitants={"=1+1": 1})
        version = make_draft(session, place)
        make_line(session, version, name="@SUM(A1)")
        adopt(session, place, version)
        person = make_official(session, region=place.region, organisation=place.members["=1+1"])
    sign_in(client, person)

    for path, text in (
        ("bijdragen/2027", "=1+1"),
        ("begroting/2027/versies/1/begroting", "@SUM(A1)"),
    ):
        assert f"'{text}" in client.get(f"/zuid/{path}.csv").text
        cells = [cell for row in sheet_of(client.get(f"/zuid/{path}.xlsx")) for cell in row]
        assert text in [cell.value for cell in cells]
        assert {cell.data_type for cell in cells}.isdisjoint({"f"})


def test_budget_export_adds_up_to_what_is_shared(session):
    place = make_place(session)
    version = make_draft(session, place, costs=(1_000, 900, 800, 700))
    make_line(session, version, name="Rijk", kind=LineKind.INCOME, net=(300, 0, 0, 0))
    facts = facts_of(session, place, version)

    table = budget_export(facts, get_sheet(session, facts), "nl")

    assert [row[-4:] for row in table.rows] == [(1_000, 900, 800, 700), (-300, 0, 0, 0)]
    assert table.total[-4:] == (700, 900, 800, 700)


def test_budget_export_has_everything_that_the_page_shows(session):
    place = make_place(session)
    version = make_draft(session, place, costs=(1_000, 0, 0, 0))
    source = FundingSource(
        household_id=version.household_id,
        name="CDOKE",
        kind="cdoke",
        certainty="expected",
        ends_on=date(2028, 12, 31),
    )
    session.add(source)
    session.flush()
    make_line(
        session,
        version,
        name="Onderzoek",
        net=(0, 100, 100, 0),
        vat=(0, 21, 21, 0),
        vat_treatment=VatTreatment.PASSED_ON,
        explanation="Twee jaar",
        funding_source_id=source.id,
    )
    facts = facts_of(session, place, version)

    table = budget_export(facts, get_sheet(session, facts), "nl")

    row = dict(zip((column.key for column in table.columns), table.rows[1], strict=True))
    assert [row[f"vat_{year}_cents"] for year in facts.years] == [0, 21, 21, 0]
    assert [row[f"amount_{year}_cents"] for year in facts.years] == [0, 121, 121, 0]
    assert (row["explanation"], row["funding_source"]) == ("Twee jaar", "CDOKE")
    assert (row["certainty"], row["source_ends_on"]) == ("verwacht", date(2028, 12, 31))
    assert table.total[-8:] == (0, 21, 21, 0, 1_000, 121, 121, 0)


def test_inhabitants_of_who_is_no_member_yet_do_not_count(database, enter, place):
    with database.unit_of_work() as session:
        later = make_organisation(session, name="Straks erbij")
        figures = {place.code(name): count for name, count in INHABITANTS.items()}
        with_later = make_snapshot(session, figures=figures | {later.code: 10_000})
        session.merge(place.region).snapshot_id = with_later.id
        make_membership(
            session, region=place.region, organisation=later, from_date=date(2028, 1, 1)
        )
        make_adopted(session, place)
    client = enter()

    rows = list(sheet_of(client.get("/noord/bijdragen/2027.xlsx")).values)
    total = next(row for row in rows if row[1] == "Totaal")

    assert "169.272" in client.get("/noord/bijdragen").text
    assert "179.272" not in client.get("/noord/bijdragen").text
    assert total[2] == 169_272


def test_draft_says_so_in_its_name_and_its_remarks(database, enter, place):
    with database.unit_of_work() as session:
        make_draft(session, place)
    response = enter(Role.CONTROLLER).get("/noord/bijdragen/2027.xlsx?versie=1")

    assert (
        'filename="bijdragen-2027-versie-1-concept.xlsx"'
        in (response.headers["Content-Disposition"])
    )
    notes = load_workbook(io.BytesIO(response.data)).worksheets[-1]
    assert "concept" in " ".join(str(cell.value) for cell in notes["A"])


def test_replaced_version_is_nowhere_to_pay(database, enter, place):
    with database.unit_of_work() as session:
        make_adopted(session, place)
        adopt(session, place, make_change(session, place))

    client = enter()
    response = client.get("/noord/bijdragen/2027.xlsx?versie=1")
    address = f"/noord/bijdragen/2027/{place.code('Venlo')}"

    heading = [str(cell.value) for cell in sheet_of(response)[3]]
    assert [title for title in heading if title.startswith("20")] == [
        f"{year}, vervangen" for year in (2027, 2028, 2029, 2030)
    ]
    notes = load_workbook(io.BytesIO(response.data)).worksheets[-1]
    assert NOT_PAID in [str(cell.value) for cell in notes["A"]]
    letter = " ".join(letter_text(client.get(f"{address}/brief.pdf?versie=1")).split())
    for text in (letter, seen(client.get(f"{address}?versie=1"))):
        assert NOT_PAID in text
        for wrong in ("te betalen", "raming", "Alleen het bedrag"):
            assert wrong not in text


def test_json_of_the_command_line_has_version_and_total(session):
    place = make_place(session, slug="noord", inhabitants={"Venlo": 3, "Weert": 1})
    make_adopted(session, place, costs=(400, 0, 0, 0))

    found = json.loads(printed(session, region="noord", year=2027, form="json"))

    assert found["total_cents"] == 400
    assert (found["region"], found["year"], found["version"]) == ("noord", 2027, 1)
    assert [one["amount_cents"] for one in found["contributions"]] == [300, 100]
    assert date(2027, 1, 1).year == found["year"]


def test_letter_of_a_replaced_version_says_so(database, enter, place):
    with database.unit_of_work() as session:
        make_adopted(session, place)
        adopt(session, place, make_change(session, place))
    client, address = enter(), f"/noord/bijdragen/2027/{place.code('Venlo')}/brief.pdf"

    assert "Vervangen door versie 2" in letter_text(client.get(f"{address}?versie=1"))
    assert "Vervangen" not in letter_text(client.get(address))
