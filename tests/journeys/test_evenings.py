"""A resident signs up, the municipality counts who came, and off and on again loses nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from playwright.sync_api import Browser, Page, expect

from tests.browser import watched_page
from tests.conftest import SettableClock
from tests.journeys.checks import axe_problems
from tests.journeys.conftest import SignInAs

PUBLIC = "/p/infoavond/voorbeeld-2k7ma"
COALITION = "/nml/coalities/groen-gas"
EVENING = datetime(2027, 1, 21, 19, 0, tzinfo=UTC)
REGION = re.compile(r"\bRES\b|Midden-Limburg|\bnml\b|extranet", re.IGNORECASE)


def sign_up(page: Page) -> str:
    """Sign up as a resident and return the address of the page that only they have."""
    page.goto(PUBLIC)
    assert REGION.search(page.content()) is None
    page.get_by_label("Wat is uw naam?").fill("Toon Verhaegh")
    page.get_by_label("Met hoeveel personen komt u?").fill("2")
    page.get_by_role("button", name="Verstuur mijn aanmelding").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U hebt een plaats")
    expect(page.get_by_role("img", name="Dezelfde link als code om te scannen")).to_be_visible()
    assert axe_problems(page, "own page") == []
    return page.url


def switch(page: Page, words: str) -> None:
    page.goto(f"{COALITION}/plustaken/infoavond")
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_url("**/plustaken/")


def test_resident_signs_up_comes_and_stays_counted_while_the_plugin_goes_off_and_on(
    browser: Browser,
    browser_page: Page,
    live_server: str,
    sign_in_as: SignInAs,
    clock: SettableClock,
) -> None:
    with watched_page(browser, live_server) as resident:
        own = sign_up(resident)
    staff = browser_page
    sign_in_as(staff, "treasurer.venray")
    staff.goto(f"{COALITION}/infoavond/1/aanmeldingen")
    expect(staff.get_by_role("row", name=re.compile("Toon Verhaegh"))).to_be_visible()

    clock.set(EVENING)
    staff.context.clear_cookies()
    sign_in_as(staff, "treasurer.venray")
    staff.goto(f"{COALITION}/infoavond/1/opkomst")
    staff.get_by_role("button", name=re.compile("Toon Verhaegh")).first.click()
    expect(staff.get_by_role("listitem").filter(has_text="Toon Verhaegh")).to_contain_text(
        "2 gekomen"
    )

    staff.context.clear_cookies()
    sign_in_as(staff, "voorzitter.warmte")
    switch(staff, "Uitzetten")
    with watched_page(browser, live_server) as resident:
        assert resident.request.get(own).status == 404
    switch(staff, "Aanzetten")
    staff.context.clear_cookies()
    sign_in_as(staff, "treasurer.venray")
    staff.goto(f"{COALITION}/infoavond/1/opkomst")
    expect(staff.get_by_role("listitem").filter(has_text="Toon Verhaegh")).to_contain_text(
        "2 gekomen"
    )
