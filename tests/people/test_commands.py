"""The commands with which an operator gets in, and helps who is locked out."""

from __future__ import annotations

from urllib.parse import urlsplit

from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import select

from extranet.config import Config
from extranet.db import Database
from extranet.people import cli
from extranet.people.models import Person
from tests.people.doors import PASSWORD, give_password, make_colleague


def run(name: str, arguments: list[str], config: Config, database: Database) -> tuple[int, str]:
    """Run a command; return its exit code and what it prints."""
    command = next(each for each in cli.COMMANDS if each.name == name)

    def opener() -> tuple[Config, Database]:
        return config, Database(database.url, clock=database.clock)

    result = CliRunner().invoke(command, arguments, obj=opener)
    return result.exit_code, result.output


def test_create_operator_prints_a_link_that_makes_one(
    client: FlaskClient, config: Config, database: Database
) -> None:
    code, output = run("create-operator", ["Ops@Example.org", "Olga"], config, database)
    assert code == 0
    assert output.startswith(config.base_url)
    data = {"name": "Olga", "password": PASSWORD}
    assert client.post(urlsplit(output.strip()).path, data=data).status_code == 302
    with database.reading() as session:
        person = session.scalars(select(Person)).one()
    assert (person.email, person.is_operator) == ("ops@example.org", True)


def test_closed_account_opens_again(
    client: FlaskClient, config: Config, database: Database
) -> None:
    email = make_colleague(database).email
    run("close-account", [email], config, database)
    closed = give_password(client, email).status_code
    run("reopen-account", [email], config, database)
    assert (closed, give_password(client, email).status_code) == (422, 302)


def test_second_factor_is_removed(config: Config, database: Database) -> None:
    person = make_colleague(database, totp_secret="C" * 32)
    assert run("remove-second-factor", [person.email], config, database)[0] == 0
    with database.reading() as session:
        assert session.get_one(Person, person.id).totp_secret is None


def test_unknown_address_is_refused_in_words(config: Config, database: Database) -> None:
    code, output = run("close-account", ["niemand@example.org"], config, database)
    assert (code, output) == (1, "Error: This person does not exist.\n")
