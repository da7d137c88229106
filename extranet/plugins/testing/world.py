"""The small world that plugins are tested in: two regions, three coalitions, and visitors.

Noord has the coalition `met`, where the plugin is on and live, and `zonder`, where it is off. Zuid
has the coalition `elders`, where it is on as well: what is there could leak, and must not.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.clock import now, today
from extranet.coalitions.models import (
    Coalition,
    CoalitionState,
    Participation,
    Plustaak,
    PlustaakParticipation,
)
from extranet.membership.models import (
    LegalForm,
    Membership,
    MembershipKind,
    Organisation,
    OrganisationKind,
    Region,
    Seat,
)
from extranet.people.models import Employment, LoginSession, Person, Tenure
from extranet.people.queries import hash_token
from extranet.plugins.contributions import Place

LONG_AGO = date(2020, 1, 1)

# Who can visit a page of the plugin in `met`. A member is of the region, but not in the coalition.
VISITORS = (
    "stranger",
    "other_region",
    "other_coalition",
    "guest_elsewhere",
    "partner",
    "participant",
    "representative",
    "lead",
    "admin",
    "guest",
)


@dataclass(slots=True)
class World:
    """What was made, by the numbers and names that a test needs."""

    places: dict[str, Place] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)


def make_world(session: Session, *, plugin: str, is_module: bool) -> World:
    """Make the world with the plugin on where it must be; a module is on in Noord only."""
    world = World()
    modules = plugin if is_module else ""
    noord = _region(session, "noord", modules=modules)
    zuid = _region(session, "zuid", modules="")
    members = [_member(session, noord, f"gm:900{n}", f"Gemeente {n}") for n in range(1, 7)]
    partner = _member(session, noord, "kvk:90000001", "Netbeheerder", MembershipKind.PARTNER)
    far = [_member(session, zuid, f"gm:910{n}", f"Zuidgemeente {n}") for n in range(1, 4)]
    outsider = _organisation(session, "kvk:90000002", "Coöperatie", OrganisationKind.OTHER)
    met = _coalition(session, noord, "met", members[:3])
    zonder = _coalition(session, noord, "zonder", members[3:])
    elders = _coalition(session, zuid, "elders", far)
    for region, coalition, parties in ((noord, met, members[:3]), (zuid, elders, far)):
        place = Place(plugin=plugin, region_id=region.id)
        if not is_module:
            place = _plustaak(session, region, coalition, plugin, parties)
        world.places[coalition.slug] = place
    world.organisations = {one.code: one.name for one in (*members, partner, *far, outsider)}

    for name, region, at, role, guest in (
        ("lead", noord, members[0], Role.OFFICIAL, None),
        ("other_region", zuid, far[0], Role.REGION_ADMIN, None),
        ("other_coalition", noord, members[4], Role.OFFICIAL, None),
        ("guest_elsewhere", noord, outsider, Role.READER, zonder.id),
        ("partner", noord, partner, Role.OFFICIAL, None),
        ("participant", noord, members[1], Role.OFFICIAL, None),
        ("representative", noord, members[1], Role.CONTACT, None),
        ("admin", noord, members[5], Role.REGION_ADMIN, None),
        ("guest", noord, outsider, Role.READER, met.id),
    ):
        seat = _seat(session, name=name, region=region, at=at, role=role, coalition_id=guest)
        world.persons[name], world.tokens[name] = _person(session, name, seat)
        if name == "lead":
            met.lead_seat_id = seat.id
    session.flush()
    return world


def _seat(
    session: Session,
    *,
    name: str,
    region: Region,
    at: Organisation,
    role: Role,
    coalition_id: int | None,
) -> Seat:
    seat = Seat(
        region_id=region.id,
        organisation_id=at.id,
        role=role,
        title=f"Zetel van {name}",
        coalition_id=coalition_id,
    )
    session.add(seat)
    session.flush()
    return seat


def _region(session: Session, slug: str, *, modules: str) -> Region:
    region = Region(
        slug=slug,
        name=f"Regio {slug.title()}",
        legal_form=LegalForm.CENTRUMREGELING,
        legal_form_from=LONG_AGO,
        modules=modules,
    )
    session.add(region)
    session.flush()
    return region


def _organisation(session: Session, code: str, name: str, kind: OrganisationKind) -> Organisation:
    organisation = Organisation(code=code, name=name, kind=kind)
    session.add(organisation)
    session.flush()
    return organisation


def _member(
    session: Session,
    region: Region,
    code: str,
    name: str,
    kind: MembershipKind = MembershipKind.DEELNEMER,
) -> Organisation:
    is_gemeente = code.startswith("gm:")
    sort = OrganisationKind.GEMEENTE if is_gemeente else OrganisationKind.NETBEHEERDER
    organisation = _organisation(session, code, name, sort)
    session.add(
        Membership(
            region_id=region.id,
            organisation_id=organisation.id,
            kind=kind,
            from_date=LONG_AGO,
            joining_published_on=LONG_AGO,
        )
    )
    session.flush()
    return organisation


def _coalition(
    session: Session, region: Region, slug: str, parties: list[Organisation]
) -> Coalition:
    coalition = Coalition(
        region_id=region.id,
        slug=slug,
        name=f"Coalitie {slug}",
        proposed_by_id=parties[0].id,
        proposed_on=LONG_AGO,
        state=CoalitionState.ACTIVE,
    )
    session.add(coalition)
    session.flush()
    for party in parties:
        session.add(
            Participation(
                coalition_id=coalition.id,
                organisation_id=party.id,
                from_date=LONG_AGO,
                consented_on=LONG_AGO,
            )
        )
    session.flush()
    return coalition


def _plustaak(
    session: Session,
    region: Region,
    coalition: Coalition,
    plugin: str,
    parties: list[Organisation],
) -> Place:
    plustaak = Plustaak(
        coalition_id=coalition.id,
        plugin=plugin,
        enabled_at=now(session),
        live_since=today(session),
    )
    session.add(plustaak)
    session.flush()
    for party in parties:
        session.add(
            PlustaakParticipation(
                plustaak_id=plustaak.id, organisation_id=party.id, from_date=LONG_AGO
            )
        )
    session.flush()
    return Place(
        plugin=plugin, region_id=region.id, coalition_id=coalition.id, plustaak_id=plustaak.id
    )


def _person(session: Session, name: str, seat: Seat) -> tuple[int, str]:
    """Put a new person on a seat and sign them in; return their number and session token."""
    moment = now(session)
    person = Person(
        email=f"{name.replace('_', '-')}@example.org",
        name=f"Mens {name.replace('_', ' ')}",
        created_at=moment,
    )
    session.add(person)
    session.flush()
    session.add(
        Tenure(
            person_id=person.id,
            seat_id=seat.id,
            from_date=LONG_AGO,
            employment=Employment.PERMANENT,
        )
    )
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            token_hash=hash_token(token),
            person_id=person.id,
            created_at=moment,
            last_used_at=moment,
            expires_at=moment + timedelta(days=3650),
        )
    )
    session.flush()
    return person.id, token
