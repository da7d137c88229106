"""The base and two plustaken of one coalition side by side: nothing of the one is in the other."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import event, func, select

from extranet.clock import today
from extranet.coalitions.models import Plustaak
from extranet.money.models import BudgetLine, BudgetVersion, FundingSource, Household
from extranet.money.queries.purses import purses_of, totals_beside_base
from extranet.money.rules import AllocationKey, EqualShare, Purse
from extranet.money.services.funding import FundingInput, add_source
from tests.basistaken.tasks import statements
from tests.coalitions.alliances import make_alliance, make_coalition
from tests.coalitions.purses import make_money
from tests.factories import make_body
from tests.membership.places import text_of
from tests.money.budgets import Place, make_adopted, make_draft
from tests.money.filling import send

COALITION = "/noord/coalities/groen-gas"
AT = {"base": "/noord", "infoavond": f"{COALITION}/infoavond", "expert": f"{COALITION}/expert"}
NAMES = {"base": "Basisregel", "infoavond": "Zaalhuur", "expert": "Inhuur"}
SOURCE = FundingInput(name="Rijk", kind="rijk", certainty="expected")


def base_of(session, made):
    return Place(
        region=made.region,
        members=made.organisations,
        body=make_body(session, region=made.region),
        snapshot=None,
    )


@pytest.fixture
def purses(database, alliance):
    """A draft for 2027 in each of three purses, each with a line and a source of its own."""
    with database.unit_of_work() as session:
        place = base_of(session, alliance)
        make_draft(session, place, key=AllocationKey([EqualShare()]))
        found = {"base": Purse(region_id=alliance.region.id)}
        session.scalars(select(BudgetLine)).one().name = NAMES["base"]
        for plugin in ("infoavond", "expert"):
            names = (NAMES[plugin],)
            money = make_money(session, alliance, plugin=plugin, state="draft", names=names)
            found[plugin] = money.purse
        for purse in found.values():
            add_source(session, purse=purse, source=SOURCE, actor=None)
    return found


def numbers_of(database, purse):
    """Return the number of a purse's line and of its source."""
    with database.reading() as session:
        mine = select(Household.id).where(
            Household.region_id == purse.region_id, Household.owner == purse.owner
        )
        line_id = session.scalars(
            select(BudgetLine.id)
            .join(BudgetVersion, BudgetVersion.id == BudgetLine.version_id)
            .where(BudgetVersion.household_id.in_(mine))
        ).one()
        source_id = session.scalars(
            select(FundingSource.id).where(FundingSource.household_id.in_(mine))
        ).one()
    return line_id, source_id


def counted(database):
    with database.reading() as session:
        return [
            session.scalar(select(func.count()).select_from(kind))
            for kind in (BudgetLine, BudgetVersion, FundingSource)
        ]


@pytest.mark.parametrize("mine", AT)
@pytest.mark.parametrize("theirs", AT)
def test_guessed_number_of_another_purse_is_not_found(database, enter, purses, mine, theirs):
    browser = enter("admin")
    line_id, source_id = numbers_of(database, purses[theirs])
    draft, sources = (
        f"{AT[mine]}/begroting/2027/versies/1",
        f"{AT[mine]}/begroting/financieringsbronnen",
    )
    pages = (
        f"{draft}/regels/{line_id}",
        f"{draft}/regels/{line_id}/verwijderen",
        f"{sources}/{source_id}",
        f"{sources}/{source_id}/verwijderen",
    )
    before = counted(database)

    found = {browser.get(page).status_code for page in pages}
    assert found == {200 if mine == theirs else 404}
    if mine != theirs:
        values = {"version": "1", "name": "Gestolen", "kind": "cost", "certainty": "committed"}
        acting = send_mark(browser, draft)
        posted = {
            browser.post(page, data={**values, **acting}).status_code
            for page in (pages[1], pages[3])
        }
        assert posted == {404}
        for page in (pages[0], pages[2]):
            browser.post(page, data={**values, **acting})
        assert counted(database) == before
        with database.reading() as session:
            assert "Gestolen" not in session.scalars(select(BudgetLine.name)).all()
            assert "Gestolen" not in session.scalars(select(FundingSource.name)).all()


def send_mark(browser, draft):
    """Return what a form of the page carries to say for whom it was opened."""
    page = browser.get(f"{draft}/regels/nieuw").text
    return {"acting": page.partition('name="acting"')[2].partition('value="')[2].partition('"')[0]}


