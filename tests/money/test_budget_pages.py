import pytest
from sqlalchemy import func, select

from extranet.access import Role
from extranet.money.models import BudgetLine, BudgetVersion, FundingSource, LineKind
from extranet.money.queries.lines import get_sheet
from extranet.money.queries.versions import find_version
from tests.money.budgets import (
    facts_of,
    in_force,
    make_change,
    make_draft,
    make_line,
    make_place,
)
from tests.money.filling import hidden, send

DRAFT = "/noord/begroting/2027/versies/1"
LINE = {
    "name": "Onderzoek",
    "kind": "cost",
    "lasting": "incidental",
    "net_0": "1.000,00",
    "vat_0": "210",
    "vat_treatment": "passed_on",
    "funding_source": "0",
}


def test_first_budget_is_started_empty_or_from_last_year(database, enter, place, adopted):
    client = enter(Role.PROGRAMME_TEAM)
    values = {"title": "Begroting", "copy": "last_year"}

    refused = send(client, "/noord/begroting/nieuw", year="2040", **values)
    made = send(client, "/noord/begroting/nieuw", year="2028", **values)

    assert refused.status_code == 422
    assert "2039" in refused.text
    assert made.headers["Location"] == "/noord/begroting/2028/versies/1"
    with database.reading() as session:
        found = find_version(session, purse=place.purse, year=2028, number=1)
        names = [line.name for line in get_sheet(session, found).lines]
    assert names == ["Programmateam"]
    assert adopted.number == 1


@pytest.mark.usefixtures("adopted")
def test_change_is_a_new_version_with_a_reason(database, enter, place):
    client = enter(Role.CONTROLLER)
    address = "/noord/begroting/2027/versies/nieuw"

    refused = send(client, address, title="Wijziging", reason="")
    made = send(client, address, title="Wijziging", reason="Meer werk")
    again = send(client, address, title="Nog een", reason="Meer werk")

    assert (refused.status_code, again.status_code) == (422, 422)
    assert made.headers["Location"] == "/noord/begroting/2027/versies/2"
    assert in_force(database, place).number == 1
    page = client.get("/noord/begroting/2027/versies/2").text
    assert "Meer werk" in page
    assert "concept" in page


def test_line_is_added_changed_and_removed(database, enter, place, draft):
    client = enter(Role.CONTROLLER)

    added = send(client, f"{DRAFT}/regels/nieuw", **LINE)
    with database.reading() as session:
        line = session.scalars(select(BudgetLine).order_by(BudgetLine.id.desc())).first()
    address = f"{DRAFT}/regels/{line.id}"
    changed = send(client, address, **{**LINE, "net_3": "-5,5"})

    assert (added.status_code, changed.status_code) == (302, 302)
    with database.reading() as session:
        stored = get_sheet(session, facts_of(session, place, draft)).lines[-1]
    assert (stored.net, stored.vat) == ((1000_00, 0, 0, -5_50), (210_00, 0, 0, 0))
    assert stored.is_structural is False

    removed = send(client, f"{address}/verwijderen")

    assert removed.status_code == 302
    with database.reading() as session:
        assert len(get_sheet(session, facts_of(session, place, draft)).lines) == 1


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": " "}, "Geef de regel een naam."),
        ({"net_2": "tien"}, "Schrijf het bedrag als 1.234,56."),
        ({"kind": "reserve"}, "heeft geen btw"),
        ({"kind": "gift"}, "soort"),
        ({"net_1": "999999999999"}, "is hoogstens"),
    ],
)
def test_wrong_line_is_refused_beside_its_field_and_nothing_typed_is_lost(
    database, enter, values, message
):
    response = send(enter(Role.CONTROLLER), f"{DRAFT}/regels/nieuw", **{**LINE, **values})

    assert response.status_code == 422
    assert message.casefold() in response.text.casefold()
    assert "data-errors" in response.text
    assert 'value="210"' in response.text
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(BudgetLine)) == 1


