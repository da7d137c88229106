"""The keyboard alone is enough, and so is a browser without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from extranet.demo.cast import DOMAIN
from tests.browser import watched_page
from tests.conftest import DEMO_PASSWORD
from tests.journeys.conftest import SignInAs, Site

FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) { return null; }
  const box = e.getBoundingClientRect();
  const style = getComputedStyle(e);
  const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const shadowed = style.boxShadow !== "none";
  return {
    number: Array.from(document.querySelectorAll("*")).indexOf(e),
    text: (e.innerText || e.name || e.id || e.tagName).trim().slice(0, 60),
    visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
      && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) !== null,
    marked: marked || shadowed,
  };
}"""
# Choices of one radio group are one stop; what a closed menu holds is no stop at all.
REACHABLE = """() => Array.from(document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"))
  .filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }))
  .filter((e) => e.type !== "radio" || e.checked)
  .map((e) => Array.from(document.querySelectorAll("*")).indexOf(e))"""
ADDRESSES = (
    "/nml/",
    "/nml/bijdragen",
    "/nml/begroting/2027/versies/2/regels/nieuw",
    "/nml/mensen",
    "/account",
)


def tab_through(page: Page) -> list[dict[str, object]]:
    """Press Tab until the focus leaves the page; return each stop."""
    stops: list[dict[str, object]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (stops and stop["number"] == stops[0]["number"]):
            return stops
        stops.append(stop)
    raise AssertionError("the focus never leaves the page")


@pytest.mark.one_database
@pytest.mark.parametrize("address", ADDRESSES)
def test_tab_reaches_everything_in_order_and_shows_where_it_is(
    site: Site, browser: Browser, address: str
):
    with site.page_of(browser, "regiobeheerder") as page:
        page.goto(address)
        wanted = page.evaluate(REACHABLE)

        stops = tab_through(page)

    assert stops[0]["text"] == "Ga naar de inhoud"
    assert [stop["text"] for stop in stops if not (stop["visible"] and stop["marked"])] == []
    reached = [stop["number"] for stop in stops]
    assert sorted(set(wanted) - set(reached)) == []
    assert reached == sorted(reached)


def test_keyboard_signs_in_and_skips_to_the_content(browser_page: Page):
    page = browser_page
    page.goto("/aanmelden")
    page.get_by_label("E-mailadres").focus()
    page.keyboard.type(f"treasurer.venray@{DOMAIN}")
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/nml/")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Ga naar de inhoud")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("() => document.activeElement.closest('main') !== null")


@pytest.fixture
def scriptless_page(browser: Browser, live_server: str) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    with watched_page(browser, live_server, java_script_enabled=False) as page:
        yield page


def test_everything_works_without_scripts(scriptless_page: Page, sign_in_as: SignInAs):
    page = scriptless_page
    sign_in_as(page, "treasurer.venray")

    page.locator("a[href='/nml/bijdragen']").first.click()
    expect(page.locator("tr.own th")).to_contain_text("Venray")

    page.goto("/account")
    page.get_by_label("Je naam").fill("Saskia Thijssen-Peters")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_label("Je naam")).to_have_value("Saskia Thijssen-Peters")
    expect(page.locator("main")).to_contain_text("Je gegevens zijn opgeslagen.")

    page.goto("/nml/")
    page.locator("header details summary", has_text="Saskia").click()
    page.get_by_role("button", name="Log uit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")
    page.goto("/nml/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")


def test_form_without_scripts_keeps_what_was_typed(scriptless_page: Page, sign_in_as: SignInAs):
    page = scriptless_page
    sign_in_as(page, "regiobeheerder")
    page.goto("/nml/begroting/financieringsbronnen/nieuw")
    page.locator("[name=conditions]").fill("Elk jaar opnieuw aanvragen")

    page.locator("main form.ex-form button[type=submit]").click()

    assert page.title().startswith("Fout: ")
    expect(page.locator("[name=conditions]")).to_have_value("Elk jaar opnieuw aanvragen")
