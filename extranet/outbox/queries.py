"""Reads of the queue: which mails wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.outbox.models import WAITING, Mail


def waiting_mails(
    session: Session, *, limit: int | None = None, before_id: int | None = None
) -> Sequence[Any]:
    """Return the mails that a person decides about, newest first, without what they say.

    `kept_until` is None when what a mail said is forgotten: it cannot be sent once more.
    """
    statement = select(
        Mail.id,
        Mail.to_address,
        Mail.template,
        Mail.state,
        Mail.attempts,
        Mail.last_error,
        Mail.created_at,
        Mail.changed_at,
        Mail.kept_until,
    ).where(Mail.state.in_(WAITING))
    if before_id is not None:
        statement = statement.where(Mail.id < before_id)
    return session.execute(statement.order_by(Mail.id.desc()).limit(limit)).all()


def lock_mail(session: Session, mail_id: int) -> Mail:
    """Return a mail that nobody else changes meanwhile; raise NotFound."""
    mail = session.scalar(select(Mail).where(Mail.id == mail_id).with_for_update())
    if mail is None:
        raise NotFound(Text("This mail does not exist."))
    return mail