@pytest.mark.usefixtures("draft")
def test_stale_line_shows_both_texts(database, enter):
    client = enter(Role.CONTROLLER)
    address = f"{DRAFT}/regels/1"
    old = hidden(client, address)
    send(client, address, **{**LINE, "name": "Wat er nu staat"})

    late = client.post(address, data={**old, **LINE, "name": "Wat ik wilde"})

    assert late.status_code == 409
    assert "Wat er nu staat" in late.text
    assert "Wat ik wilde" in late.text
    with database.reading() as session:
        assert session.scalar(select(BudgetLine.name)) == "Wat er nu staat"


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("page", "values"),
    [
        ("gegevens", {"title": "Wat ik wilde", "reason": ""}),
        ("weggooien", {}),
        ("verdeelsleutel/vaste-voet", {"foot_cents": "12,34"}),
        ("bevolking", {"population": "1/2026-01-01"}),
    ],
)
def test_stale_version_is_a_conflict(database, enter, page, values):
    client = enter(Role.CONTROLLER)
    address = f"{DRAFT}/{page}"
    old = hidden(client, address)
    send(client, f"{DRAFT}/gegevens", title="Wat er nu staat", reason="R")

    late = client.post(address, data={**old, **values})

    assert late.status_code == 409
    with database.reading() as session:
        assert session.scalar(select(BudgetVersion.title)) == "Wat er nu staat"


def test_form_of_another_acting_organisation_is_a_conflict(database, enter, place, draft):
    client = enter(Role.CONTROLLER)
    address = f"{DRAFT}/regels/nieuw"
    form = {**hidden(client, address), **LINE, "acting": place.acting("Weert")}

    for page in (address, f"{DRAFT}/gegevens", f"{DRAFT}/weggooien", f"{DRAFT}/vaststellen"):
        assert client.post(page, data=form).status_code == 409
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(BudgetLine)) == 1
    assert draft.number == 1


def test_key_is_put_together_through_forms(database, enter, place, draft):
    client = enter(Role.PROGRAMME_TEAM)
    key = f"{DRAFT}/verdeelsleutel"
    field = place.code("Weert").replace(":", "_")

    steps = [
        send(client, f"{key}/vaste-bijdragen", **{f"sum_{field}": "500", f"shares_{field}": "y"}),
        send(client, f"{key}/vaste-voet", foot_cents="10,00", kinds=["gemeente"]),
        send(
            client,
            f"{key}/gewichten",
            **{
                f"weight_{place.code(name).replace(':', '_')}": weight
                for name, weight in {"Venlo": "2", "Weert": "0,75", "Beesel": "1/4"}.items()
            },
        ),
        send(client, f"{key}/maximum", max_basis_points="40"),
    ]

    assert [step.status_code for step in steps] == [302] * 4
    with database.reading() as session:
        stored = {part["kind"]: part for part in facts_of(session, place, draft).key_data}
    assert stored["fixed_sum"] == {
        "kind": "fixed_sum",
        "sums": {place.code("Weert"): 500_00},
        "also_sharing": [place.code("Weert")],
    }
    assert stored["fixed_foot"]["kinds"] == ["gemeente"]
    assert stored["custom_weights"]["weights"] == {
        place.code("Venlo"): 2,
        place.code("Weert"): "3/4",
        place.code("Beesel"): "1/4",
    }
    assert stored["cap"]["max_basis_points"] == 4000
    assert "division_by_inhabitants" not in stored
    page = client.get(f"{key}/gewichten").text
    assert 'value="0,75"' in page

    removed = send(client, key, to=f"{key}/maximum/verwijderen")

    assert removed.status_code == 302
    with database.reading() as session:
        kinds = [part["kind"] for part in facts_of(session, place, draft).key_data]
    assert "cap" not in kinds


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("slug", "values", "message"),
    [
        ("vaste-bijdragen", {}, "minstens één organisatie"),
        ("vaste-voet", {"foot_cents": "-1"}, "nul of meer"),
        ("tarief", {"rate": ""}, "Vul het tarief in."),
        ("tarief", {"rate": "2,5", "index": "twee"}, "2,5"),
        ("tarief", {"rate": "2,5", "index": "2,5"}, "indexcijfer"),
        ("gewichten", {}, "boven nul"),
        ("maximum", {}, "als bedrag of als percentage"),
        ("maximum", {"max_cents": "1", "max_basis_points": "1"}, "als bedrag of als percentage"),
    ],
)
def test_wrong_component_is_refused_in_words(enter, slug, values, message):
    response = send(enter(Role.CONTROLLER), f"{DRAFT}/verdeelsleutel/{slug}", **values)

    assert response.status_code == 422
    assert message in response.text


