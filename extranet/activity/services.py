"""Write the log, in the transaction of the change that it tells about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.models import ActivityEntry
from extranet.clock import now
from extranet.outbox.events import MailSettled


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change is about. `label` names a thing, never a person: people stay numbers."""

    kind: str
    id: int
    label: str = ""


def record(
    session: Session,
    *,
    actor: Actor | None,
    action: str,
    subject: Subject,
    region_id: int | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write one change down. `actor` is None for what the program or the command line does.

    `action` is `<subject>.<past participle>`; `before` and `after` hold plain JSON values of the
    changed fields only, and never a personal one. The region is the actor's unless given.
    """
    region = actor.region if actor else None
    organisation = actor.organisation if actor else None
    session.add(
        ActivityEntry(
            at=now(session),
            region_id=region_id if region_id is not None else (region.id if region else None),
            person_id=actor.person_id if actor else None,
            organisation_id=organisation.id if organisation else None,
            action=action,
            subject_kind=subject.kind,
            subject_id=subject.id,
            subject_label=subject.label,
            before=dict(before or {}),
            after=dict(after or {}),
        )
    )


def record_settled_mail(session: Session, event: MailSettled) -> None:
    """Write down what somebody decided about a mail; to whom it went is no part of it."""
    record(
        session,
        actor=event.actor,
        action="mail.settled",
        subject=Subject("mail", event.mail_id, event.template),
        before={"state": event.before},
        after={"outcome": event.outcome},
    )
