"""The console command: whatever is wrong with the settings is said in words, by every command."""

import os
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from extranet import cli
from extranet.activity.models import ActivityEntry
from extranet.db import Database
from extranet.membership.models import Region
from extranet.outbox.models import MailState
from extranet.outbox.services import queue_mail

ARGUMENTS = {
    "close-account": ["a@example.org"],
    "contributions": ["nml", "2027"],
    "create-operator": ["a@example.org", "A"],
    "remove-second-factor": ["a@example.org"],
    "reopen-account": ["a@example.org"],
    "settle-mail": ["1", "leave"],
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str):
    for name in [name for name in os.environ if name.startswith("EXTRANET_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("EXTRANET_INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("EXTRANET_DATABASE_URL", database_url)
    monkeypatch.setenv("EXTRANET_PASSWORD_MEMORY_KIB", "8")
    return monkeypatch


@pytest.mark.one_database
# `plugin` makes files for an author: it reads no setting.
@pytest.mark.parametrize("name", sorted(set(cli.main.commands) - {"plugin"}))
def test_wrong_setting_is_named_by_every_command(environment, tmp_path, name):
    environment.setenv("EXTRANET_BASEURL", "https://example.org")
    arguments = [str(tmp_path)] if name == "import-population" else ARGUMENTS.get(name, [])

    result = CliRunner().invoke(cli.main, [name, *arguments])

    assert (result.exit_code, result.output) == (1, "Error: unknown setting EXTRANET_BASEURL\n")


@pytest.mark.usefixtures("environment")
def test_demo_fills_an_empty_database_once(database: Database):
    first, second = (CliRunner().invoke(cli.main, ["demo"]) for _ in range(2))
    third = CliRunner().invoke(cli.main, ["demo", "--if-empty"])

    with database.reading() as session:
        slugs = session.scalars(select(Region.slug)).all()
    assert "nml" in slugs
    assert [result.exit_code for result in (first, second, third)] == [0, 1, 0]
    assert "the demo fills only an empty one" in second.output
    assert first.output == third.output


@pytest.mark.usefixtures("environment")
def test_command_is_heard_by_the_domains_above(database: Database):
    with database.unit_of_work() as session:
        mail = queue_mail(session, to_address="a@b.nl", locale="nl", template="x", values={})
        mail.state = MailState.UNCERTAIN
        session.flush()
        number = str(mail.id)

    result = CliRunner().invoke(cli.main, ["settle-mail", number, "arrived"])

    with database.reading() as session:
        assert session.scalars(select(ActivityEntry.action)).all() == ["mail.settled"]
    assert result.exit_code == 0


@pytest.mark.usefixtures("environment")
@pytest.mark.one_database
def test_taken_port_is_named_before_anything_is_filled():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]

        result = CliRunner().invoke(cli.main, ["run", "--port", str(port)])

    assert result.exit_code == 1
    assert result.output == (
        f"Error: Port {port} is in use. Choose another one with --port or PORT=…\n"
    )
