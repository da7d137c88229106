"""Queue a mail in the sender's transaction: committed together, or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from extranet.clock import now
from extranet.outbox.models import Mail

# How long a mail that cannot be delivered is worth keeping, unless its sender says so.
KEPT = timedelta(days=30)


def queue_mail(
    session: Session,
    *,
    to_address: str,
    locale: str,
    template: str,
    values: Mapping[str, object],
    kept_until: datetime | None = None,
) -> Mail:
    """Queue one mail; `template` is a text template whose first line is the subject.

    `values` are plain JSON values for the template; they are forgotten at `kept_until`, when a
    link in them expires. Nothing leaves before the commit.
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
        kept_until=kept_until or moment + KEPT,
    )
    session.add(mail)
    return mail
