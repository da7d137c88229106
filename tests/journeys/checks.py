"""What every page must be, seen in a browser."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "resultTypes": ["violations"],
}
HIDDEN_VALUE = re.compile(r'<input[^>]*type="hidden"[^>]*>')
EN_DASH = "\N{EN DASH}"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}

FRAME = """() => ({
  headings: document.querySelectorAll("h1").length,
  levels: Array.from(document.querySelectorAll("h1, h2, h3, h4, h5, h6"), (h) => +h.tagName[1]),
  title: document.title.trim(),
  lang: document.documentElement.lang,
  mains: document.querySelectorAll("main").length,
  footer: document.querySelectorAll('footer a[href="/toegankelijkheid"]').length,
})"""
TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) { return []; }
  return Array.from(document.querySelectorAll("main *, header *, footer *"))
    .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1)
    .slice(0, 3).map((e) => e.outerHTML.slice(0, 120));
}"""
# What the page does about its new size it does in the frame after the one that lays it out.
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SCROLLS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def problems_of(page: Page, *, looked_at: set[str] | None = None) -> list[str]:
    """Return what is wrong with the page that is open, wide and at 320 CSS pixels.

    `looked_at` remembers what pages say: the same again, for another reader, is not asked of axe
    a second time, which is what takes long. Its frame and its width are looked at all the same.
    """
    page.set_viewport_size(WIDE)
    is_new = _is_new(page, looked_at)
    found = [*frame_problems(page), *(axe_problems(page, "wide") if is_new else ())]
    page.set_viewport_size(NARROW)
    page.evaluate(SETTLED)
    if page.evaluate(SCROLLS) > 0:
        found.append(f"scrolls sideways: {page.evaluate(TOO_WIDE)}")
    return [*found, *(axe_problems(page, "narrow") if is_new else ())]


def _is_new(page: Page, looked_at: set[str] | None) -> bool:
    """Tell whether the content of a page, apart from hidden values, was not looked at before."""
    if looked_at is None:
        return True
    content = HIDDEN_VALUE.sub("", page.locator("main").inner_html())
    if content in looked_at:
        return False
    looked_at.add(content)
    return True


def frame_problems(page: Page) -> list[str]:
    """Return what is wrong with the title, the language, the headings and the landmarks."""
    frame: dict[str, Any] = page.evaluate(FRAME)
    levels = frame["levels"]
    skipped = [b for a, b in pairwise(levels) if b > a + 1]
    wrong = {
        f"{frame['headings']} h1": frame["headings"] != 1,
        f"skipped heading levels: {levels}": bool(skipped),
        f"title {frame['title']!r}": not frame["title"].endswith(f" {EN_DASH} Extranet"),
        f"language {frame['lang']!r}": frame["lang"] != "nl",
        f"{frame['mains']} main": frame["mains"] != 1,
        "no link to the accessibility statement": frame["footer"] != 1,
    }
    return [text for text, is_wrong in wrong.items() if is_wrong]


def axe_problems(page: Page, where: str) -> list[str]:
    """Return what axe finds, each with the first element that it names."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    results = page.evaluate("(options) => axe.run(options)", OPTIONS)
    return [
        f"{where}: {one['id']}: {one['nodes'][0]['html'][:160]} "
        f"{one['nodes'][0].get('failureSummary', '')[:300]}"
        for one in results["violations"]
    ]
