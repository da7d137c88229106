"""Who may do what: the one access policy, deny by default.

A role hangs on a seat; a permission names the roles that hold it. A person acts for one
organisation at a time, so only the seats at that organisation, in that region, count.
Domains declare their permissions in `policy.py`; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Role(StrEnum):
    """What a seat lets its holder do in a region."""

    REGION_ADMIN = "region_admin"
    PROGRAMME_TEAM = "programme_team"
    CONTROLLER = "controller"
    CONTACT = "contact"
    OFFICIAL = "official"
    PORTFOLIO_HOLDER = "portfolio_holder"
    READER = "reader"


EVERY_ROLE = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Permission:
    """A named act, `<domain>.<resource>.<action>`, and who holds it.

    `roles` hold it within their region; `operator` says that the operator of the installation
    holds it, above the regions. A permission with neither is held by nobody.
    """

    name: str
    roles: frozenset[Role] = field(default=frozenset())
    operator: bool = False


def permission(name: str, roles: Iterable[Role] = (), *, operator: bool = False) -> Permission:
    """Declare a permission."""
    return Permission(name, frozenset(roles), operator)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRef:
    """The region that somebody works in."""

    id: int
    slug: str
    name: str
    is_example: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRef:
    """The organisation that somebody acts for."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSeat:
    """A seat that the person holds today."""

    seat_id: int
    role: Role
    region: RegionRef
    organisation: OrganisationRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A region and organisation that the person can act for."""

    region_slug: str
    region_name: str
    organisation_id: int
    organisation_name: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person at the keyboard, the region they look at and the organisation they act for.

    `region` and `organisation` are None outside a region; `roles` are those of the seats held
    today at that organisation in that region, so they are empty there.
    """

    person_id: int
    login_session_id: int
    name: str
    locale: str
    is_operator: bool
    region: RegionRef | None = None
    organisation: OrganisationRef | None = None
    roles: frozenset[Role] = frozenset()
    seats: tuple[HeldSeat, ...] = ()
    preferred_organisation_id: int | None = None
    has_second_factor: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every region and organisation to act for, once each, by name."""
        current = (
            self.region.id if self.region else None,
            self.organisation.id if self.organisation else None,
        )
        found = {
            (seat.region.id, seat.organisation.id): Choice(
                region_slug=seat.region.slug,
                region_name=seat.region.name,
                organisation_id=seat.organisation.id,
                organisation_name=seat.organisation.name,
                current=(seat.region.id, seat.organisation.id) == current,
            )
            for seat in self.seats
        }
        return tuple(sorted(found.values(), key=lambda c: (c.region_name, c.organisation_name)))


def permits(actor: Actor | None, wanted: Permission) -> bool:
    """Tell whether the actor holds the permission where they stand."""
    if actor is None:
        return False
    if wanted.operator and actor.is_operator:
        return True
    return actor.region is not None and not actor.roles.isdisjoint(wanted.roles)


def stand_in(actor: Actor, region_slug: str) -> Actor:
    """Return the actor standing in a region, for the organisation they chose there.

    Without a seat in that region `region` is None and no role counts.
    """
    here = [seat for seat in actor.seats if seat.region.slug == region_slug]
    if not here:
        return replace(actor, region=None, organisation=None, roles=frozenset())
    chosen = next(
        (s for s in here if s.organisation.id == actor.preferred_organisation_id), here[0]
    ).organisation
    return replace(
        actor,
        region=here[0].region,
        organisation=chosen,
        roles=frozenset(s.role for s in here if s.organisation.id == chosen.id),
    )
