"""Look for a text in one region: members, bodies, seats and who sits on them, tasks, documents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, literal, or_, select, union_all
from sqlalchemy.orm import Session

from extranet.basistaken.models import Basistaak
from extranet.clock import today
from extranet.coalitions.models import Coalition, Plustaak, PlustaakState
from extranet.documents.models import Confidentiality
from extranet.documents.queries.documents import Filters, Sight, documents_of
from extranet.membership.models import Body, Membership, Organisation, Seat
from extranet.membership.queries.matching import containing, pattern_of
from extranet.people.models import Person, Tenure
from extranet.search.models import Findable

MOST = 20
KINDS = ("members", "bodies", "tasks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What was found of one kind; `is_cut` when there is more than is shown."""

    rows: Sequence[Any]
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What was found, by kind: members, bodies and tasks have a `key`, a `name` and a `detail`."""

    members: Group
    bodies: Group
    seats: Group
    tasks: Group
    documents: Group

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found."""
        groups = (self.members, self.bodies, self.seats, self.tasks, self.documents)
        return not any(group.rows for group in groups)


_RUNNING = and_(
    Membership.from_date <= bindparam("day"),
    or_(Membership.until_date.is_(None), Membership.until_date >= bindparam("day")),
)


def _few(
    kind: str,
    *,
    key: ColumnElement[str],
    name: ColumnElement[str],
    detail: ColumnElement[str],
    place: ColumnElement[int],
) -> Select[*tuple[Any, ...]]:
    """Select the first few of a kind, in the columns that all kinds share."""
    statement = select(
        literal(kind).label("kind"),
        key.label("key"),
        name.label("name"),
        detail.label("detail"),
        place.label("place"),
    )
    return statement.order_by(place, name).limit(MOST + 1)


_MEMBERS = (
    _few(
        "members",
        key=Organisation.code.expression,
        name=Organisation.name.expression,
        detail=Membership.kind.expression,
        place=literal(0),
    )
    .join(Membership, Membership.organisation_id == Organisation.id)
    .where(
        Membership.region_id == bindparam("region_id"),
        _RUNNING,
        containing(Organisation.name, Organisation.code),
    )
)
_BODIES = _few(
    "bodies",
    key=literal(""),
    name=Body.name.expression,
    detail=Body.kind.expression,
    place=literal(0),
).where(Body.region_id == bindparam("region_id"), containing(Body.name))
_TASKS = _few(
    "tasks",
    key=Basistaak.slug.expression,
    name=Basistaak.name.expression,
    detail=Basistaak.state.expression,
    place=Basistaak.position.expression,
).where(Basistaak.region_id == bindparam("region_id"), containing(Basistaak.name, Basistaak.aim))
# One statement for what fits in the same columns; SQLite wants each limited part in brackets.
_THINGS = union_all(*(select(part.subquery()) for part in (_MEMBERS, _BODIES, _TASKS))).order_by(
    "kind", "place", "name"
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
    return _group(session.execute(_FINDABLES, values).all())


def find(
    session: Session, *, region_id: int, text: str, may_read: Collection[Confidentiality]
) -> Hits:
    """Return what contains the text within one region today, twenty of a kind at most.

    Of documents only those of the region itself that are in use, as far as one `may_read` them.
    Letters may be large or small; a wildcard in the text is a letter like any other.
    """
    values = {"region_id": region_id, "pattern": pattern_of(text), "day": today(session)}
    things = session.execute(_THINGS, values).all()
    by_kind = {kind: [row for row in things if row.kind == kind] for kind in KINDS}
    return Hits(
        seats=_group(session.execute(_SEATS, values).all()),
        **{kind: _group(rows) for kind, rows in by_kind.items()},
        documents=_documents(session, region_id, text, may_read),
    )


def _group(rows: Sequence[Any]) -> Group:
    return Group(rows=rows[:MOST], is_cut=len(rows) > MOST)


def _documents(
    session: Session, region_id: int, text: str, may_read: Collection[Confidentiality]
) -> Group:
    sight = Sight(region_id=region_id, owners=("",), confidentialities=may_read)
    rows = documents_of(session, sight, filters=Filters(text=text), limit=MOST + 1)
    return Group(rows=rows[:MOST], is_cut=len(rows) > MOST)
