"""A person decides about a mail of which the program cannot know what became of it."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.clock import now
from extranet.errors import Conflict, InvalidInput
from extranet.events import emit
from extranet.i18n import Text
from extranet.outbox.events import MailSettled
from extranet.outbox.models import WAITING, Mail, MailState


class Outcome(StrEnum):
    """What a person says about a mail that waits."""

    ARRIVED = "arrived"
    SEND_AGAIN = "send_again"
    LEFT = "left"


def settle_mail(session: Session, *, mail: Mail, outcome: Outcome, actor: Actor | None) -> None:
    """Do with a locked mail what a person decided; raise when that is no longer possible.

    Sending once more keeps the Message-ID. Otherwise what the mail says is forgotten.
    """
    if mail.state not in WAITING:
        raise Conflict(Text("Somebody has decided about this mail already."))
    if outcome is Outcome.ARRIVED and mail.state == MailState.FAILED:
        message = Text("This mail was refused, so it cannot have arrived.")
        raise InvalidInput({"": message})
    before = mail.state
    if outcome is Outcome.SEND_AGAIN:
        _queue_again(session, mail)
    else:
        mail.state = MailState.SENT if outcome is Outcome.ARRIVED else MailState.LEFT
        mail.forget()
    mail.changed_at = now(session)
    emit(
        session,
        MailSettled(
            mail_id=mail.id, template=mail.template, before=before, outcome=outcome, actor=actor
        ),
    )


def _queue_again(session: Session, mail: Mail) -> None:
    if mail.kept_until is None or mail.kept_until <= now(session):
        message = Text(
            "What this mail said is no longer kept. Do again what it was about: invite once more, "
            "or ask for a new link."
        )
        raise InvalidInput({"": message})
    mail.state, mail.attempts, mail.last_error = MailState.QUEUED, 0, None
