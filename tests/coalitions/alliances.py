"""Make a region with coalitions in it, and people who stand in every relation to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from extranet.access import Actor, OrganisationRef, RegionRef, Role
from extranet.coalitions.models import Coalition, CoalitionState, Participation
from extranet.membership.models import MembershipKind, Organisation, OrganisationKind, Region, Seat
from extranet.people.models import Person
from tests.factories import (
    make_membership,
    make_organisation,
    make_person,
    make_region,
    make_seat,
    make_tenure,
)

DAY = date(2026, 11, 23)
MUNICIPALITIES = {
    "gm:0988": "Weert",
    "gm:0984": "Venray",
    "gm:0889": "Beesel",
    "gm:1507": "Horst aan de Maas",
}
# The relations in which somebody may stand to a coalition.
WHO = (
    "stranger",
    "outsider",
    "operator",
    "reader",
    "partner",
    "member",
    "other_coalition",
    "participant",
    "representative",
    "lead",
    "guest",
    "admin",
)
Enter = Callable[[str], FlaskClient]


@dataclass(frozen=True, kw_only=True)
class Alliance:
    """A region with a coalition of Weert, Venray and Beesel, one that is not theirs, and people."""

    region: Region
    other_region: Region
    coalition: Coalition
    other: Coalition
    organisations: dict[str, Organisation]
    participations: dict[str, Participation]
    lead_seat: Seat
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, organisation: str = "Weert") -> Actor:
        """Return somebody who acts for an organisation in this region."""
        found = self.organisations[organisation]
        return Actor(
            person_id=self.people["lead"].id,
            login_session_id=1,
            name="Iemand",
            locale="nl",
            is_operator=False,
            region=RegionRef(
                id=self.region.id, slug=self.region.slug, name=self.region.name, is_example=False
            ),
            organisation=OrganisationRef(id=found.id, code=found.code, name=found.name),
            roles=frozenset({Role.CONTACT}),
        )


def make_alliance(
    session: Session, *, consented: int = 3, state: str = CoalitionState.ACTIVE
) -> Alliance:
    """Make it; the first `consented` of the three participants have the consent of their body."""
    region, other_region, organisations = _regions(session)
    lead_seat = make_seat(
        session, region=region, organisation=organisations["Weert"], role=Role.OFFICIAL
    )
    coalition = make_coalition(
        session, region=region, by=organisations["Weert"], lead=lead_seat, state=state
    )
    other = make_coalition(
        session,
        region=region,
        by=organisations["Horst aan de Maas"],
        name="Andere coalitie",
        state=CoalitionState.FORMING,
    )
    participations = {
        name: make_participation(
            session,
            coalition=coalition,
            organisation=organisations[name],
            consented=number < consented,
        )
        for number, name in enumerate(("Weert", "Venray", "Beesel"))
    }
    make_participation(session, coalition=other, organisation=organisations["Horst aan de Maas"])
    made = Alliance(
        region=region,
        other_region=other_region,
        coalition=coalition,
        other=other,
        organisations=organisations,
        participations=participations,
        lead_seat=lead_seat,
    )
    _people(session, made)
    return made


def _regions(session: Session) -> tuple[Region, Region, dict[str, Organisation]]:
    """Make a region of four municipalities and a partner, another one, and an ally of neither."""
    region = make_region(
        session, slug="noord", name="Regio Noord", threshold=3, threshold_source="artikel 4"
    )
    other_region = make_region(session, slug="zuid", name="Regio Zuid")
    organisations = {
        name: make_organisation(session, code=code, name=name)
        for code, name in MUNICIPALITIES.items()
    }
    for organisation in organisations.values():
        make_membership(session, region=region, organisation=organisation)
    grid = make_organisation(
        session, code="kvk:17131139", name="Net", kind=OrganisationKind.NETBEHEERDER
    )
    make_membership(session, region=region, organisation=grid, kind=MembershipKind.PARTNER)
    ally = make_organisation(
        session, code="kvk:87654321", name="Boeren", kind=OrganisationKind.OTHER
    )
    away = make_organisation(session, code="gm:0928", name="Kerkrade")
    make_membership(session, region=other_region, organisation=away)
    organisations |= {"Net": grid, "Boeren": ally, "Kerkrade": away}
    return region, other_region, organisations


def make_coalition(
    session: Session,
    *,
    region: Region,
    by: Organisation,
    lead: Seat | None = None,
    name: str = "Groen gas",
    state: str = CoalitionState.ACTIVE,
) -> Coalition:
    """Make a coalition that somebody proposed."""
    coalition = Coalition(
        region_id=region.id,
        slug=name.lower().replace(" ", "-"),
        name=name,
        aim="Boeren weten welke initiatieven kansrijk zijn.",
        proposed_by_id=by.id,
        proposed_on=DAY,
        state=state,
        lead_seat_id=lead.id if lead else None,
    )
    session.add(coalition)
    session.flush()
    return coalition


def make_participation(
    session: Session,
    *,
    coalition: Coalition,
    organisation: Organisation,
    consented: bool = True,
    until_date: date | None = None,
) -> Participation:
    """Let an organisation take part, with the consent of its body or without."""
    participation = Participation(
        coalition_id=coalition.id,
        organisation_id=organisation.id,
        from_date=date(2026, 1, 1),
        until_date=until_date,
        consented_on=date(2026, 2, 1) if consented else None,
        body="college" if consented else "",
        evidence="besluitenlijst 1 februari 2026" if consented else "",
    )
    session.add(participation)
    session.flush()
    return participation


def _people(session: Session, made: Alliance) -> None:
    """Make one person for each relation but the stranger."""
    at = made.organisations
    seats = {
        "reader": (made.region, at["Venray"], Role.READER),
        "partner": (made.region, at["Net"], Role.OFFICIAL),
        "member": (made.region, at["Horst aan de Maas"], Role.READER),
        "other_coalition": (made.region, at["Horst aan de Maas"], Role.CONTACT),
        "participant": (made.region, at["Beesel"], Role.OFFICIAL),
        "representative": (made.region, at["Venray"], Role.CONTACT),
        "admin": (made.region, at["Horst aan de Maas"], Role.REGION_ADMIN),
        "outsider": (made.other_region, at["Kerkrade"], Role.REGION_ADMIN),
    }
    for who, (region, organisation, role) in seats.items():
        seat = make_seat(session, region=region, organisation=organisation, role=role)
        made.people[who] = _sitting(session, who, seat)
    made.people["lead"] = _sitting(session, "lead", made.lead_seat)
    guest_seat = make_seat(session, region=made.region, organisation=at["Boeren"])
    guest_seat.coalition_id = made.coalition.id
    made.people["guest"] = _sitting(session, "guest", guest_seat)
    made.people["operator"] = make_person(session, is_operator=True)


def _sitting(session: Session, who: str, seat: Seat) -> Person:
    person = make_person(session, name=f"De {who}", email=f"{who}@example.org")
    make_tenure(session, person=person, seat=seat)
    return person
