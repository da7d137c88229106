"""Deliver what is queued: none lost, none silently twice.

A refused mail is tried again later, less and less often, and then fails. A mail is claimed in a
transaction of its own before it leaves. When the program dies between the claim and the outcome,
the mail is marked uncertain and waits for a person, as a failed one does. What a mail says is
forgotten once it is sent, and at the latest when the link in it expires.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import ColumnElement, and_, or_, select, update

from extranet.clock import now
from extranet.db import Database
from extranet.i18n import message_of, messages_of
from extranet.outbox.models import WAITING, Mail, MailState
from extranet.outbox.services.transports import Refused, Transport, make_message
from extranet.paths import data_dir

log = logging.getLogger(__name__)

# How long to wait after each refusal: a mail server that is down for a night loses nothing.
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=12))
MAX_ATTEMPTS = len(PAUSES) + 1
CLAIM_LASTS = timedelta(minutes=5)
PAUSE_SECONDS = 2.0
TOO_LATE = "the link in it expired before the mail could be sent"
NO_FOLDERS: Mapping[str, Path] = MappingProxyType({})


@cache
def _environment(locale: str, folder: Path | None) -> Environment:
    """Return where the mails of the core, or of the plugin in `folder`, are rendered."""
    # Plain text mails: nothing to escape.
    environment = Environment(  # noqa: S701 - text, not HTML
        loader=FileSystemLoader(folder / "templates" if folder else data_dir("templates")),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    words = folder / "translations" if folder else None
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # by the extension
        partial(message_of, locale=locale, folder=words),
        partial(messages_of, locale=locale, folder=words),
        newstyle=True,
    )
    return environment


def render(mail: Mail, folders: Mapping[str, Path] = NO_FOLDERS) -> tuple[str, str]:
    """Return the subject and the body of a mail in its reader's language.

    `folders` are those of plugins by name; a mail of theirs is named `<plugin>/…`.
    """
    folder = folders.get(mail.template.partition("/")[0])
    environment = _environment(mail.locale, folder)
    text = environment.get_template(mail.template).render(mail.values)
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip() + "\n"


def deliver_queued(
    database: Database,
    transport: Transport,
    sender: str,
    folders: Mapping[str, Path] = NO_FOLDERS,
) -> int:
    """Send every mail whose turn it is once and return how many left."""
    _tidy(database)
    count = 0
    while (mail := _claim(database)) is not None:
        count += _send(database, transport, sender, mail, folders)
    return count


def run_forever(
    database: Database,
    transport: Transport,
    sender: str,
    stop: threading.Event,
    *,
    folders: Mapping[str, Path] = NO_FOLDERS,
    others: Sequence[Callable[[], object]] = (),
) -> None:
    """Deliver until told to stop; a failure is logged and tried again.

    `folders` are those of plugins that send mail; `others` is further work of each round, such as
    the queued jobs.
    """
    while not stop.is_set():
        try:
            deliver_queued(database, transport, sender, folders)
        except Exception:
            log.exception("delivering mail failed; trying again")
        for work in others:
            try:
                work()
            except Exception:
                log.exception("queued work failed; trying again")
        stop.wait(PAUSE_SECONDS)


def _claim(database: Database) -> Mail | None:
    with database.unit_of_work() as session:
        mail = session.scalar(
            select(Mail)
            .where(Mail.state == MailState.QUEUED, _is_due(now(session)))
            .order_by(Mail.attempts, Mail.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if mail is not None:
            mail.state = MailState.SENDING
            mail.attempts += 1
            mail.changed_at = now(session)
        return mail


def _is_due(moment: datetime) -> ColumnElement[bool]:
    """Return the condition that a mail was never tried, or has rested after its last refusal."""
    rested = (
        and_(Mail.attempts == number, Mail.changed_at <= moment - pause)
        for number, pause in enumerate(PAUSES, start=1)
    )
    return or_(Mail.attempts == 0, *rested)


def _send(
    database: Database,
    transport: Transport,
    sender: str,
    mail: Mail,
    folders: Mapping[str, Path],
) -> bool:
    """Send one claimed mail and write the outcome down; tell whether it left."""
    state: MailState
    error: str | None
    try:
        message = _made(mail, sender, folders)
    except Exception as failure:  # noqa: BLE001 - whatever broke, nothing has left
        state, error = MailState.FAILED, repr(failure)
    else:
        state, error = _outcome(transport, message, mail.attempts)
    if error:
        log.warning("mail %s is %s: %s", mail.message_id, state, error)
    with database.unit_of_work() as session:
        stored = session.get_one(Mail, mail.id)
        stored.state, stored.changed_at = state, now(session)
        stored.last_error = error[:500] if error else None
        if state == MailState.SENT:
            stored.forget()
    return state == MailState.SENT


def _made(mail: Mail, sender: str, folders: Mapping[str, Path]) -> EmailMessage:
    subject, body = render(mail, folders)
    return make_message(
        sender=sender,
        to_address=mail.to_address,
        message_id=mail.message_id,
        subject=subject,
        body=body,
    )


def _outcome(
    transport: Transport, message: EmailMessage, attempts: int
) -> tuple[MailState, str | None]:
    """Send a message; return how far it came and what went wrong."""
    try:
        transport.send(message)
    except Refused as refusal:
        state = MailState.FAILED if attempts >= MAX_ATTEMPTS else MailState.QUEUED
        return state, str(refusal)
    except Exception as failure:  # noqa: BLE001 - whatever broke, it may have left already
        return MailState.UNCERTAIN, repr(failure)
    return MailState.SENT, None


def _tidy(database: Database) -> None:
    """Let a person decide where sending was cut off; forget what is no longer worth sending."""
    with database.unit_of_work() as session:
        moment = now(session)
        session.execute(
            update(Mail)
            .where(Mail.state == MailState.SENDING, Mail.changed_at < moment - CLAIM_LASTS)
            .values(state=MailState.UNCERTAIN, changed_at=moment)
        )
        session.execute(
            update(Mail)
            .where(Mail.state == MailState.QUEUED, Mail.kept_until <= moment)
            .values(state=MailState.FAILED, changed_at=moment, last_error=TOO_LATE)
        )
        session.execute(
            update(Mail)
            .where(Mail.state.in_(WAITING), Mail.kept_until <= moment)
            .values(values={}, kept_until=None)
        )
