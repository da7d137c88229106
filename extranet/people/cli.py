"""Commands about accounts: the first operator, and help for who is locked out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from sqlalchemy.orm import Session

from extranet.config import Config
from extranet.db import Database
from extranet.errors import ExtranetError
from extranet.people.queries.accounts import get_person_by_email
from extranet.people.services import accounts, invitations, second_factor

# The caller makes this: this domain knows neither the migrations nor the server.
Opener = Callable[[], tuple[Config, Database]]


@click.command("create-operator")
@click.argument("email")
@click.argument("name")
@click.pass_obj
def create_operator(opener: Opener, email: str, name: str) -> None:
    """Invite somebody to run this installation, and print the link."""
    config, database = opener()
    with _work(database) as session:
        link = invitations.invite(
            session,
            email=email,
            name=name,
            seat=None,
            actor=None,
            base_url=config.base_url,
            days=config.invitation_days,
        )
    click.echo(link)


@click.command("close-account")
@click.argument("email")
@click.pass_obj
def close_account(opener: Opener, email: str) -> None:
    """Close an account; whoever is signed in with it is out at the next request."""
    with _work(opener()[1]) as session:
        person = get_person_by_email(session, email)
        accounts.close_account(session, person=person, actor=None)
    click.echo("The account is closed.")


@click.command("reopen-account")
@click.argument("email")
@click.pass_obj
def reopen_account(opener: Opener, email: str) -> None:
    """Open a closed account again."""
    with _work(opener()[1]) as session:
        person = get_person_by_email(session, email)
        accounts.reopen_account(session, person=person, actor=None)
    click.echo("The account is open again.")


@click.command("remove-second-factor")
@click.argument("email")
@click.pass_obj
def remove_second_factor(opener: Opener, email: str) -> None:
    """Remove the second factor of who lost phone and codes; they set up a new one."""
    with _work(opener()[1]) as session:
        person = get_person_by_email(session, email)
        second_factor.remove(session, person=person, actor=None)
    click.echo("The second factor is removed; the next time they sign in they set up a new one.")


@contextmanager
def _work(database: Database) -> Iterator[Session]:
    """Give a unit of work; what a service refuses ends the command in words."""
    try:
        with database.unit_of_work() as session:
            yield session
    except ExtranetError as error:
        raise click.ClickException(str(error.message)) from error
    finally:
        database.dispose()


COMMANDS = (create_operator, close_account, reopen_account, remove_second_factor)
