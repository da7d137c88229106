"""The rows of the demo: an evening with three hosts, and people who are clearly invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from sqlalchemy.orm import Session

from extranet.api import Participant, Place, keep_public_address, now, participants_of, today
from extranet_infoavond.models import (
    Evening,
    Host,
    HouseStyle,
    Initiative,
    InitiativeKind,
    InitiativeStage,
    Invitation,
    LegalBasis,
    LetterState,
    MasterLetter,
    Page,
    ProgrammeItem,
    Signup,
    SignupState,
)
from extranet_infoavond.queries.public import subject_of
from extranet_infoavond.rules.letters import FIRST_BODY, FIRST_SUBJECT
from extranet_infoavond.services.evenings import keep_evening

HELD_ON = date(2027, 1, 21)
APPROVED_ON = date(2026, 11, 17)
KEEP_DAYS = 90
PROGRAMME = (
    (time(19, 30), "Inloop met koffie", "", ""),
    (
        time(20, 0),
        "Wat is groen gas, en wat past op uw bedrijf?",
        "Voorbeeldspreker, adviseur",
        "Mono-vergisting, co-vergisting, een hub met buren of een centrale vergister.",
    ),
    (time(20, 45), "Een ondernemer vertelt", "Voorbeeldspreker, melkveehouder", ""),
    (time(21, 15), "Vragen aan de gemeente en het waterschap", "", ""),
)
RESIDENTS = (
    ("J. Voorbeeld", "Hoeve Voorbeeld", 2, InitiativeKind.MONO_DIGESTION),
    ("M. Voorbeeld", "", 1, InitiativeKind.HUB),
    ("Familie Voorbeeldsen", "Maatschap Voorbeeldsen", 3, InitiativeKind.HUB),
    ("P. van Voorbeeld", "", 1, ""),
)


def fill(session: Session, place: Place) -> None:
    """Fill a plustaak of the demo with an evening, letters, a public page and an initiative."""
    hosts = [one for one in participants_of(session, place) if one.kind == "gemeente"]
    if not hosts:
        return
    evening = _evening(session, place, hosts)
    for host in hosts:
        _style(session, place, host)
    first = hosts[-1]
    _letter(session, evening, first)
    _page(session, place, evening, first)
    _residents(session, evening, first)
    _initiative(session, place, evening, first)
    keep_evening(session, place, evening)


def _evening(session: Session, place: Place, hosts: Sequence[Participant]) -> Evening:
    evening = Evening(
        plustaak_id=place.plustaak_id,
        title="Informatieavond groen gas",
        held_on=HELD_ON,
        starts_at=time(19, 30),
        ends_at=time(22, 0),
        venue="Voorbeeldzaal De Schuur",
        street="Voorbeeldweg 1",
        town="Horst",
        capacity=80,
    )
    session.add(evening)
    session.flush()
    session.add_all(Host(evening_id=evening.id, organisation_id=o.organisation_id) for o in hosts)
    session.add_all(
        ProgrammeItem(
            evening_id=evening.id, starts_at=start, title=title, speaker=speaker, about=about
        )
        for start, title, speaker, about in PROGRAMME
    )
    session.add(MasterLetter(evening_id=evening.id, subject=FIRST_SUBJECT, body=FIRST_BODY))
    session.flush()
    return evening


def _style(session: Session, place: Place, host: Participant) -> None:
    session.add(
        HouseStyle(
            plustaak_id=place.plustaak_id,
            organisation_id=host.organisation_id,
            sender=f"Gemeente {host.name}",
            street="Postbus 1",
            postal_town=f"1234 AB {host.name}",
            contact_name="Team duurzaamheid",
            contact_email="duurzaam@gemeente.example",
            contact_phone="14 000",
            signatory_name="V. Voorbeeld",
            signatory_function="wethouder duurzaamheid",
            website="https://www.gemeente.example",
            privacy_url="https://www.gemeente.example/privacy",
            accent="#0f4c5a",
        )
    )


def _letter(session: Session, evening: Evening, host: Participant) -> None:
    session.add(
        Invitation(
            evening_id=evening.id,
            organisation_id=host.organisation_id,
            subject=FIRST_SUBJECT,
            body=FIRST_BODY,
            from_master_version=1,
            state=LetterState.APPROVED,
            approved_by="wethouder duurzaamheid",
            approved_on=APPROVED_ON,
        )
    )


def _page(session: Session, place: Place, evening: Evening, host: Participant) -> None:
    page = Page(
        evening_id=evening.id,
        organisation_id=host.organisation_id,
        slug="voorbeeld-2k7ma",
        legal_basis=LegalBasis.PUBLIC_TASK,
        keep_days=KEEP_DAYS,
        is_open=True,
    )
    session.add(page)
    session.flush()
    keep_public_address(session, place, slug=page.slug, subject=subject_of(page))


def _residents(session: Session, evening: Evening, host: Participant) -> None:
    session.add_all(
        Signup(
            evening_id=evening.id,
            organisation_id=host.organisation_id,
            name=name,
            company=company,
            people=people,
            interest=interest,
            state=SignupState.CONFIRMED,
            signed_up_at=now(session),
            keep_until=HELD_ON + timedelta(days=KEEP_DAYS),
        )
        for name, company, people, interest in RESIDENTS
    )


def _initiative(session: Session, place: Place, evening: Evening, host: Participant) -> None:
    session.add(
        Initiative(
            plustaak_id=place.plustaak_id,
            organisation_id=host.organisation_id,
            evening_id=evening.id,
            kind=InitiativeKind.HUB,
            stage=InitiativeStage.TALKED,
            initiator="Familie Voorbeeldsen",
            note="Voorbeeld: wil met drie buren een hub verkennen.",
            owner="Beleidsadviseur energie",
            next_step="Gesprek met de netbeheerder plannen",
            next_on=date(2027, 2, 4),
            noted_on=today(session),
            keep_until=HELD_ON + timedelta(days=730),
        )
    )
