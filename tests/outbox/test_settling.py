"""A person decides about uncertain and failed mail: on the operator's page and by command."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from extranet import subscriptions
from extranet.access import Role
from extranet.activity.models import ActivityEntry
from extranet.config import Config
from extranet.db import Database
from extranet.outbox import cli
from extranet.outbox.models import Mail, MailState
from extranet.outbox.services import queue_mail
from extranet.outbox.services.delivery import deliver_queued
from extranet.outbox.wording import ABOUT
from tests.conftest import SettableClock, SignIn
from tests.factories import make_official, make_person, make_region
from tests.outbox.test_delivery import SENDER, Postbox, break_down

TEMPLATES = Path(__file__).parents[2] / "templates"
SECRET = "https://example.org/geheim"


@pytest.fixture
def operator(app: Flask, database: Database, sign_in: SignIn) -> FlaskClient:
    """A signed-in browser of the operator."""
    with database.unit_of_work() as session:
        person = make_person(session, is_operator=True, name="Olga")
    return sign_in(app.test_client(), person)


@pytest.fixture
def make_mail(database: Database, clock: SettableClock) -> Callable[..., int]:
    """Make a mail in a state, with what it says still kept unless told otherwise."""

    def make_mail(state: MailState, *, to: str = "saskia@example.org", is_kept: bool = True) -> int:
        with database.unit_of_work() as session:
            mail = queue_mail(
                session,
                to_address=to,
                locale="nl",
                template="people/mail_reset.txt",
                values={"name": "Saskia", "link": SECRET, "minutes": 10},
                kept_until=clock.now() + timedelta(days=1),
            )
            mail.state, mail.attempts, mail.last_error = state, 5, "mailbox full"
            if not is_kept:
                mail.forget()
            session.flush()
            return mail.id

    return make_mail


def stored(database: Database, number: int) -> Mail:
    with database.reading() as session:
        return session.get_one(Mail, number)


def entries(database: Database) -> list[tuple[object, ...]]:
    with database.reading() as session:
        found = session.scalars(select(ActivityEntry).order_by(ActivityEntry.id)).all()
        return [(e.action, e.person_id is None, e.before, e.after, e.subject_id) for e in found]


def main_of(page: str) -> str:
    return page.partition("<main")[2]


def test_page_lists_what_waits_and_not_what_it_says(
    operator: FlaskClient, make_mail: Callable[..., int]
):
    for state in MailState:
        make_mail(state, to=f"{state}@example.org")

    page = main_of(operator.get("/beheer/mail").text)

    assert set(re.findall(r"(\w+)@example\.org<br>", page)) == {"uncertain", "failed"}
    assert "Link voor een nieuw wachtwoord" in page
    assert [word for word in (SECRET, "geheim", "Saskia") if word in page] == []


def test_page_without_mail_says_so(operator: FlaskClient):
    assert "Er wacht geen mail op een besluit." in operator.get("/beheer/mail").text


def test_page_is_paged(operator: FlaskClient, make_mail: Callable[..., int]):
    for _mail in range(51):
        make_mail(MailState.FAILED)

    first = operator.get("/beheer/mail").text
    (onward,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = operator.get(onward).text

    assert (first.count('<th scope="row">'), second.count('<th scope="row">')) == (50, 1)


def test_uncertain_mail_that_arrived_is_sent_and_forgotten(
    operator: FlaskClient, database: Database, make_mail: Callable[..., int]
):
    number = make_mail(MailState.UNCERTAIN)

    answer = operator.post(f"/beheer/mail/{number}/aangekomen")

    mail = stored(database, number)
    assert answer.location == "/beheer/mail"
    assert (mail.state, mail.values, mail.kept_until) == (MailState.SENT, {}, None)
    assert entries(database) == [
        ("mail.settled", False, {"state": "uncertain"}, {"outcome": "arrived"}, number)
    ]


@pytest.mark.parametrize("state", [MailState.UNCERTAIN, MailState.FAILED])
def test_mail_leaves_once_more_under_the_same_name(
    operator: FlaskClient, database: Database, make_mail: Callable[..., int], state: MailState
):
    number = make_mail(state)
    postbox = Postbox()

    operator.post(f"/beheer/mail/{number}/opnieuw")
    deliver_queued(database, postbox, SENDER)
    deliver_queued(database, postbox, SENDER)

    mail = stored(database, number)
    assert postbox.tried == [f"<{mail.message_id}>"]
    assert SECRET in postbox.sent[0].get_content()
    assert (mail.state, mail.attempts, mail.values) == (MailState.SENT, 1, {})


def test_mail_that_breaks_off_again_waits_again(
    operator: FlaskClient, database: Database, make_mail: Callable[..., int]
):
    number = make_mail(MailState.UNCERTAIN)
    operator.post(f"/beheer/mail/{number}/opnieuw")
    deliver_queued(database, Postbox(break_down), SENDER)

    assert stored(database, number).state == MailState.UNCERTAIN


def test_mail_is_left_and_never_leaves(
    operator: FlaskClient, database: Database, make_mail: Callable[..., int]
):
    number = make_mail(MailState.FAILED)
    postbox = Postbox()

    operator.post(f"/beheer/mail/{number}/laten")
    deliver_queued(database, postbox, SENDER)

    assert postbox.tried == []
    assert (stored(database, number).state, stored(database, number).values) == ("left", {})


@pytest.mark.parametrize(
    ("state", "is_kept", "decision", "status"),
    [
        (MailState.SENT, True, "opnieuw", 409),
        (MailState.SENDING, True, "aangekomen", 409),
        (MailState.QUEUED, True, "laten", 409),
        (MailState.LEFT, True, "opnieuw", 409),
        (MailState.FAILED, True, "aangekomen", 422),
        (MailState.FAILED, False, "opnieuw", 422),
        (MailState.UNCERTAIN, True, "verbranden", 404),
    ],
)
def test_decision_that_makes_no_sense_changes_nothing(
    operator: FlaskClient,
    database: Database,
    make_mail: Callable[..., int],
    state: MailState,
    is_kept: bool,  # noqa: FBT001 - a case
    decision: str,
    status: int,
):
    number = make_mail(state, is_kept=is_kept)

    assert operator.post(f"/beheer/mail/{number}/{decision}").status_code == status
    assert stored(database, number).state == state
    assert entries(database) == []


def test_forgotten_mail_offers_no_sending(operator: FlaskClient, make_mail: Callable[..., int]):
    number = make_mail(MailState.UNCERTAIN, is_kept=False)

    page = operator.get("/beheer/mail").text

    assert f"/beheer/mail/{number}/opnieuw" not in page
    assert f"/beheer/mail/{number}/laten" in page


def test_expired_link_is_not_sent_once_more_before_it_is_forgotten_either(
    config: Config, database: Database, clock: SettableClock, make_mail: Callable[..., int]
):
    number = make_mail(MailState.UNCERTAIN)
    clock.advance(days=1)

    assert run("settle-mail", [str(number), "again"], config, database).exit_code == 1
    assert stored(database, number).state == MailState.UNCERTAIN


def test_only_the_operator_sees_and_decides(
    app: Flask, database: Database, sign_in: SignIn, make_mail: Callable[..., int]
):
    number = make_mail(MailState.UNCERTAIN)
    with database.unit_of_work() as session:
        region = make_region(session)
        admin = make_official(session, region=region, role=Role.REGION_ADMIN)
    stranger, official = app.test_client(), sign_in(app.test_client(), admin)

    assert [c.get("/beheer/mail").status_code for c in (stranger, official)] == [302, 404]
    for client, status in ((stranger, 302), (official, 404)):
        assert client.post(f"/beheer/mail/{number}/aangekomen").status_code == status
    assert stored(database, number).state == MailState.UNCERTAIN


def run(name: str, arguments: list[str], config: Config, database: Database) -> Result:
    """Run a command as the command line does."""
    command = next(each for each in cli.COMMANDS if each.name == name)

    def opener() -> tuple[Config, Database]:
        wired = subscriptions.wired()
        return config, Database(database.url, clock=database.clock, subscriptions=wired)

    return CliRunner().invoke(command, arguments, obj=opener)


def test_command_lists_what_waits_and_not_what_it_says(
    config: Config, database: Database, make_mail: Callable[..., int]
):
    make_mail(MailState.UNCERTAIN, to="een@example.org")
    make_mail(MailState.FAILED, to="twee@example.org", is_kept=False)
    make_mail(MailState.SENT, to="drie@example.org")

    output = run("waiting-mail", [], config, database).output

    assert re.findall(r"(\w+)@example\.org", output) == ["twee", "een"]
    assert output.count("cannot be sent once more") == 1
    assert output.splitlines()[-1].startswith("2 mails wait")
    assert "geheim" not in output


@pytest.mark.parametrize(
    ("decision", "state"),
    [("arrived", MailState.SENT), ("again", MailState.QUEUED), ("leave", MailState.LEFT)],
)
def test_command_decides_and_is_written_down(
    config: Config,
    database: Database,
    make_mail: Callable[..., int],
    decision: str,
    state: MailState,
):
    number = make_mail(MailState.UNCERTAIN)

    first = run("settle-mail", [str(number), decision], config, database)
    second = run("settle-mail", [str(number), decision], config, database)

    assert (first.exit_code, first.output) == (0, "Done.\n")
    assert stored(database, number).state == state
    assert second.exit_code == 1
    assert second.output == "Error: Somebody has decided about this mail already.\n"
    assert [(entry[0], entry[1]) for entry in entries(database)] == [("mail.settled", True)]


def test_every_mail_template_says_what_it_is_about():
    templates = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("mail_*.txt")}

    assert templates == set(ABOUT)
