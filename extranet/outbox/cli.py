"""Commands about mail that waits for a person."""

from __future__ import annotations

from collections.abc import Callable

import click

from extranet.config import Config
from extranet.db import Database
from extranet.errors import ExtranetError
from extranet.i18n import translate
from extranet.outbox.queries import lock_mail, waiting_mails
from extranet.outbox.services.settling import Outcome, settle_mail
from extranet.outbox.wording import ABOUT

# The command line speaks English, as its help does.
LOCALE = "en"
DECISIONS = {"arrived": Outcome.ARRIVED, "again": Outcome.SEND_AGAIN, "leave": Outcome.LEFT}
Opener = Callable[[], tuple[Config, Database]]


@click.command("waiting-mail")
@click.pass_obj
def waiting_mail(opener: Opener) -> None:
    """List the mails that are uncertain or failed, without what they say."""
    database = opener()[1]
    with database.reading() as session:
        rows = waiting_mails(session)
    database.dispose()
    for row in rows:
        about = translate(ABOUT.get(row.template, row.template), LOCALE)
        kept = "" if row.kept_until else "; cannot be sent once more"
        click.echo(
            f"{row.id:6}  {row.created_at:%Y-%m-%d %H:%M}  {row.state:9}  {row.to_address}  "
            f"{about}{kept}\n        {row.last_error or 'it was cut off while it was being sent'}"
        )
    click.echo(f"{len(rows)} mails wait for a decision: extranet settle-mail NUMBER DECISION")


@click.command("settle-mail")
@click.argument("number", type=int)
@click.argument("decision", type=click.Choice(list(DECISIONS)))
@click.pass_obj
def settle_waiting_mail(opener: Opener, number: int, decision: str) -> None:
    """Say of an uncertain or failed mail that it arrived, send it once more, or leave it."""
    database = opener()[1]
    try:
        with database.unit_of_work() as session:
            mail = lock_mail(session, number)
            settle_mail(session, mail=mail, outcome=DECISIONS[decision], actor=None)
    except ExtranetError as error:
        raise click.ClickException(translate(error.message, LOCALE)) from error
    finally:
        database.dispose()
    click.echo("Done.")


COMMANDS = (waiting_mail, settle_waiting_mail)
