"""Who is told that a budget was adopted: people, by the seats they hold today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from extranet.clock import today
from extranet.membership.models import Organisation, Seat
from extranet.money.policy import TOLD_OF_ADOPTION
from extranet.people.models import Person, Tenure


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who gets one mail, about each organisation that they hold a seat at."""

    person_id: int
    name: str
    email: str
    locale: str
    organisations: tuple[str, ...]


_RECIPIENTS = (
    select(
        Person.id, Person.name, Person.email, Person.locale, Organisation.code.label("organisation")
    )
    .join(Tenure, Tenure.person_id == Person.id)
    .join(Seat, Seat.id == Tenure.seat_id)
    .join(Organisation, Organisation.id == Seat.organisation_id)
    .where(
        Seat.region_id == bindparam("region_id"),
        Seat.role.in_(TOLD_OF_ADOPTION),
        or_(Seat.ended_on.is_(None), Seat.ended_on >= bindparam("today")),
        Organisation.code.in_(bindparam("codes", expanding=True)),
        Tenure.from_date <= bindparam("today"),
        or_(Tenure.until_date.is_(None), Tenure.until_date >= bindparam("today")),
        Person.disabled_at.is_(None),
    )
    .distinct()
    .order_by(Person.name, Person.id, Organisation.code)
)


def recipients_of(
    session: Session, *, region_id: int, codes: Collection[str]
) -> tuple[Recipient, ...]:
    """Return the contacts, controllers and portfolio holders of the paying members, by name."""
    values = {"region_id": region_id, "today": today(session), "codes": sorted(codes)}
    rows = session.execute(_RECIPIENTS, values).all()
    return tuple(
        Recipient(
            person_id=person_id,
            name=first.name,
            email=first.email,
            locale=first.locale,
            organisations=(first.organisation, *(row.organisation for row in others)),
        )
        for person_id, (first, *others) in (
            (key, list(group)) for key, group in groupby(rows, lambda row: row.id)
        )
    )
