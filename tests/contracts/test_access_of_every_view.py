"""Who gets what at every address, generated from the application's own map of addresses.

Each rule and method is asked as a stranger, the admin of another region, a reader, the admin of
the region and the operator, in the demo: every address has something behind it that could leak.
What should happen follows from the rule that the view carries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from extranet.access import Role
from extranet.activity.models import ActivityEntry
from extranet.db import Database
from extranet.demo.cast import DOMAIN
from extranet.membership.models import Organisation, Region, Seat
from extranet.money.rules import Purse
from extranet.money.services.budgets import Description, create_version
from extranet.outbox.models import Mail, MailState
from extranet.people.models import Person
from extranet.people.services.invitations import invite
from extranet.web.access import rule_of
from tests.factories import make_login, make_seat
from tests.journeys.addresses import EXAMPLES, EXAMPLES_OF_A_PAGE, OF_A_PLUSTAAK

DRAFT = Description(title="Eerste begrotingswijziging")
HERE, ELSEWHERE = "nml", "rvn"
# Which account of the demo asks, and the roles that it holds in the region.
WHO: Mapping[str, tuple[str, frozenset[Role]]] = {
    "stranger": ("", frozenset()),
    "outsider": ("regiobeheerder.rvn", frozenset()),
    "reader": ("lezer.enexis", frozenset({Role.READER})),
    "admin": ("regiobeheerder", frozenset({Role.REGION_ADMIN})),
    "operator": ("beheerder", frozenset()),
}
OPEN, HIDDEN, REFUSED, SIGN_IN = "open", "hidden", "refused", "sign in"
# Addresses with a secret, or a thing of one's own, that nobody here has.
NOBODYS = {
    "calendar_feeds.feed": HIDDEN,
    "people.accept_invitation": HIDDEN,
    "people.accept_seat": HIDDEN,
    "people.act_for": HIDDEN,
    "people.check_code": SIGN_IN,
    "people.code_form": SIGN_IN,
    "people.end_session": HIDDEN,
    "people.invitation_form": HIDDEN,
    "people.reset": HIDDEN,
    "people.reset_form": HIDDEN,
    "people.sign_out": SIGN_IN,
}
# What a view asks beyond its rule: only the programme team and the chair write progress, and what
# each member would pay by a draft is for who may change it.
NARROWER = {
    ("reader", "basistaken.add_note"): REFUSED,
    ("reader", "money.budget_csv"): HIDDEN,
    ("reader", "money.budget_xlsx"): HIDDEN,
    ("reader", "money.compare"): HIDDEN,
}
# What these addresses name is the whole country's, or they find nothing without saying so.
OF_EVERYBODY = {
    "/<region>/beheer/modelbepalingen/<subject>",
    "/<region>/beheer/modelbepalingen/<subject>/terugzetten",
    "/<region>/beheer/plugins/<name>",
    "/<region>/beheer/plugins/<name>/instellingen",
    "/<region>/beheer/plugins/<name>/uit",
    "/<region>/beheer/plugins/pakketten/<int:preset_id>/weg",
    "/<region>/beheer/bevolking/<int:snapshot_id>",
    "/<region>/beheer/leden/toevoegen/<code>",
    "/<region>/bijdragen/<code>",
}
# Enough for the forms that ask the same of everything, so that the address alone is refused.
FILLED_IN: Mapping[str, str] = {
    "version": "1",
    "name": "Van elders",
    "title": "Van elders",
    "kind": "other",
    "role": "reader",
    "body_id": "0",
    "organisation_id": "0",
    "certainty": "committed",
    "sector": "",
    "from_date": "1-12-2026",
    "ended_on": "1-12-2026",
    "until": "1-12-2026",
    "successor": "0",
    "employment": "hired",
    "email": "van@elders.example",
}
NAMES_HERE = ("Venray", "Roermond", "Saskia Thijssen", "Enexis")
MAIL_ID = 1
FURTHER_EXAMPLES: Mapping[str, object] = {
    "address": "voorbeeld-2k7ma",
    "code": "gm:0984",
    "decision": "aangekomen",
    "mail_id": MAIL_ID,
    "filename": "theme.css",
    "invitation_id": 1,
    "job_id": 1,
    "login_session_id": 1,
    "plugin": "infoavond",
    "preset_id": 1,
    "secret": "made-up",
    "token": "made-up",
}
Answers = dict[tuple[str, str], str]


# What the demo has none of: a module to switch on in the region, a guest.
ABSENT = {
    "guests.end",
    "plugin_admin.enable",
    "plugin_admin.retry",
    "plugin_static",
}


def every_rule(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Give every rule with every method that it takes, what changes something last."""
    for method in ("GET", "POST"):
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            if method in (rule.methods or ()):
                yield rule, method


def address(app: Flask, rule: Rule, method: str, region: str = HERE) -> str:
    blueprint = rule.endpoint.partition(".")[0]
    values = {
        **EXAMPLES,
        **FURTHER_EXAMPLES,
        **EXAMPLES_OF_A_PAGE.get(blueprint, {}),
        **EXAMPLES_OF_A_PAGE.get(rule.endpoint, {}),
        "region": region,
    }
    if "slug" in rule.arguments and "slug" not in values:
        values["slug"] = "vaste-voet"
    chosen = {name: values[name] for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, chosen, method=method)


def account_of(session: Session, account: str) -> Person:
    return session.scalars(select(Person).where(Person.email == f"{account}@{DOMAIN}")).one()


