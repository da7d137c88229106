"""The region admin adopts figures, changes the budget, adopts it and sees who is told."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from extranet.db import Database
from extranet.membership.models import PopulationFigure, Region
from extranet.money.models import BudgetVersion, Household, VersionState
from extranet.money.rules.purse import BASE
from extranet.outbox.models import Mail
from tests.factories import make_snapshot
from tests.journeys.conftest import SignInAs

NEW_NAME = "CBS bevolking, nieuwe uitgave"
REFERENCE_DATE = date(2026, 1, 1)


def release_with_more_people(database: Database) -> None:
    """Put a second release beside the first, with a thousand more people everywhere."""
    with database.unit_of_work() as session:
        figures = session.execute(
            select(PopulationFigure.code, PopulationFigure.inhabitants).where(
                PopulationFigure.reference_date == REFERENCE_DATE
            )
        )
        more = {code: inhabitants + 1000 for code, inhabitants in figures}
        make_snapshot(session, figures=more, reference_date=REFERENCE_DATE, name=NEW_NAME)


def adopt_release(page: Page) -> None:
    page.goto("/nml/beheer/bevolking")
    page.get_by_role("link", name=re.compile(NEW_NAME)).click()
    expect(page.get_by_role("row", name=re.compile("Venray"))).to_contain_text("45.")
    page.get_by_role("button", name="Met deze uitgave werken").click()
    expect(page.locator(".ex-lead")).to_contain_text(NEW_NAME)


def make_draft(page: Page) -> None:
    page.goto("/nml/begroting/2027")
    page.get_by_role("link", name="Begroting wijzigen").click()
    page.get_by_label("Titel").fill("Eerste begrotingswijziging")
    page.get_by_label("Reden").fill("Nieuwe bevolkingscijfers")
    page.get_by_role("button", name="Concept maken").click()
    page.wait_for_url("**/versies/2")


def choose_release(page: Page) -> None:
    page.locator("main a[href$='/versies/2/bevolking']").click()
    page.get_by_label(re.compile(NEW_NAME)).check()
    page.locator("main form.ex-form button[type=submit]").click()
    page.wait_for_url("**/versies/2")


def test_region_admin_changes_and_adopts_the_budget(
    browser_page: Page, sign_in_as: SignInAs, demo_database: Database
):
    page = browser_page
    release_with_more_people(demo_database)
    sign_in_as(page, "regiobeheerder")
    adopt_release(page)
    make_draft(page)
    choose_release(page)

    page.locator("main a[href$='/versies/2/vaststellen']").first.click()
    page.wait_for_url("**/vaststellen")
    told = page.locator(".ex-confirm")
    expect(told).to_contain_text("Saskia Thijssen")
    expect(page.get_by_role("heading", name="Wat vast komt te liggen")).to_be_visible()
    page.locator("select[name=body]").select_option(label="Portefeuillehoudersoverleg")
    page.locator("input[name=adopted_on]").fill("20-11-2026")
    page.locator("input[name=evidence]").fill("Besluitenlijst 20 november 2026, punt 4")
    page.locator("main form.ex-form button[type=submit]").click()
    page.wait_for_url(lambda url: not url.endswith("/vaststellen"))

    with demo_database.reading() as session:
        states = session.execute(
            select(BudgetVersion.number, BudgetVersion.state)
            .join(Household, Household.id == BudgetVersion.household_id)
            .where(Household.owner == BASE)
            .order_by(BudgetVersion.number)
        ).all()
        region = session.scalars(select(Region).where(Region.slug == "nml")).one()
        addresses = session.scalars(select(Mail.to_address)).all()
        newest = session.scalar(select(func.max(BudgetVersion.snapshot_id)))
    assert [tuple(row) for row in states] == [
        (1, VersionState.ADOPTED),
        (2, VersionState.ADOPTED),
    ]
    assert region.snapshot_id == newest
    assert "treasurer.venray@demo.example.org" in addresses
    assert len(addresses) == len(set(addresses))
