"""Every page, for every role that may open it: accessible, whole, and quiet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from extranet.access import Role
from extranet.outbox.models import Mail
from extranet.people.services.accounts import ask_reset
from extranet.people.services.invitations import invite
from tests.journeys.addresses import NO_PAGES, pages, pages_for
from tests.journeys.checks import axe_problems, problems_of
from tests.journeys.conftest import Site
from tests.membership.cbs_download import json_files

pytestmark = pytest.mark.one_database

REGION_ADMIN = "regiobeheerder"
ACCOUNTS = {
    Role.REGION_ADMIN: REGION_ADMIN,
    Role.PROGRAMME_TEAM: "programmateam",
    Role.CONTROLLER: "controller",
    Role.CONTACT: "treasurer.venray",
    Role.OFFICIAL: "ambtenaar.roermond",
    Role.PORTFOLIO_HOLDER: "wethouder.weert",
    Role.READER: "lezer.enexis",
}
DRAFT = "/nml/begroting/2027/versies/2"
SAMPLE = ("/nml/", "/nml/bijdragen", "/nml/bijdragen/gm:0984", "/nml/leden", "/nml/mensen")


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """What the pages said that were looked at already, whoever looked."""
    return set()


def look_at(page: Page, addresses: list[str], looked_at: set[str]) -> str:
    """Open each address and return what is wrong, a line each."""
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    found = []
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        problems = problems_of(page, looked_at=looked_at)
        if answer.status != 200:
            problems.append(f"status {answer.status}")
        problems += [f"console: {text}" for text in errors]
        errors.clear()
        found += [f"{address}: {problem}" for problem in problems]
    return "\n".join(found)


def test_every_page_has_an_example_address(site: Site):
    endpoints = {rule.endpoint for rule in site.app.url_map.iter_rules()}

    assert len(list(pages(site.app))) > 40
    assert set() == NO_PAGES - endpoints


def test_every_role_has_somebody_who_looks():
    assert set(ACCOUNTS) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_pages_of_a_role(site: Site, browser: Browser, looked_at: set[str], role: Role):
    addresses = pages_for(site.app, {role})
    with site.page_of(browser, ACCOUNTS[role]) as page:
        assert look_at(page, addresses, looked_at) == ""
    assert len(addresses) > 10


def test_pages_of_the_operator(site: Site, browser: Browser, looked_at: set[str]):
    with site.page_of(browser, "beheerder") as page:
        assert look_at(page, pages_for(site.app, set(), is_operator=True), looked_at) == ""

        page.goto("/beheer/bevolking")
        files = [
            {"name": file.name, "mimeType": "application/json", "buffer": file.content}
            for file in json_files()
        ]
        page.locator("input[type=file]").set_input_files(files)
        page.get_by_role("button", name="Bestanden lezen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Wat deze uitgave verandert")
        assert problems_of(page) == []


def test_pages_of_a_stranger(site: Site, browser: Browser, looked_at: set[str]):
    with site.page_of(browser, None) as page:
        assert look_at(page, [*pages_for(site.app, set()), *doors(site)], looked_at) == ""


def doors(site: Site) -> list[str]:
    """Return the address of an invitation and of a new password."""
    with site.database.unit_of_work() as session:
        invite(
            session,
            email="nieuw@example.org",
            name="Nieuwe Beheerder",
            seat=None,
            actor=None,
            base_url="",
            days=14,
        )
        ask_reset(session, email="controller@demo.example.org", base_url="", minutes=60)
        session.flush()
        mails = session.scalars(select(Mail).order_by(Mail.id.desc()).limit(2))
        return [str(mail.values["link"]) for mail in mails]


@pytest.mark.parametrize(
    "address", ["/nml/leden/gm:9999", "/nml/beheer/regio", "/bestaat/echt/niet"]
)
def test_error_pages(site: Site, browser: Browser, address: str):
    with site.page_of(browser, "lezer.enexis") as page:
        page.goto(address)

        assert problems_of(page) == []


def test_pages_in_the_dark(site: Site, browser: Browser):
    addresses = (*SAMPLE, f"{DRAFT}/vaststellen", "/nml/zoeken?q=warmte", "/bestaat/echt/niet")
    found = []
    with site.page_of(browser, REGION_ADMIN, color_scheme="dark") as page:
        for address in addresses:
            page.goto(address)
            found += [f"{address}: {problem}" for problem in axe_problems(page, "dark")]
    assert found == []


@pytest.mark.parametrize(
    "address",
    [f"{DRAFT}/regels/nieuw", f"{DRAFT}/vaststellen", "/nml/beheer/gremia/nieuw"],
)
def test_form_with_errors(site: Site, browser: Browser, address: str):
    with site.page_of(browser, REGION_ADMIN) as page:
        page.goto(address)
        with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
            page.locator("main form.ex-form button[type=submit]").first.click(timeout=5000)
        page.wait_for_selector("[data-errors]")

        assert answered.value.status == 422
        assert page.title().startswith("Fout: ")
        assert page.evaluate("() => document.activeElement.matches('[data-errors]')")
        assert problems_of(page) == []
