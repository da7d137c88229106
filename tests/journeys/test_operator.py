"""The operator uploads the release of CBS, looks at what it changes, and imports it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import func, select

from extranet.db import Database
from extranet.membership.models import PopulationFigure, PopulationSnapshot
from extranet.membership.rules import NamedFile
from tests.journeys.conftest import SignInAs
from tests.membership.cbs_download import csv_files, json_files, without


def payload(file: NamedFile) -> FilePayload:
    return {"name": file.name, "mimeType": "application/octet-stream", "buffer": file.content}


def upload(page: Page, files: list[NamedFile]) -> None:
    page.goto("/beheer/bevolking")
    page.locator("input[type=file]").set_input_files([payload(file) for file in files])
    page.get_by_role("button", name="Bestanden lezen").click()


def counts(database: Database) -> tuple[int, int]:
    with database.reading() as session:
        return (
            session.scalar(select(func.count()).select_from(PopulationSnapshot)) or 0,
            session.scalar(select(func.count()).select_from(PopulationFigure)) or 0,
        )


@pytest.mark.parametrize("files", [json_files(), csv_files()], ids=["json", "csv"])
def test_operator_imports_a_release_after_looking_at_it(
    browser_page: Page, sign_in_as: SignInAs, demo_database: Database, files: list[NamedFile]
):
    page = browser_page
    sign_in_as(page, "beheerder")
    before = counts(demo_database)

    upload(page, files)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat deze uitgave verandert")
    previewed = counts(demo_database)
    page.get_by_label("Naam").fill("Proefuitgave")
    if page.locator("input[name=released_on]").count():
        page.locator("input[name=released_on]").fill("23-6-2026")
    page.get_by_role("button", name="Uitgave inlezen").click()
    page.wait_for_url(lambda url: "/voorbeeld" not in url)

    after = counts(demo_database)
    assert previewed == before
    assert after[0] == before[0] + 1
    assert after[1] > before[1]
    page.goto("/beheer/bevolking")
    expect(page.get_by_role("row", name=re.compile("Proefuitgave"))).to_have_count(1)


def test_operator_reads_why_a_release_cannot_be_read(
    browser_page: Page, sign_in_as: SignInAs, demo_database: Database
):
    page = browser_page
    sign_in_as(page, "beheerder")
    before = counts(demo_database)

    upload(page, without(json_files(), "observations-page-2.json"))

    expect(page.locator("main li").first).to_be_visible()
    expect(page.get_by_role("button", name="Uitgave inlezen")).to_have_count(0)
    assert counts(demo_database) == before
