"""The page of a budget: VAT in lines and totals, and what it is compared with."""

import pytest

from extranet.money.models import VatTreatment
from tests.money.budgets import adopt, make_adopted, make_draft, make_line
from tests.money.test_budget_pages import DRAFT
from tests.money.test_contribution_pages import seen


def make_taxed(session, draft, vat):
    make_line(
        session,
        draft,
        name="Onderzoek",
        net=(1_000_00,) * 4,
        vat=vat,
        vat_treatment=VatTreatment.PASSED_ON,
    )


def test_vat_stands_in_the_words_of_a_line_also_when_it_begins_later(database, enter, place):
    with database.unit_of_work() as session:
        make_taxed(session, make_draft(session, place), (0, 210_00, 0, 211_00))

    text = seen(enter().get(DRAFT))

    assert "btw doorgeschoven, € 210,00 btw in 2028" in text


def test_vat_is_shown_for_four_years_and_says_who_can_reclaim_it(database, enter, place):
    with database.unit_of_work() as session:
        make_taxed(session, make_draft(session, place), (210_00, 211_00, 212_00, 213_00))

    text = seen(enter().get(DRAFT))

    for words in ("Btw in de kosten", "waarvan doorgeschoven"):
        assert f"{words} € 210,00 € 211,00 € 212,00 € 213,00" in text
    assert "Gemeenten en de provincie kunnen hun deel" in text
    assert "deelnemers kunnen" not in text


@pytest.mark.usefixtures("place")
def test_budget_without_vat_says_nothing_of_it(database, enter, place):
    with database.unit_of_work() as session:
        make_draft(session, place)

    assert "Btw in de kosten" not in seen(enter().get(DRAFT))


@pytest.mark.parametrize("has_last_year", [True, False])
def test_first_version_links_to_its_comparison_with_the_forecast_of_last_year(
    database, enter, place, has_last_year
):
    with database.unit_of_work() as session:
        if has_last_year:
            make_adopted(session, place, year=2026)
        adopt(session, place, make_draft(session, place))

    page = enter().get("/noord/begroting/2027").text

    assert (f'href="{DRAFT}/vergelijking"' in page) is has_last_year