def test_rate_leaves_a_gap_that_a_button_closes(database, enter, place, draft):
    client = enter(Role.CONTROLLER)
    send(client, f"{DRAFT}/verdeelsleutel/tarief", rate="1,25")
    assert "sluitend" in client.get(DRAFT).text

    closed = client.post(f"{DRAFT}/sluitend")

    assert closed.status_code == 302
    assert "/sluitend" not in client.get(DRAFT).text
    with database.reading() as session:
        sheet = get_sheet(session, facts_of(session, place, draft))
    assert sheet.to_share == (169_272 * 125,) * 4
    assert len(sheet.of_kind(LineKind.RESERVE)) == 1


@pytest.mark.usefixtures("draft")
def test_draft_is_thrown_away_after_a_question(database, enter):
    client = enter(Role.REGION_ADMIN)
    assert "ongedaan" in client.get(f"{DRAFT}/weggooien").text

    gone = send(client, f"{DRAFT}/weggooien")

    assert gone.status_code == 302
    assert client.get(DRAFT).status_code == 404
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(BudgetLine)) == 0


def test_comparison_shows_lines_and_what_it_means_for_each_member(database, enter, place, adopted):
    with database.unit_of_work() as session:
        change = make_change(session, place)
        make_line(session, change, name="Nieuw onderzoek", net=(169_272, 0, 0, 0))
    client = enter(Role.CONTROLLER)
    page = client.get("/noord/begroting/2027/versies/2/vergelijking").text
    text = page.replace("\N{NO-BREAK SPACE}", " ")

    assert "Nieuw onderzoek, 2027" in text
    assert "1 regel is gelijk gebleven" in text
    for difference in ("€ +135,79", "€ +1.041,95", "€ +514,98", "€ +1.692,72"):
        assert difference in text
    assert client.get("/noord/begroting/2027/versies/1/vergelijking").status_code == 404
    assert adopted.number == 1


@pytest.mark.usefixtures("draft")
def test_source_is_added_changed_and_removed(database, enter):
    client = enter(Role.CONTROLLER)
    address = "/noord/begroting/financieringsbronnen"
    values = {"name": "CDOKE", "kind": "cdoke", "certainty": "expected", "sector": "mobiliteit"}

    added = send(client, f"{address}/nieuw", **values, ends_on="31-12-2028")
    twice = send(client, f"{address}/nieuw", **values)
    old = hidden(client, f"{address}/1")
    changed = send(client, f"{address}/1", **{**values, "certainty": "committed"})
    late = client.post(f"{address}/1", data={**old, **values, "name": "Anders"})

    codes = [response.status_code for response in (added, twice, changed, late)]
    assert codes == [302, 422, 302, 409]
    assert "toegezegd" in client.get(address).text
    assert send(client, f"{address}/1/verwijderen").status_code == 302
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FundingSource)) == 0


def test_source_of_another_region_is_not_found(database, enter, place):
    with database.unit_of_work() as session:
        other = make_place(session)
        version = make_draft(session, other)
        source = FundingSource(
            household_id=version.household_id, name="X", kind="rijk", certainty="expected"
        )
        session.add(source)
    client = enter(Role.CONTROLLER)

    page = f"/noord/begroting/financieringsbronnen/{source.id}"
    assert client.get(page).status_code == 404
    assert client.post(page, data={"acting": place.acting("Venlo")}).status_code in {404, 422}
    assert client.get(f"{page}/verwijderen").status_code == 404


def test_empty_region_says_who_starts_a_budget(enter):
    assert "Begroting beginnen" not in enter().get("/noord/begroting").text
    assert "Begroting beginnen" in enter(Role.CONTROLLER).get("/noord/begroting").text
