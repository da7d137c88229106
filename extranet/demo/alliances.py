"""The coalition and the initiative of the demo, after what a region of this kind takes up."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.clock import now
from extranet.coalitions.models import (
    Answer,
    Coalition,
    CoalitionState,
    Interest,
    Participation,
)
from extranet.membership.models import Organisation, Region, Seat

GROEN_GAS = "groen-gas"
# When the college of a participant consented and where that stands; None has yet to decide.
CONSENTS = {
    "gm:0984": (date(2026, 9, 15), "Voorbeeld: besluitenlijst 15 september 2026, nummer 12"),
    "gm:1507": (date(2026, 9, 22), "Voorbeeld: besluitenlijst 22 september 2026, nummer 8"),
    "gm:1894": (date(2026, 9, 29), "Voorbeeld: besluitenlijst 29 september 2026, nummer 5"),
    "gm:1640": (None, ""),
}
ANSWERS = {
    "gm:0957": (Answer.JOIN, "Sluit aan bij ons warmteprogramma."),
    "gm:0983": (Answer.JOIN, ""),
    "gm:0988": (Answer.FOLLOW, "Eerst ons eigen onderzoek afronden."),
    "gm:0889": (Answer.NOT_NOW, "Geen capaciteit in 2027."),
}


def fill_coalitions(session: Session, *, region: Region) -> Coalition:
    """Make one active coalition, which it returns, and one initiative, examples like the rest."""
    organisations = {one.code: one for one in session.scalars(select(Organisation))}
    lead = session.scalars(
        select(Seat.id).where(
            Seat.region_id == region.id, Seat.title.like("%ontwikkelgroep warmte")
        )
    ).first()
    groen_gas = _groen_gas(session, region, organisations, lead)
    _warmtebedrijf(session, region, organisations)
    session.flush()
    return groen_gas


def _groen_gas(
    session: Session, region: Region, organisations: dict[str, Organisation], lead: int | None
) -> Coalition:
    coalition = Coalition(
        region_id=region.id,
        slug=GROEN_GAS,
        name="Groen gas",
        aim=(
            "Boeren in onze gemeenten weten welke initiatieven voor groen gas kansrijk zijn en "
            "vinden elkaar. We volgen de routekaart Groen Gas."
        ),
        reason=(
            "De gemeenten zijn het gezicht, maar niet elke gemeente heeft de kennis en de mensen "
            "om een avond te organiseren."
        ),
        proposed_by_id=organisations["gm:0984"].id,
        proposed_on=date(2026, 6, 11),
        state=CoalitionState.ACTIVE,
        lead_seat_id=lead,
    )
    session.add(coalition)
    session.flush()
    for code, (consented_on, evidence) in CONSENTS.items():
        session.add(
            Participation(
                coalition_id=coalition.id,
                organisation_id=organisations[code].id,
                from_date=date(2026, 9, 1),
                consented_on=consented_on,
                body="college van burgemeester en wethouders" if consented_on else "",
                evidence=evidence,
            )
        )
    return coalition


def _warmtebedrijf(
    session: Session, region: Region, organisations: dict[str, Organisation]
) -> None:
    coalition = Coalition(
        region_id=region.id,
        slug="regionaal-warmtebedrijf",
        name="Regionaal warmtebedrijf",
        aim=(
            "Onderzoeken of een warmtebedrijf van gemeenten samen kan, en wat ieders rol en belang "
            "daarin is."
        ),
        reason="Het is niet handig als elke gemeente hiervoor zelf externe experts inhuurt.",
        proposed_by_id=organisations["gm:0957"].id,
        proposed_on=date(2026, 11, 5),
    )
    session.add(coalition)
    session.flush()
    for code, (answer, note) in ANSWERS.items():
        session.add(
            Interest(
                coalition_id=coalition.id,
                organisation_id=organisations[code].id,
                answer=answer,
                note=note,
                answered_at=now(session),
            )
        )