@pytest.mark.parametrize("mine", AT)
def test_pages_of_a_purse_show_its_own_lines_alone(enter, purses, mine):
    browser = enter("admin")
    others = {name for whose, name in NAMES.items() if whose != mine}

    for page in ("2027", "2027/versies/1", "2027/versies/1/begroting.csv"):
        shown = browser.get(f"{AT[mine]}/begroting/{page}").text
        assert purses[mine]
        assert NAMES[mine] in shown
        assert [name for name in others if name in shown] == []


def test_source_of_another_purse_cannot_pay_a_line(database, enter, purses):
    _line, source_id = numbers_of(database, purses["expert"])
    draft = f"{AT['infoavond']}/begroting/2027/versies/1"
    values = {
        "name": "Drukwerk",
        "kind": "cost",
        "lasting": "structural",
        "net_0": "30",
        "vat_treatment": "exempt",
        "funding_source": str(source_id),
    }

    answer = send(enter("lead"), f"{draft}/regels/nieuw", **values)

    assert answer.status_code == 422


@pytest.mark.usefixtures("purses")
def test_key_of_one_purse_leaves_the_others(database, enter):
    browser = enter("lead")
    send(browser, f"{AT['expert']}/begroting/2027/versies/1/verdeelsleutel/inwoners")

    with database.reading() as session:
        kinds = {
            row.owner: row.allocation_key[0]["kind"]
            for row in session.execute(
                select(Household.owner, BudgetVersion.allocation_key).join(
                    BudgetVersion, BudgetVersion.household_id == Household.id
                )
            )
        }
    assert sorted(kinds.values()) == ["division_by_inhabitants", "equal_share", "equal_share"]


@pytest.mark.usefixtures("purses")
def test_version_that_only_another_purse_has_is_not_found(database, enter):
    with database.unit_of_work() as session:
        plustaak = session.scalars(select(Plustaak).where(Plustaak.plugin == "expert")).one()
        household = session.scalars(
            select(Household).where(Household.owner == f"plustaak:{plustaak.id}")
        ).one()
        version = session.scalars(
            select(BudgetVersion).where(BudgetVersion.household_id == household.id)
        ).one()
        version.year = 2031
    browser = enter("admin")

    for whose, wanted in (("base", 404), ("infoavond", 404), ("expert", 200)):
        for page in ("begroting/2031", "begroting/2031/versies/1"):
            assert browser.get(f"{AT[whose]}/{page}").status_code == wanted


# What each member pays, side by side.


@pytest.fixture
def paid(database, alliance):
    """An adopted budget for 2027 in the base and in two plustaken, of which one is live."""
    with database.unit_of_work() as session:
        make_adopted(session, base_of(session, alliance), key=AllocationKey([EqualShare()]))
        make_money(session, alliance, live_since=date(2026, 11, 20))
        make_money(session, alliance, plugin="expert", parties=["Weert", "Venray"])
    return alliance


def test_member_page_shows_each_purse_apart_and_no_sum(enter, paid):
    page = enter("reader").get(f"/noord/leden/{paid.organisations['Weert'].code}")
    said = text_of(page)

    assert "Basistaken 2027 € 25.000,00" in said
    assert "Informatieavonden, Groen gas 2027 € 33,33" in said
    assert "expert, Groen gas nog niet gevraagd 2027 € 50,00" in said
    assert "wordt niet opgeteld" in said
    assert said.index("Basistaken 2027") < said.index("Informatieavonden")
    assert "25.033" not in said
    assert "25.083" not in said
    assert (
        f'href="{AT["infoavond"]}/bijdragen/2027/{paid.organisations["Weert"].code}"' in page.text
    )


def test_member_that_takes_part_in_nothing_has_the_base_alone(enter, paid):
    said = text_of(enter("reader").get("/noord/leden/gm:1507"))

    assert paid.coalition.id
    assert "Basistaken 2027 € 25.000,00" in said
    assert "Plustaken" not in said
    assert "opgeteld" not in said


