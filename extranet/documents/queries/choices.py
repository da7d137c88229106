"""What a form about a document offers: who can have written it."""

from __future__ import annotations

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlalchemy.orm import Session

from extranet.membership.models import Body, Membership, Organisation, Seat

_OF_REGION: BindParameter[int] = bindparam("region_id")
_BODIES = select(Body.id, Body.name).where(Body.region_id == _OF_REGION).order_by(Body.name)
_ORGANISATIONS = (
    select(Organisation.id, Organisation.name)
    .where(
        or_(
            Organisation.id.in_(
                select(Membership.organisation_id).where(Membership.region_id == _OF_REGION)
            ),
            Organisation.id.in_(select(Seat.organisation_id).where(Seat.region_id == _OF_REGION)),
        )
    )
    .order_by(Organisation.name)
)


def body_choices(session: Session, region_id: int) -> list[tuple[int, str]]:
    """Return the bodies of a region: number and name."""
    rows = session.execute(_BODIES, {"region_id": region_id})
    return [(row.id, row.name) for row in rows]


def organisation_choices(session: Session, region_id: int) -> list[tuple[int, str]]:
    """Return the organisations that have, or had, a part in a region: number and name."""
    rows = session.execute(_ORGANISATIONS, {"region_id": region_id})
    return [(row.id, row.name) for row in rows]
