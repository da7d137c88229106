"""Reads about one member of a region: its memberships over time, and what its leaving changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session, aliased

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import (
    Membership,
    MembershipKind,
    Organisation,
    OrganisationKind,
)
from extranet.membership.queries.members import list_members
from extranet.membership.queries.regions import get_region, snapshot_of

NO_MEMBER = Text("There is no such member.")
Successor = aliased(Organisation)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRecord:
    """One membership in a member's history, with its publications."""

    id: int
    part: str
    is_centrum: bool
    from_date: date
    until_date: date | None
    joining_published_on: date | None
    joining_publication: str
    leaving_published_on: date | None
    leaving_publication: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDossier:
    """An organisation with all its memberships of one region, newest first."""

    organisation_id: int
    code: str
    name: str
    kind: str
    successor_code: str | None
    successor_name: str | None
    successor_from: date | None
    memberships: tuple[MembershipRecord, ...]

    def on(self, day: date) -> MembershipRecord | None:
        """Return the membership that runs on a day."""
        return next((m for m in self.memberships if _runs(m, day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What is left in a region without one organisation, counted on a day.

    Municipalities that are deelnemers, their inhabitants by the region's release, and the number
    of municipalities that a coalition needs.
    """

    municipalities: int
    municipalities_left: int
    inhabitants: int
    inhabitants_left: int
    threshold: int


_DOSSIER = (
    select(
        Organisation.id.label("organisation_id"),
        Organisation.code,
        Organisation.name,
        Organisation.kind,
        Successor.code.label("successor_code"),
        Successor.name.label("successor_name"),
        Organisation.successor_from,
        Membership.id,
        Membership.kind.label("part"),
        Membership.is_centrum,
        Membership.from_date,
        Membership.until_date,
        Membership.joining_published_on,
        Membership.joining_publication,
        Membership.leaving_published_on,
        Membership.leaving_publication,
    )
    .join(Membership, Membership.organisation_id == Organisation.id)
    .outerjoin(Successor, Successor.id == Organisation.successor_id)
    .where(Membership.region_id == bindparam("region_id"), Organisation.code == bindparam("code"))
    .order_by(Membership.from_date.desc())
)


def get_dossier(session: Session, region_id: int, code: str) -> MemberDossier:
    """Return an organisation with its memberships of the region, whenever they ran.

    Raises NotFound when it never was a member: the region does not show other organisations.
    """
    rows = session.execute(_DOSSIER, {"region_id": region_id, "code": code}).all()
    if not rows:
        raise NotFound(NO_MEMBER)
    head = rows[0]
    return MemberDossier(
        organisation_id=head.organisation_id,
        code=head.code,
        name=head.name,
        kind=head.kind,
        successor_code=head.successor_code,
        successor_name=head.successor_name,
        successor_from=head.successor_from,
        memberships=tuple(_record(row) for row in rows),
    )


def get_membership(
    session: Session, region_id: int, membership_id: int, *, for_update: bool = False
) -> Membership:
    """Return a membership of this region to change; raise NotFound when it has none such.

    `for_update` keeps other writers waiting. It takes the region first, as every change of who
    belongs to a region does: two changes that took them the other way round would block each other.
    """
    if for_update:
        get_region(session, region_id, for_update=True)
    statement = select(Membership).where(
        Membership.id == membership_id, Membership.region_id == region_id
    )
    if for_update:
        statement = statement.with_for_update()
    membership = session.scalars(statement).one_or_none()
    if membership is None:
        raise NotFound(NO_MEMBER)
    return membership


def consequences_of_leaving(
    session: Session, region_id: int, organisation_id: int, *, day: date
) -> Leaving:
    """Count what a region keeps when an organisation leaves, by who is a member on a day."""
    lines = list_members(session, region_id, day=day, snapshot=snapshot_of(session, region_id))
    here = [
        line
        for line in lines
        if line.kind == OrganisationKind.GEMEENTE and line.part == MembershipKind.DEELNEMER
    ]
    left = [line for line in here if line.organisation_id != organisation_id]
    return Leaving(
        municipalities=len(here),
        municipalities_left=len(left),
        inhabitants=sum(line.inhabitants or 0 for line in here),
        inhabitants_left=sum(line.inhabitants or 0 for line in left),
        threshold=get_region(session, region_id).threshold,
    )


def _record(row: Row[*tuple[Any, ...]]) -> MembershipRecord:
    return MembershipRecord(
        id=row.id,
        part=row.part,
        is_centrum=row.is_centrum,
        from_date=row.from_date,
        until_date=row.until_date,
        joining_published_on=row.joining_published_on,
        joining_publication=row.joining_publication,
        leaving_published_on=row.leaving_published_on,
        leaving_publication=row.leaving_publication,
    )


def _runs(membership: MembershipRecord, day: date) -> bool:
    return membership.from_date <= day <= (membership.until_date or date.max)
