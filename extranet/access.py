"""Who may do what: the one access policy, deny by default.

A role hangs on a seat; a permission names the roles that hold it. A person acts for one
organisation at a time, so only the seats at that organisation, in that region, count. Inside a
coalition a permission may also name how somebody stands in it: its lead, a participant, a guest.
Domains declare their permissions in `policy.py`; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


class CoalitionRole(StrEnum):
    """How somebody stands in one coalition, by the seat they hold and whom they act for.

    The lead holds the coalition's leading seat. A representative speaks for a participating
    organisation (its contact, controller or portfolio holder); a participant works for one. A
    guest has a seat in this coalition alone.
    """

    LEAD = "lead"
    REPRESENTATIVE = "representative"
    PARTICIPANT = "participant"
    GUEST = "guest"


EVERY_COALITION_ROLE = frozenset(CoalitionRole)
SPEAKING = frozenset({Role.CONTACT, Role.CONTROLLER, Role.PORTFOLIO_HOLDER})


@dataclass(frozen=True, slots=True)
class Permission:
    """A named act, `<domain>.<resource>.<action>`, and who holds it.

    `roles` hold it within their region; `coalition` holds it within the coalition of the address;
    `operator` says that the operator of the installation holds it, above the regions. A permission
    with none of these is held by nobody.
    """

    name: str
    roles: frozenset[Role] = field(default=frozenset())
    operator: bool = False
    coalition: frozenset[CoalitionRole] = field(default=frozenset())


def permission(
    name: str,
    roles: Iterable[Role] = (),
    *,
    operator: bool = False,
    coalition: Iterable[CoalitionRole] = (),
) -> Permission:
    """Declare a permission."""
    return Permission(name, frozenset(roles), operator, frozenset(coalition))


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRef:
    """The region that somebody works in; `modules` are the plugins that are on for all of it."""

    id: int
    slug: str
    name: str
    is_example: bool
    modules: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRef:
    """The organisation that somebody acts for."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalitionRef:
    """The coalition that somebody works in.

    `participants` are the organisations that take part today, by number; `plustaken` are the
    numbers of the plustaken that are on, by the name of their plugin.
    """

    id: int
    slug: str
    name: str
    state: str
    lead_seat_id: int | None
    participants: frozenset[int]
    plustaken: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSeat:
    """A seat that the person holds today; `coalition_id` makes it a guest's, in that one only."""

    seat_id: int
    role: Role
    region: RegionRef
    organisation: OrganisationRef
    coalition_id: int | None = None


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
    today at that organisation in that region, so they are empty there. `coalition` is the one of
    the address, with how the actor stands in it.
    """

    person_id: int
    login_session_id: int
    name: str
    locale: str
    is_operator: bool
    region: RegionRef | None = None
    organisation: OrganisationRef | None = None
    roles: frozenset[Role] = frozenset()
    coalition: CoalitionRef | None = None
    coalition_roles: frozenset[CoalitionRole] = frozenset()
    seats: tuple[HeldSeat, ...] = ()
    preferred_organisation_id: int | None = None
    has_second_factor: bool = False

    @property
    def is_guest(self) -> bool:
        """Tell whether the actor is here by a guest's seat alone."""
        return CoalitionRole.GUEST in self.coalition_roles and not self.roles

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every region and organisation to act for, once each, by name; not as a guest."""
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
            if seat.coalition_id is None
        }
        return tuple(sorted(found.values(), key=lambda c: (c.region_name, c.organisation_name)))


def permits(actor: Actor | None, wanted: Permission) -> bool:
    """Tell whether the actor holds the permission where they stand."""
    if actor is None:
        return False
    if wanted.operator and actor.is_operator:
        return True
    if actor.region is None:
        return False
    if actor.coalition is not None and not actor.coalition_roles.isdisjoint(wanted.coalition):
        return True
    return not actor.roles.isdisjoint(wanted.roles)


def stand_in(actor: Actor, region_slug: str) -> Actor:
    """Return the actor standing in a region, for the organisation they chose there.

    Without a seat in that region `region` is None and no role counts; a guest's seat in one of
    its coalitions opens that coalition only.
    """
    here = [
        seat
        for seat in actor.seats
        if seat.region.slug == region_slug and seat.coalition_id is None
    ]
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


def enter(actor: Actor, coalition: CoalitionRef) -> Actor:
    """Return the actor, standing in a region, inside one of its coalitions.

    Who has no seat in the region may still come in by a guest's seat in this coalition.
    """
    if actor.region is None or actor.organisation is None:
        return _enter_as_guest(actor, coalition)
    roles = set()
    here = [
        seat
        for seat in actor.seats
        if seat.coalition_id is None
        and seat.region.id == actor.region.id
        and seat.organisation.id == actor.organisation.id
    ]
    if any(seat.seat_id == coalition.lead_seat_id for seat in here):
        roles.add(CoalitionRole.LEAD)
    if actor.organisation.id in coalition.participants:
        if not actor.roles.isdisjoint(SPEAKING):
            roles.add(CoalitionRole.REPRESENTATIVE)
        if actor.roles - {Role.READER}:
            roles.add(CoalitionRole.PARTICIPANT)
    return replace(actor, coalition=coalition, coalition_roles=frozenset(roles))


def _enter_as_guest(actor: Actor, coalition: CoalitionRef) -> Actor:
    seat = next((one for one in actor.seats if one.coalition_id == coalition.id), None)
    if seat is None:
        return actor
    return replace(
        actor,
        region=seat.region,
        organisation=seat.organisation,
        roles=frozenset(),
        coalition=coalition,
        coalition_roles=frozenset({CoalitionRole.GUEST}),
    )
