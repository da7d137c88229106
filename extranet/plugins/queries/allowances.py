"""Which plugins a region and a coalition may use, and whom to ask for more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.membership.models import Seat
from extranet.people.models import Person, Tenure
from extranet.plugins.models import CoalitionPlugin, RegionPlugin


def allowed_in_region(session: Session, region_id: int) -> frozenset[str]:
    """Return the plugins that a region may use."""
    return frozenset(
        session.scalars(
            select(RegionPlugin.plugin).where(
                RegionPlugin.region_id == region_id, RegionPlugin.is_allowed
            )
        )
    )


def allowed_in_coalition(session: Session, region_id: int, coalition_id: int) -> frozenset[str]:
    """Return the plugins that a coalition may use: its own, as far as its region may."""
    return frozenset(
        session.scalars(
            select(CoalitionPlugin.plugin)
            .join(
                RegionPlugin,
                and_(
                    RegionPlugin.plugin == CoalitionPlugin.plugin,
                    RegionPlugin.region_id == region_id,
                    RegionPlugin.is_allowed,
                ),
            )
            .where(CoalitionPlugin.coalition_id == coalition_id)
        )
    )


def region_admin_names(session: Session, region_id: int, *, day: date) -> Sequence[str]:
    """Return who administers a region today, by name: whom to ask for a plugin."""
    return session.scalars(
        select(Person.name)
        .join(Tenure, Tenure.person_id == Person.id)
        .join(Seat, Seat.id == Tenure.seat_id)
        .where(
            Seat.region_id == region_id,
            Seat.role == Role.REGION_ADMIN,
            Seat.coalition_id.is_(None),
            or_(Seat.ended_on.is_(None), Seat.ended_on >= day),
            Tenure.from_date <= day,
            or_(Tenure.until_date.is_(None), Tenure.until_date >= day),
            Person.disabled_at.is_(None),
        )
        .distinct()
        .order_by(Person.name)
    ).all()
