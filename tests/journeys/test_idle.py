"""Who does nothing is warned two minutes before being signed out, and can stay."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.checks import axe_problems
from tests.journeys.conftest import Site

pytestmark = pytest.mark.one_database

QUIET = "51:50"
WARNED = "00:15"


def test_warning_comes_in_time_and_staying_takes_it_away(site: Site, browser: Browser):
    with site.page_of(browser, "regiobeheerder") as page:
        page.clock.install()
        page.goto("/nml/leden")
        warning = page.locator(".ex-idle")
        page.clock.fast_forward(QUIET)
        expect(warning).to_have_count(0)
        page.clock.fast_forward(WARNED)
        expect(warning).to_have_attribute("role", "alert")
        assert axe_problems(page, "warned") == []

        with page.expect_response("**/account/aanwezig") as answered:
            warning.get_by_role("button", name="Blijf aangemeld").click()

        assert answered.value.status == 204
        expect(warning).to_have_count(0)
        assert page.evaluate("() => document.activeElement.matches('main h1')")
        page.clock.fast_forward(QUIET)
        expect(warning).to_have_count(0)
        page.clock.fast_forward(WARNED)
        expect(warning).to_have_count(1)


def test_visit_to_another_page_starts_the_time_anew(site: Site, browser: Browser):
    with site.page_of(browser, "regiobeheerder") as page:
        page.clock.install()
        page.goto("/nml/leden")
        page.clock.fast_forward(QUIET)
        page.locator("nav a[href='/nml/mensen']").click()
        page.wait_for_url("**/nml/mensen")
        page.clock.fast_forward(QUIET)

        expect(page.locator(".ex-idle")).to_have_count(0)


def test_stranger_is_not_warned(site: Site, browser: Browser):
    with site.page_of(browser, None) as page:
        page.clock.install()
        page.goto("/aanmelden")
        page.clock.fast_forward("01:00:00")

        expect(page.locator(".ex-idle")).to_have_count(0)
