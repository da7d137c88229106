"""Where somebody stands: the coalition of an address, in one statement, on every page in it."""

from __future__ import annotations

from sqlalchemy import String, bindparam, cast, func, or_, select
from sqlalchemy.orm import Session

from extranet.access import CoalitionRef
from extranet.clock import today
from extranet.coalitions.models import Coalition, Participation, Plustaak, PlustaakState
from extranet.membership.models import Region

# One row, however many participants and plustaken: each list comes as one text of numbers and
# names, which hold no comma and no colon.
_PARTICIPANTS = (
    select(func.aggregate_strings(cast(Participation.organisation_id, String), ","))
    .where(
        Participation.coalition_id == Coalition.id,
        Participation.from_date <= bindparam("day"),
        or_(Participation.until_date.is_(None), Participation.until_date >= bindparam("day")),
    )
    .correlate(Coalition)
    .scalar_subquery()
)
_PLUSTAKEN = (
    select(func.aggregate_strings(Plustaak.plugin + ":" + cast(Plustaak.id, String), ","))
    .where(Plustaak.coalition_id == Coalition.id, Plustaak.state == PlustaakState.ON)
    .correlate(Coalition)
    .scalar_subquery()
)
_COALITION = (
    select(
        Coalition.id,
        Coalition.slug,
        Coalition.name,
        Coalition.state,
        Coalition.lead_seat_id,
        _PARTICIPANTS.label("participants"),
        _PLUSTAKEN.label("plustaken"),
    )
    .join(Region, Region.id == Coalition.region_id)
    .where(Region.slug == bindparam("region"), Coalition.slug == bindparam("coalition"))
)


def find_coalition(session: Session, region_slug: str, slug: str) -> CoalitionRef | None:
    """Return a coalition with who takes part and what is on today, None when there is none."""
    values = {"region": region_slug, "coalition": slug, "day": today(session)}
    row = session.execute(_COALITION, values).one_or_none()
    if row is None:
        return None
    plustaken = dict(one.split(":") for one in row.plustaken.split(",")) if row.plustaken else {}
    return CoalitionRef(
        id=row.id,
        slug=row.slug,
        name=row.name,
        state=row.state,
        lead_seat_id=row.lead_seat_id,
        participants=frozenset(map(int, row.participants.split(",") if row.participants else ())),
        plustaken={name: int(number) for name, number in sorted(plustaken.items())},
    )
