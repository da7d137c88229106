"""The coalitions of a region, a line each, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from extranet.coalitions.models import Coalition, Interest, Participation, Plustaak, PlustaakState
from extranet.membership.models import Organisation, OrganisationKind
from extranet.membership.queries.matching import containing, pattern_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalitionLine:
    """A coalition in the list: its state, who counts, who wants to, and what is on.

    `municipalities` are those that consented and take part; `interested` said "we join".
    `takes_part` tells of the organisation that the reader acts for.
    """

    id: int
    slug: str
    name: str
    aim: str
    state: str
    proposed_on: date
    proposed_by: str
    municipalities: int
    interested: int
    plustaken: int
    takes_part: bool


_RUNS = and_(
    Participation.coalition_id == Coalition.id,
    Participation.from_date <= bindparam("day"),
    or_(Participation.until_date.is_(None), Participation.until_date >= bindparam("day")),
)
_COUNTED = Organisation.__table__.alias("counted")
_MUNICIPALITIES = (
    select(func.count(func.distinct(func.coalesce(_COUNTED.c.successor_id, _COUNTED.c.id))))
    .select_from(Participation)
    .join(_COUNTED, _COUNTED.c.id == Participation.organisation_id)
    .where(
        _RUNS,
        Participation.consented_on.is_not(None),
        _COUNTED.c.kind == OrganisationKind.GEMEENTE,
    )
    .correlate(Coalition)
    .scalar_subquery()
)
_INTERESTED = (
    select(func.count())
    .select_from(Interest)
    .where(Interest.coalition_id == Coalition.id, Interest.answer == "join")
    .correlate(Coalition)
    .scalar_subquery()
)
_PLUSTAKEN = (
    select(func.count())
    .select_from(Plustaak)
    .where(Plustaak.coalition_id == Coalition.id, Plustaak.state == PlustaakState.ON)
    .correlate(Coalition)
    .scalar_subquery()
)
_TAKES_PART = (
    select(Participation.id)
    .where(_RUNS, Participation.organisation_id == bindparam("organisation_id"))
    .correlate(Coalition)
    .exists()
)
_LINES = (
    select(
        Coalition.id,
        Coalition.slug,
        Coalition.name,
        Coalition.aim,
        Coalition.state,
        Coalition.proposed_on,
        Organisation.name.label("proposed_by"),
        _MUNICIPALITIES.label("municipalities"),
        _INTERESTED.label("interested"),
        _PLUSTAKEN.label("plustaken"),
        case((_TAKES_PART, 1), else_=0).label("takes_part"),
    )
    .join(Organisation, Organisation.id == Coalition.proposed_by_id)
    .where(Coalition.region_id == bindparam("region_id"))
    .order_by(Coalition.id.desc())
)


@cache
def _page(*, search: bool, state: bool, own: bool, after: bool, limit: bool) -> Select[Any]:
    """Return the statement for a combination of filters; each is built once."""
    statement = _LINES
    if search:
        statement = statement.where(containing(Coalition.name, Coalition.aim))
    if state:
        statement = statement.where(Coalition.state == bindparam("state"))
    if own:
        statement = statement.where(_TAKES_PART)
    if after:
        statement = statement.where(Coalition.id < bindparam("after"))
    return statement.limit(bindparam("limit")) if limit else statement


def list_coalitions(
    session: Session,
    region_id: int,
    *,
    day: date,
    organisation_id: int,
    search: str = "",
    state: str = "",
    own: bool = False,
    after: int | None = None,
    limit: int | None = None,
) -> list[CoalitionLine]:
    """Return the coalitions of a region, newest first.

    `search` is part of a name or aim; `own` keeps those in which the organisation takes part.
    """
    statement = _page(
        search=bool(search),
        state=bool(state),
        own=own,
        after=after is not None,
        limit=limit is not None,
    )
    values = {
        "region_id": region_id,
        "day": day,
        "organisation_id": organisation_id,
        "pattern": pattern_of(search),
        "state": state,
        "after": after,
        "limit": limit,
    }
    rows = session.execute(statement, values).mappings()
    return [CoalitionLine(**{**row, "takes_part": bool(row["takes_part"])}) for row in rows]
