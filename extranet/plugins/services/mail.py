"""Mail of a plugin: to people with an account here, never to an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.outbox import services as outbox
from extranet.people.models import Person


def queue_mail(
    session: Session,
    *,
    person_ids: Iterable[int],
    template: str,
    values: Mapping[str, object],
) -> int:
    """Queue a mail to people with an account, each in their own language; return how many.

    It leaves after the commit. Residents have no account, so nobody can mail them (product rule
    11). `template` is a text of the plugin, `<plugin>/mail_….txt`, with the subject on its first
    line. Who left gets nothing.
    """
    people = session.execute(
        select(Person.email, Person.locale)
        .where(Person.id.in_(set(person_ids)), Person.disabled_at.is_(None))
        .order_by(Person.id)
    ).all()
    for person in people:
        outbox.queue_mail(
            session,
            to_address=person.email,
            locale=person.locale,
            template=template,
            values=values,
        )
    return len(people)
