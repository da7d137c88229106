"""Queue a mail in the sender's transaction: committed together, or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from sqlalchemy.orm import Session

from extranet.clock import now
from extranet.outbox.models import Mail


def queue_mail(
    session: Session, *, to_address: str, locale: str, template: str, values: Mapping[str, object]
) -> Mail:
    """Queue one mail; `template` is a text template whose first line is the subject.

    `values` are plain JSON values for the template. Nothing leaves before the commit.
    """
    moment = now(session)
    mail = Mail(
        message_id=f"{secrets.token_hex(16)}@extranet",
        to_address=to_address,
        locale=locale,
        template=template,
        values=dict(values),
        created_at=moment,
        changed_at=moment,
    )
    session.add(mail)
    return mail
