"""Look for a text in one region: members, bodies, seats with who sits on them, and basistaken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from extranet.basistaken.models import Basistaak
from extranet.clock import today
from extranet.coalitions.models import Coalition, Plustaak, PlustaakState
from extranet.membership.models import Body, Membership, Organisation, Seat
from extranet.membership.queries.matching import containing, pattern_of
from extranet.people.models import Person, Tenure
from extranet.search.models import Findable

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What was found of one kind; `is_cut` when there is more than is shown."""

    rows: Sequence[Any]
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What was found, by kind."""

    members: Group
    bodies: Group
    seats: Group
    tasks: Group

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found."""
        return not (self.members.rows or self.bodies.rows or self.seats.rows or self.tasks.rows)


_RUNNING = and_(
    Membership.from_date <= bindparam("day"),
    or_(Membership.until_date.is_(None), Membership.until_date >= bindparam("day")),
)
_MEMBERS = (
    select(Organisation.code, Organisation.name, Membership.kind.label("part"))
    .join(Membership, Membership.organisation_id == Organisation.id)
    .where(
        Membership.region_id == bindparam("region_id"),
        _RUNNING,
        containing(Organisation.name, Organisation.code),
    )
    .order_by(Organisation.name)
    .limit(MOST + 1)
)
_BODIES = (
    select(Body.id, Body.name)
    .where(Body.region_id == bindparam("region_id"), containing(Body.name))
    .order_by(Body.name)
    .limit(MOST + 1)
)
_SEATS = (
    select(
        Seat.id,
        Seat.title,
        Organisation.name.label("organisation"),
        Person.name.label("person"),
    )
    .join(Organisation, Organisation.id == Seat.organisation_id)
    .outerjoin(
        Tenure,
        and_(
            Tenure.seat_id == Seat.id,
            Tenure.from_date <= bindparam("day"),
            or_(Tenure.until_date.is_(None), Tenure.until_date >= bindparam("day")),
        ),
    )
    .outerjoin(Person, Person.id == Tenure.person_id)
    .where(
        Seat.region_id == bindparam("region_id"),
        or_(Seat.ended_on.is_(None), Seat.ended_on >= bindparam("day")),
        containing(Seat.title, Person.name),
    )
    .order_by(Seat.title, Organisation.name, Seat.id, Person.name)
    .limit(MOST + 1)
)
_TASKS = (
    select(Basistaak.slug, Basistaak.name, Basistaak.state)
    .where(Basistaak.region_id == bindparam("region_id"), containing(Basistaak.name, Basistaak.aim))
    .order_by(Basistaak.position, Basistaak.name)
    .limit(MOST + 1)
)

# What plugins want found, while they are on in the coalition or, for a module, in the region.
_FINDABLES = (
    select(
        Findable.plugin,
        Findable.title,
        Findable.path,
        Coalition.slug.label("coalition"),
        Coalition.name.label("coalition_name"),
    )
    .outerjoin(Coalition, Coalition.id == Findable.coalition_id)
    .outerjoin(
        Plustaak,
        and_(Plustaak.coalition_id == Coalition.id, Plustaak.plugin == Findable.plugin),
    )
    .where(
        Findable.region_id == bindparam("region_id"),
        or_(
            and_(
                Plustaak.state == PlustaakState.ON,
                Findable.plugin.in_(bindparam("plugins", expanding=True)),
            ),
            and_(
                Findable.coalition_id.is_(None),
                Findable.plugin.in_(bindparam("modules", expanding=True)),
            ),
        ),
        containing(Findable.title, Findable.text),
    )
    .order_by(Findable.title, Findable.id)
    .limit(MOST + 1)
)


def find_of_plugins(
    session: Session, *, region_id: int, text: str, plugins: Collection[str], on: Collection[str]
) -> Group:
    """Return what plugins want found; `plugins` are those here, `on` the modules of the region."""
    values = {
        "region_id": region_id,
        "pattern": pattern_of(text),
        "plugins": sorted(plugins),
        "modules": sorted(set(plugins) & set(on)),
    }
    return _group(session, _FINDABLES, values)


def find(session: Session, *, region_id: int, text: str) -> Hits:
    """Return what contains the text within one region today, twenty of a kind at most.

    Letters may be large or small; a wildcard in the text is a letter like any other.
    """
    values = {"region_id": region_id, "pattern": pattern_of(text), "day": today(session)}
    return Hits(
        members=_group(session, _MEMBERS, values),
        bodies=_group(session, _BODIES, {k: v for k, v in values.items() if k != "day"}),
        seats=_group(session, _SEATS, values),
        tasks=_group(session, _TASKS, {k: v for k, v in values.items() if k != "day"}),
    )


def _group(
    session: Session, statement: Select[*tuple[Any, ...]], values: Mapping[str, object]
) -> Group:
    rows = session.execute(statement, values).all()
    return Group(rows=rows[:MOST], is_cut=len(rows) > MOST)
