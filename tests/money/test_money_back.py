"""Money that the members get back reads as that: on pages, in letter, mail and sheet."""

import io
import re

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from extranet.access import Role
from extranet.money.models import LineKind
from extranet.outbox.models import Mail
from tests.factories import make_official
from tests.money.budgets import adopt, make_adopted, make_change, make_draft, make_line
from tests.money.test_contribution_pages import seen
from tests.money.test_exports import letter_text, sheet_of

VENLO_GETS = "€ 30.777,39"


@pytest.fixture
def address(database, place):
    """The page of Venlo in a budget in which € 50.000,00 goes back to the members."""
    with database.unit_of_work() as session:
        make_official(
            session, region=place.region, organisation=place.members["Venlo"], role=Role.CONTACT
        )
        draft = make_draft(session, place, costs=(100_00,) * 4)
        make_line(session, draft, name="Rijk", kind=LineKind.INCOME, net=(50_100_00,) * 4)
        adopt(session, place, draft)
    return f"/noord/bijdragen/2027/{place.code('Venlo')}"


def test_page_of_a_member_says_that_it_gets_money_back(enter, address):
    text = seen(enter().get(address))

    assert f"Venlo krijgt in 2027 {VENLO_GETS} terug" in text
    assert "die alle deelnemers samen terugkrijgen" in text
    assert "terug te krijgen" in text
    for wrong in ("Venlo betaalt", "te betalen", "samen betalen", "die alle deelnemers betalen"):
        assert wrong not in text


def test_tables_say_that_the_members_get_money_back(enter, address):
    client = enter()

    for page in ("/noord/bijdragen", "/noord/begroting/2027"):
        assert "De deelnemers krijgen in 2027 samen € 50.000,00 terug." in seen(client.get(page))
    table = seen(client.get("/noord/bijdragen"))
    assert f"Venlo krijgt in 2027 {VENLO_GETS} terug." in table
    assert "te betalen" not in table
    home = seen(client.get("/noord/"))
    assert "Wat Venlo in 2027 terugkrijgt" in home
    assert VENLO_GETS in home
    assert address in client.get("/noord/bijdragen").text


def test_letter_says_that_the_member_gets_money_back(enter, address):
    text = " ".join(letter_text(enter().get(f"{address}/brief.pdf")).split())

    assert f"Venlo krijgt terug over 2027 {VENLO_GETS}" in text
    assert "wat je organisatie terugkrijgt en waarom" in text
    assert "Alleen het bedrag van 2027 wordt terugbetaald." in text
    for wrong in ("Venlo betaalt", "wordt betaald", "te betalen", "bijdraagt"):
        assert wrong not in text


def test_sheet_says_that_the_member_gets_money_back(enter, address):
    book = load_workbook(io.BytesIO(enter().get(f"{address}/uitleg.xlsx").data))

    words = [str(cell.value) for sheet in book.worksheets for row in sheet for cell in row]
    assert (
        "Alleen het bedrag van 2027 wordt terugbetaald. De jaren daarna zijn een raming." in words
    )
    assert "terug te krijgen" in words
    heading = [str(cell.value) for cell in sheet_of(enter().get("/noord/bijdragen/2027.xlsx"))[3]]
    assert "2027, terug te krijgen" in heading


@pytest.mark.usefixtures("address")
def test_mail_says_that_the_member_gets_money_back_and_what_it_was(database, place):
    with database.unit_of_work() as session:
        change = make_change(session, place)
        make_line(session, change, name="Erbij", net=(25_000_00, 0, 0, 0))
        adopt(session, place, change)
        first, second = (
            {name: re.sub(r"\s", " ", text) for name, text in mail.values["members"][0].items()}
            for mail in session.scalars(select(Mail).order_by(Mail.id))
        )

    assert first["amount"] == f"Venlo krijgt in 2027 {VENLO_GETS} terug."
    assert second["amount"] == "Venlo krijgt in 2027 € 15.388,69 terug."
    assert second["change"] == f"Eerst zou je {VENLO_GETS} terugkrijgen."


def test_mail_about_money_to_pay_stays_as_it_was(database, place):
    with database.unit_of_work() as session:
        make_official(
            session, region=place.region, organisation=place.members["Venlo"], role=Role.CONTACT
        )
        make_adopted(session, place)
        (mail,) = session.scalars(select(Mail))

    amount = mail.values["members"][0]["amount"].replace("\N{NO-BREAK SPACE}", " ")
    assert amount == "Venlo betaalt in 2027 € 61.554,78."
