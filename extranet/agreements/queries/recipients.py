"""Who is told of a version: people, by the seats they hold at its parties today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from extranet.agreements.policy import REPRESENTATIVES
from extranet.clock import today
from extranet.membership.models import Organisation, Seat
from extranet.people.models import Person, Tenure


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who gets one mail, about each party that they represent."""

    person_id: int
    name: str
    email: str
    locale: str
    organisation_ids: tuple[int, ...]
    organisations: tuple[str, ...]


_RECIPIENTS = (
    select(
        Person.id,
        Person.name,
        Person.email,
        Person.locale,
        Organisation.id.label("organisation_id"),
        Organisation.name.label("organisation"),
    )
    .join(Tenure, Tenure.person_id == Person.id)
    .join(Seat, Seat.id == Tenure.seat_id)
    .join(Organisation, Organisation.id == Seat.organisation_id)
    .where(
        Seat.region_id == bindparam("region_id"),
        Seat.coalition_id.is_(None),
        Seat.role.in_(sorted(REPRESENTATIVES)),
        or_(Seat.ended_on.is_(None), Seat.ended_on >= bindparam("today")),
        Organisation.id.in_(bindparam("ids", expanding=True)),
        Tenure.from_date <= bindparam("today"),
        or_(Tenure.until_date.is_(None), Tenure.until_date >= bindparam("today")),
        Person.disabled_at.is_(None),
    )
    .distinct()
    .order_by(Person.name, Person.id, Organisation.name)
)


def representatives_of(
    session: Session, *, region_id: int, organisation_ids: Collection[int]
) -> tuple[Recipient, ...]:
    """Return the contacts and portfolio holders of these organisations in a region, by name."""
    values = {
        "region_id": region_id,
        "today": today(session),
        "ids": sorted(organisation_ids),
    }
    rows = session.execute(_RECIPIENTS, values).all()
    grouped = [list(group) for _, group in groupby(rows, lambda row: row.id)]
    return tuple(
        Recipient(
            person_id=group[0].id,
            name=group[0].name,
            email=group[0].email,
            locale=group[0].locale,
            organisation_ids=tuple(row.organisation_id for row in group),
            organisations=tuple(row.organisation for row in group),
        )
        for group in grouped
    )
