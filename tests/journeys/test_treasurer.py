"""The treasurer of a member sees what she pays, why, and takes the letter and the sheet along."""

from __future__ import annotations

import io
import re
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Download, Page, expect
from pypdf import PdfReader

from extranet.web.forms import parse_cents
from tests.journeys.conftest import SignInAs

AMOUNT = re.compile(r"€\s[\d.]+,\d\d")


def content_of(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def amount_in(text: str) -> str:
    (amount, *_) = AMOUNT.findall(text)
    return amount


def test_treasurer_finds_explains_and_takes_her_contribution(
    browser_page: Page, sign_in_as: SignInAs
):
    page = browser_page
    sign_in_as(page, "treasurer.venray")

    expect(page).to_have_url(re.compile("/nml/$"))
    expect(page.locator("main h2").first).to_have_text("Wat Venray betaalt in 2027")
    amount = page.locator("main .ex-figure-large").first.inner_text()
    cents = parse_cents(amount)
    assert cents is not None
    assert cents > 0

    page.locator("main a[href$='/bijdragen/2027/gm:0984']").first.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Venray betaalt")
    assert parse_cents(amount_in(heading.inner_text())) == cents
    expect(page.locator("main")).to_contain_text("CBS")

    with page.expect_download() as letter:
        page.get_by_role("link", name=re.compile("^Brief 2027")).click()
    with page.expect_download() as sheet:
        page.locator(".ex-exports a[href$='.xlsx']").first.click()

    pdf = content_of(letter.value)
    assert pdf.startswith(b"%PDF-")
    text = "".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(pdf)).pages)
    assert "Venray" in text
    assert cents in [parse_cents(found) for found in AMOUNT.findall(text)]
    book = load_workbook(io.BytesIO(content_of(sheet.value)))
    values = [cell for rows in book for row in rows.iter_rows(values_only=True) for cell in row]
    numbers = [round(value * 100) for value in values if isinstance(value, int | float)]
    assert cents in numbers


def test_table_of_all_members_holds_her_row_and_the_same_amount(
    browser_page: Page, sign_in_as: SignInAs
):
    page = browser_page
    sign_in_as(page, "treasurer.venray")
    amount = page.locator("main .ex-figure-large").first.inner_text()

    page.goto("/nml/bijdragen")

    own = page.locator("tr.own")
    expect(own).to_have_count(1)
    expect(own.locator("th")).to_contain_text("Venray")
    assert own.locator("td.num").nth(1).inner_text() == amount
    total = parse_cents(page.locator("tr.total td.num").nth(1).inner_text())
    rows = page.locator("table").filter(has=own).locator("tbody tr").all()
    amounts = [parse_cents(row.locator("td.num").nth(1).inner_text()) for row in rows]
    assert sum(each or 0 for each in amounts) == total
