"""On a narrow screen: the title soon, a cue where more follows, rows that read as a list."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.checks import NARROW
from tests.journeys.conftest import Site

pytestmark = pytest.mark.one_database

# How much of a table its region hides, and what of it stands beyond the screen.
HIDDEN = """(id) => {
  const region = document.getElementById(id).closest(".ex-scroll");
  return region.scrollWidth - region.clientWidth;
}"""
CUT = """(id) => Array.from(document.querySelectorAll(`#${id} :is(caption, th, td, a, button)`))
  .filter((e) => e.checkVisibility() && !e.closest("thead"))
  .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth)
  .map((e) => e.textContent)"""


@pytest.mark.parametrize("account", ["regiobeheerder", "ambtenaar.mook"])
def test_title_stands_high_on_the_screen(site: Site, browser: Browser, account: str):
    with site.page_of(browser, account, viewport=NARROW) as page:
        page.goto("/nml/")

        box = page.get_by_role("heading", level=1).bounding_box()
        assert box is not None
        assert box["y"] < 250


def test_search_and_remarks_open_under_their_word(site: Site, browser: Browser):
    with site.page_of(browser, "regiobeheerder", viewport=NARROW) as page:
        page.goto("/nml/")
        field = page.get_by_label("Zoek in deze regio")
        remark = page.get_by_text("De tweede factor staat uit")
        expect(field).not_to_be_visible()
        expect(remark).not_to_be_visible()

        page.locator("header summary", has_text="Zoek").click()
        page.locator("aside summary").click()

        expect(field).to_be_visible()
        expect(remark).to_be_visible()

        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto("/nml/")
        expect(field).to_be_visible()
        expect(remark).to_be_visible()


@pytest.mark.parametrize(
    ("address", "table"),
    [
        ("/nml/mensen", "people"),
        ("/nml/basistaken", "basistaken"),
        ("/nml/beheer/bevolking", "snapshots"),
        ("/account", "sessions"),
    ],
)
def test_list_shows_every_column_without_scrolling(
    site: Site, browser: Browser, address: str, table: str
):
    with site.page_of(browser, "regiobeheerder", viewport=NARROW) as page:
        page.goto(address)

        assert page.evaluate(CUT, table) == []
        assert page.evaluate(HIDDEN, table) == 0


def test_table_of_figures_has_a_shade_until_its_end(site: Site, browser: Browser):
    with site.page_of(browser, "regiobeheerder", viewport=NARROW) as page:
        page.goto("/nml/bijdragen")
        assert page.evaluate(HIDDEN, "contributions") > 0
        region = page.locator("#contributions-caption").locator("xpath=ancestor::div[1]")
        caption = page.locator("#contributions-caption")
        box, edge = caption.bounding_box(), region.bounding_box()
        assert box is not None
        assert edge is not None
        assert box["width"] <= edge["width"]
        strip = {"x": edge["x"] + edge["width"] - 12, "y": box["y"] + 4, "width": 12, "height": 12}

        before = page.screenshot(clip=strip)
        region.evaluate("(e) => { e.scrollLeft = e.scrollWidth; }")
        after = page.screenshot(clip=strip)
        blank = page.screenshot(clip={**strip, "x": strip["x"] - 60})

        assert before != blank
        assert after == blank
