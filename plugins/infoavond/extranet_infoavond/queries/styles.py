"""The house styles of the municipalities that take part."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.api import NotFound, Place
from extranet_infoavond.models import HouseStyle
from extranet_infoavond.queries.evenings import municipalities_of
from extranet_infoavond.rules.styles import Paper
from extranet_infoavond.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleLine:
    """A municipality with its house style, None while it filled in nothing."""

    organisation_id: int
    name: str
    style: HouseStyle | None


def list_styles(session: Session, place: Place) -> list[StyleLine]:
    """Return the municipalities that take part today with their house styles, by name."""
    styles = session.scalars(
        select(HouseStyle).where(HouseStyle.plustaak_id == place.plustaak_id)
    ).all()
    by_organisation = {style.organisation_id: style for style in styles}
    return [
        StyleLine(
            organisation_id=one.organisation_id,
            name=one.name,
            style=by_organisation.get(one.organisation_id),
        )
        for one in municipalities_of(session, place)
    ]


def find_style(session: Session, place: Place, organisation_id: int) -> HouseStyle | None:
    """Return the house style of a municipality, None while it filled in nothing."""
    return session.get(HouseStyle, (place.plustaak_id, organisation_id))


def get_logo(session: Session, place: Place, organisation_id: int) -> tuple[bytes, str]:
    """Return a municipality's logo with its media type; raise NotFound when it has none."""
    style = find_style(session, place, organisation_id)
    if style is None or style.logo is None:
        raise NotFound(Text("This municipality has no logo here."))
    return style.logo, style.logo_type


def paper_of(style: HouseStyle | None, name: str) -> Paper:
    """Return what a letterhead shows; without a house style that is the name alone."""
    if style is None:
        return Paper(sender=name)
    return Paper(
        sender=style.sender,
        address=(style.street, style.postal_town),
        phone=style.contact_phone,
        email=style.contact_email,
        website=style.website,
        signatory=style.signatory_name,
        function=style.signatory_function,
        accent=style.accent,
        logo=style.logo or b"",
    )
