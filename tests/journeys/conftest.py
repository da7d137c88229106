"""One served demo for whoever only looks; a demo of their own for whoever changes something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet import subscriptions
from extranet.db import Database
from extranet.demo.cast import DOMAIN
from extranet.membership.models import Region
from extranet.money.rules import Purse
from extranet.money.services.budgets import Description, create_version
from extranet.outbox.models import MailState
from extranet.outbox.services import queue_mail
from extranet.people.models import Person
from tests.backends import Backend
from tests.browser import serving, watched_page
from tests.conftest import (
    DEMO_PASSWORD,
    SettableClock,
    fill_demo,
    make_config,
    running_app,
)
from tests.factories import make_login

DRAFT = Description(title="Eerste begrotingswijziging", reason="Meer onderzoek naar warmte")
SignInAs = Callable[[Page, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The demo as it is served: its address, its application and its database."""

    address: str
    app: Flask
    database: Database

    @contextmanager
    def page_of(self, browser: Browser, account: str | None, **settings: object) -> Iterator[Page]:
        """Give a watched page of somebody who is signed in, or of a stranger."""
        with watched_page(browser, self.address, **settings) as page:
            if account:
                page.context.add_cookies([self._cookie(account)])
            yield page

    def _cookie(self, account: str) -> dict[str, str]:
        with self.database.unit_of_work() as session:
            person = session.scalars(
                select(Person).where(Person.email == f"{account}@{DOMAIN}")
            ).one()
            token = make_login(session, person=person)
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
        kept = client.get_cookie("extranet")
        assert kept is not None
        return {"name": "extranet", "value": kept.value, "url": self.address}


def fill_with_draft(database: Database) -> None:
    """Fill a database with the demo, a draft of its budget and a mail that waits for somebody."""
    fill_demo(database)
    with database.unit_of_work() as session:
        _wait_for_a_person(session)
        region = session.scalars(select(Region).where(Region.slug == "nml")).one()
        create_version(
            session, purse=Purse(region_id=region.id), year=2027, description=DRAFT, actor=None
        )


def _wait_for_a_person(session: Session) -> None:
    for number, state in enumerate((MailState.UNCERTAIN, MailState.FAILED)):
        mail = queue_mail(
            session,
            to_address=f"saskia.thijssen{number}@demo.example.org",
            locale="nl",
            template="people/mail_reset.txt",
            values={},
        )
        mail.state, mail.attempts, mail.last_error = state, 5, "550 5.1.1 mailbox unavailable"


@pytest.fixture(scope="module")
def site(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo with a draft, served to every test of a module; nobody changes anything in it."""
    folder: Path = tmp_path_factory.mktemp("site")
    clock = SettableClock()
    with backend.filled("demo_with_draft", fill_with_draft) as url:
        database = Database(url, clock=clock, subscriptions=subscriptions.wired())
        config = make_config(url, folder, demo=True)
        with running_app(config, clock) as app, serving(app) as address:
            yield Site(address=address, app=app, database=database)
        database.dispose()


@pytest.fixture
def sign_in_as() -> SignInAs:
    """Sign somebody of the demo in through the form."""

    def sign_in_as(page: Page, account: str) -> None:
        page.set_default_timeout(10_000)
        page.goto("/aanmelden")
        page.get_by_label("E-mailadres").fill(f"{account}@{DOMAIN}")
        page.get_by_label("Wachtwoord", exact=True).fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Aanmelden", exact=True).click()
        page.wait_for_url(lambda url: "/aanmelden" not in url)

    return sign_in_as