def test_explanation_of_the_base_names_the_plustaken_apart(enter, paid):
    browser = enter("representative")
    for page in ("eigen", f"2027/{paid.organisations['Venray'].code}"):
        said = text_of(browser.get(f"/noord/bijdragen/{page}"))
        assert "Naast de basis: plustaken" in said
        assert "Informatieavonden, Groen gas € 33,34" in said
        assert "expert, Groen gas nog niet gevraagd € 50,01" in said
    inside = text_of(browser.get(f"{AT['infoavond']}/bijdragen/eigen"))
    assert "Naast de basis" not in inside


def test_contributions_of_the_base_list_the_plustaken_apart(enter, paid):
    said = text_of(enter("representative").get("/noord/bijdragen"))

    assert paid.coalition.id
    assert "Informatieavonden, Groen gas € 33,34 € 100,01" in said
    assert "expert, Groen gas nog niet gevraagd € 50,01 € 100,01" in said
    assert "€ 100.000,01" in said
    other = text_of(enter("other_coalition").get("/noord/bijdragen"))
    assert "Informatieavonden, Groen gas – € 100,01" in other


@pytest.mark.parametrize(
    "page", ["/noord/leden/gm:0988", "/noord/bijdragen", "/noord/bijdragen/gm:0988"]
)
def test_pages_ask_as_many_questions_with_one_plustaak_as_with_three(
    app, database, alliance, enter, page
):
    browser = enter("reader")
    with database.unit_of_work() as session:
        make_adopted(session, base_of(session, alliance), key=AllocationKey([EqualShare()]))
        make_money(session, alliance)
    few = asked(app, browser, page)
    with database.unit_of_work() as session:
        for name in ("Warmte", "Waterstof"):
            weert = alliance.organisations["Weert"]
            other = make_coalition(session, region=alliance.region, by=weert, name=name)
            make_money(session, alliance, coalition=other)

    assert asked(app, browser, page) == few


def asked(app, browser, page):
    with statements(app) as queries:
        assert browser.get(page).status_code == 200
    return len(queries)


def test_all_purses_of_a_member_are_one_statement_and_of_the_year_that_is_meant(session):
    made = make_alliance(session)
    base = base_of(session, made)
    key = AllocationKey([EqualShare()])
    make_adopted(session, base, key=key, year=2026, costs=(4_00,) * 4)
    make_adopted(session, base, key=key, costs=(8_00,) * 4)
    money = make_money(session, made)
    make_adopted(session, base, key=key, purse=money.purse, year=2028, costs=(9_00,) * 4)
    session.flush()
    seen = []
    event.listen(session.bind, "before_cursor_execute", lambda *given: seen.append(given[2]))

    found = purses_of(
        session,
        region_id=made.region.id,
        organisation_code="gm:0988",
        this_year=today(session).year,
    )
    totals = totals_beside_base(
        session, region_id=made.region.id, organisation_code="gm:1507", year=2028
    )

    assert len(seen) == 2
    assert [(one.owner, one.year, one.amount_cents) for one in found] == [
        ("", 2026, 1_00),
        (money.purse.owner, 2027, 33_33),
    ]
    assert [(one.total_cents, one.own_cents) for one in totals] == [(9_00, None)]


# What goes along on paper and in sheets.


def test_letter_and_sheets_name_the_plustaak_and_not_the_region(enter, paid):
    browser = enter("lead")
    code = paid.organisations["Weert"].code
    here = f"{AT['infoavond']}/bijdragen/2027"

    letter = browser.get(f"{here}/{code}/brief.pdf")
    words = " ".join(PdfReader(BytesIO(letter.data)).pages[0].extract_text().split())
    # What it was called when it was adopted; here no plugin host was there to give its title.
    assert "aan infoavond, Groen gas" in words
    assert "begroting 2027 van infoavond, Groen gas" in words
    assert "aan Regio Noord" not in words
    assert "2027-1-0988-plustaak-1" in words

    for sheet in (f"{here}.xlsx", f"{here}/{code}/uitleg.xlsx"):
        book = load_workbook(BytesIO(browser.get(sheet).data))
        cells = {cell.value for table in book for row in table.iter_rows() for cell in row}
        assert "infoavond, Groen gas" in cells
    file = browser.get(f"{here}.csv")
    assert "bijdragen-infoavond-groen-gas-2027" in file.headers["Content-Disposition"]
    base = browser.get("/noord/bijdragen/2027.csv").headers["Content-Disposition"]
    assert "bijdragen-2027-versie-1.csv" in base
