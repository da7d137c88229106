"""What people decide about mail, told to the domains above."""

from __future__ import annotations

from dataclasses import dataclass

from extranet.access import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettled:
    """Somebody decided what becomes of a mail that waited; `actor` is None at the command line."""

    mail_id: int
    template: str
    before: str
    outcome: str
    actor: Actor | None