def outcome(answer: TestResponse) -> str:
    """Return an answer in one word; what may be done and is not right yet is open too."""
    if answer.status_code == 302 and answer.location.startswith("/aanmelden"):
        return SIGN_IN
    words = {403: REFUSED, 404: HIDDEN, 200: OPEN, 204: OPEN, 302: OPEN, 304: OPEN}
    if answer.request.method == "POST":
        words |= {400: OPEN, 409: OPEN, 422: OPEN}
    return words.get(answer.status_code, str(answer.status_code))


def expected(app: Flask, rule: Rule, who: str) -> str:
    access = rule_of(app.view_functions[rule.endpoint])
    assert access is not None
    if who == "stranger" and not access.is_public:
        return SIGN_IN
    absent = HIDDEN if rule.endpoint in ABSENT else OPEN
    if access.permission is None:
        return NOBODYS.get(rule.endpoint, absent)
    roles = WHO[who][1]
    if "region" not in rule.arguments:
        return OPEN if who == "operator" and access.permission.operator else HIDDEN
    if not roles:
        return HIDDEN
    if roles & access.permission.roles:
        return NARROWER.get((who, rule.endpoint), absent)
    return REFUSED


@pytest.fixture
def site(demo_app: Flask, demo_database: Database) -> Flask:
    """The demo with a draft, an invitation whose mail waits, and a session of a controller."""
    demo_app.config["WTF_CSRF_ENABLED"] = False
    with demo_database.unit_of_work() as session:
        region = session.scalars(select(Region).where(Region.slug == HERE)).one()
        create_version(
            session, purse=Purse(region_id=region.id), year=2027, description=DRAFT, actor=None
        )
        venlo = session.scalars(select(Organisation).where(Organisation.code == "gm:0983")).one()
        seat = make_seat(session, region=region, organisation=venlo)
        invite(
            session,
            email="noor@example.org",
            name="Noor",
            seat=seat,
            actor=None,
            base_url="",
            days=14,
        )
        make_login(session, person=account_of(session, "controller"))
        mail = session.scalars(select(Mail)).one()
        mail.state = MailState.FAILED
        # A sequence of PostgreSQL goes on where the demo, that keeps no mail, stopped.
        mail.id = MAIL_ID
    return demo_app


@pytest.fixture
def ask(site: Flask, demo_database: Database) -> Callable[..., TestResponse]:
    """Send one request as somebody, in a session of its own."""

    def ask(who: str, method: str, address: str, **values: Any) -> TestResponse:
        client: FlaskClient = site.test_client()
        account = WHO[who][0]
        if account:
            with demo_database.unit_of_work() as session:
                token = make_login(session, person=account_of(session, account))
            with client.session_transaction() as cookie:
                cookie["_user_id"] = token
        return client.open(address, method=method, buffered=True, **values)

    return ask


def acting_elsewhere(database: Database) -> str:
    """Return how a form of the other region says for whom its admin opened it."""
    with database.reading() as session:
        row = session.execute(
            select(Seat.region_id, Seat.organisation_id)
            .join(Region, Region.id == Seat.region_id)
            .where(Region.slug == ELSEWHERE, Seat.role == Role.REGION_ADMIN)
        ).one()
    return f"{row.region_id}-{row.organisation_id}"


def changes(database: Database) -> int:
    """Return how often something of the region was changed; a reader's own calendar is theirs."""
    with database.reading() as session:
        region = select(Region.id).where(Region.slug == HERE).scalar_subquery()
        counted = select(func.count()).where(
            ActivityEntry.region_id == region, ActivityEntry.action.not_like("calendar_feed.%")
        )
        return session.scalar(counted) or 0


@pytest.mark.parametrize("who", WHO)
def test_address_answers_as_its_rule_says(
    site: Flask, ask: Callable[..., TestResponse], demo_database: Database, who: str
) -> None:
    before = changes(demo_database)
    wanted: Answers = {}
    found: Answers = {}

    for rule, method in every_rule(site):
        if rule.endpoint.startswith(OF_A_PLUSTAAK):
            continue
        key = (method, rule.rule)
        wanted[key] = expected(site, rule, who)
        found[key] = outcome(ask(who, method, address(site, rule, method)))

    assert {k: v for k, v in found.items() if v != wanted[k]} == {}
    assert who == "admin" or changes(demo_database) == before


def test_admin_of_another_region_reaches_nothing_through_their_own(
    site: Flask, ask: Callable[..., TestResponse], demo_database: Database
) -> None:
    before = changes(demo_database)
    data = FILLED_IN | {"acting": acting_elsewhere(demo_database)}
    wanted: Answers = {}
    found: Answers = {}
    leaks = []

    for rule, method in every_rule(site):
        if "region" not in rule.arguments:
            continue
        names_a_thing = rule.arguments != {"region"} and rule.rule not in OF_EVERYBODY
        key = (method, rule.rule)
        wanted[key] = HIDDEN if names_a_thing else OPEN
        where = address(site, rule, method, ELSEWHERE)
        answer = ask("outsider", method, where, data=data if method == "POST" else None)
        found[key] = outcome(answer)
        if rule.rule not in OF_EVERYBODY:
            page = answer.get_data()
            leaks += [(*key, name) for name in NAMES_HERE if name.encode() in page]

    assert {k: v for k, v in found.items() if v != wanted[k]} == {}
    assert leaks == []
    assert changes(demo_database) == before


def test_names_that_must_not_leak_are_shown_where_they_belong(
    ask: Callable[..., TestResponse],
) -> None:
    shown = ask("reader", "GET", f"/{HERE}/mensen").text

    assert [name for name in NAMES_HERE if name not in shown] == []
