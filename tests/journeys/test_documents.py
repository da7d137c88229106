"""Somebody of the programme team adds a document, and a reader reads it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.documents.papers import GOOD
from tests.journeys.checks import problems_of
from tests.journeys.conftest import SignInAs

pytestmark = pytest.mark.one_database


def choose(page: Page, content: bytes, name: str) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


def test_document_is_added_versioned_withdrawn_and_read(browser_page: Page, sign_in_as: SignInAs):
    page = browser_page
    sign_in_as(page, "programmateam")
    page.get_by_role("link", name="Documenten", exact=True).click()
    page.get_by_role("link", name="Document toevoegen").click()

    choose(page, b"<html><script>alert(1)</script>", "Advies.pdf")
    page.get_by_label("Titel").fill("Advies over warmte")
    page.get_by_label("Gremium dat het schreef").select_option("Ontwikkelgroep warmte")
    page.get_by_label("Alle leden").check()
    page.get_by_role("button", name="Document toevoegen").click()
    expect(page.get_by_role("alert")).to_contain_text("De naam eindigt op .pdf")
    assert problems_of(page) == []

    choose(page, GOOD["pdf"], "Advies.pdf")
    page.get_by_role("button", name="Document toevoegen").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Advies over warmte")
    with page.expect_download() as download:
        page.get_by_role("link", name="Downloaden").click()
    assert download.value.suggested_filename == "Advies.pdf"

    page.get_by_role("link", name="Versie toevoegen").click()
    choose(page, "Eén punt erbij".encode(), "Advies.txt")
    page.get_by_label("Wat er anders is").fill("Eén punt erbij")
    page.get_by_role("button", name="Versie toevoegen").click()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(3)
    page.get_by_role("link", name="bekijken Advies.txt").click()
    expect(page.locator("body")).to_have_text("Eén punt erbij")
    page.go_back()

    page.get_by_role("link", name="Intrekken").click()
    page.get_by_label("Waarom").fill("Vervangen")
    page.get_by_role("button", name="Intrekken").click()
    expect(page.locator("main")).to_contain_text("Dit document is ingetrokken op")
    assert problems_of(page) == []
    page.get_by_role("button", name="Terugzetten").click()

    page.get_by_role("link", name="Documenten", exact=True).first.click()
    title = page.get_by_role("row", name=re.compile("Advies over warmte"))
    expect(title).to_have_count(1)


def test_reader_finds_no_more_than_is_meant_for_all_members(
    browser_page: Page, sign_in_as: SignInAs
):
    page = browser_page
    sign_in_as(page, "lezer.enexis")
    page.goto("/nml/documenten")

    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("link", name="Document toevoegen")).to_have_count(0)
    page.get_by_role("link", name="Toelichting op de begroting 2027-2030").click()
    expect(page.get_by_role("link", name="Wijzigen")).to_have_count(0)
