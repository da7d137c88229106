"""Reads about memberships: who is a member of a region, when, as what, and how large.

The members page is read often, so its statements are built once. A figure of inhabitants is
that of the region's own population release on its newest reference date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from extranet.membership.models import (
    Membership,
    Organisation,
    PopulationFigure,
)
from extranet.membership.queries.matching import containing, pattern_of
from extranet.membership.queries.regions import Snapshot

Successor = aliased(Organisation)


class When(StrEnum):
    """Which memberships to list, by the day that somebody looks."""

    NOW = "now"
    SOON = "soon"
    FORMER = "former"
    EVER = "ever"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An organisation's membership of a region; `until_date` is the last day, None for no end.

    `code` is the official one (`gm:0983`), `kind` what sort of organisation it is, `part` whether
    it is deelnemer or partner.
    """

    membership_id: int
    organisation_id: int
    code: str
    name: str
    kind: str
    part: str
    is_centrum: bool
    from_date: date
    until_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine(Member):
    """A member as the members page shows it.

    `inhabitants` is None for what is no municipality, or has no figure. The successor is the
    organisation that took it over, or will on that day (herindeling).
    """

    inhabitants: int | None
    successor_name: str | None
    successor_from: date | None


_COLUMNS = (
    Membership.id.label("membership_id"),
    Organisation.id.label("organisation_id"),
    Organisation.code,
    Organisation.name,
    Organisation.kind,
    Membership.kind.label("part"),
    Membership.is_centrum,
    Membership.from_date,
    Membership.until_date,
)
_IN_REGION = Membership.region_id == bindparam("region_id")
_BY_NAME = (Organisation.name, Membership.id)


def running(first: str, last: str) -> ColumnElement[bool]:
    """Return the condition that a membership has a day between two bound days, both included."""
    return and_(
        Membership.from_date <= bindparam(last),
        or_(Membership.until_date.is_(None), Membership.until_date >= bindparam(first)),
    )


_WHEN: dict[When, ColumnElement[bool]] = {
    When.NOW: running("day", "day"),
    When.SOON: Membership.from_date > bindparam("day"),
    When.FORMER: Membership.until_date < bindparam("day"),
    When.EVER: Membership.id.is_not(None),
}
_PERIODS = (
    select(*_COLUMNS)
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .where(_IN_REGION, running("first", "last"))
    .order_by(*_BY_NAME, Membership.from_date)
)
_LINES = (
    select(
        *_COLUMNS,
        PopulationFigure.inhabitants,
        Successor.name.label("successor_name"),
        Organisation.successor_from,
    )
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .outerjoin(Successor, Successor.id == Organisation.successor_id)
    .outerjoin(
        PopulationFigure,
        and_(
            PopulationFigure.snapshot_id == bindparam("snapshot_id"),
            PopulationFigure.reference_date == bindparam("reference_date"),
            PopulationFigure.code == Organisation.code,
        ),
    )
    .where(_IN_REGION)
    .order_by(*_BY_NAME)
)
_MATCHES = containing(Organisation.name, Organisation.code)
_AFTER_NAME = (
    select(Organisation.name)
    .join(Membership, Membership.organisation_id == Organisation.id)
    .where(Membership.id == bindparam("after"))
    .scalar_subquery()
)
_AFTER = or_(
    Organisation.name > _AFTER_NAME,
    and_(Organisation.name == _AFTER_NAME, Membership.id > bindparam("after")),
)


@cache
def _page(
    when: When, *, search: bool, kind: bool, after: bool, limit: bool
) -> Select[*tuple[Any, ...]]:
    """Return the statement for a combination of filters; each is built once."""
    statement = _LINES.where(_WHEN[when])
    if search:
        statement = statement.where(_MATCHES)
    if kind:
        statement = statement.where(Organisation.kind == bindparam("kind"))
    if after:
        statement = statement.where(_AFTER)
    return statement.limit(bindparam("limit")) if limit else statement


def members_on(session: Session, region_id: int, day: date) -> list[Member]:
    """Return who is a member of a region on a day, deelnemers and partners, by name."""
    return memberships_in(session, region_id, from_date=day, until_date=day)


def memberships_in(
    session: Session, region_id: int, *, from_date: date, until_date: date
) -> list[Member]:
    """Return the memberships that run on at least one day of a period, by name.

    Both days are included. An organisation that left and came back is in it twice.
    """
    values = {"region_id": region_id, "first": from_date, "last": until_date}
    return [Member(**row) for row in session.execute(_PERIODS, values).mappings()]


def list_members(
    session: Session,
    region_id: int,
    *,
    day: date,
    snapshot: Snapshot | None,
    when: When = When.NOW,
    search: str = "",
    kind: str = "",
    after: int | None = None,
    limit: int | None = None,
) -> list[MemberLine]:
    """Return memberships by name, with inhabitants by `snapshot` on its newest date.

    `search` is part of a name or code, `kind` an organisation's kind; both may be empty. With
    `after`, the membership's number, the list goes on after that one.
    """
    statement = _page(
        when, search=bool(search), kind=bool(kind), after=after is not None, limit=limit is not None
    )
    values = {
        "region_id": region_id,
        "day": day,
        "snapshot_id": snapshot.id if snapshot else None,
        "reference_date": snapshot.last_date if snapshot else None,
        "pattern": pattern_of(search),
        "kind": kind,
        "after": after,
        "limit": limit,
    }
    return [MemberLine(**row) for row in session.execute(statement, values).mappings()]
