"""What every page here needs: its evening, what may not be named, the public page."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from extranet.api import (
    NotFound,
    current_actor,
    current_place,
    participants_of,
    public_url_for,
    read_session,
    staff_host,
)
from extranet_infoavond.models import Evening
from extranet_infoavond.policy import own_organisation_id
from extranet_infoavond.queries.evenings import NO_EVENING, get_evening
from extranet_infoavond.rules.naming import Names

Answer = str | tuple[str, int] | AnyResponse
PUBLIC_PAGE = "infoavond_public.page"


def shown_evening(evening_id: int) -> Evening:
    """Return the evening of the address, to read."""
    return get_evening(read_session(), current_place(), evening_id)


def acting_organisation() -> int:
    """Return the number of the municipality that the actor works for."""
    organisation_id = own_organisation_id(current_actor())
    if organisation_id is None:
        raise NotFound(NO_EVENING)
    return organisation_id


def current_names(session: Session) -> Names:
    """Return what a letter from this coalition may not name."""
    actor, place = current_actor(), current_place()
    if actor.region is None or actor.coalition is None:
        raise NotFound(NO_EVENING)
    return Names(
        region=actor.region.name,
        slug=actor.region.slug,
        coalition=actor.coalition.name,
        host=staff_host(),
        municipalities=frozenset(one.name for one in participants_of(session, place)),
    )


def public_address(slug: str) -> str:
    """Return the whole address of a public page, '' while there is none."""
    if not slug or PUBLIC_PAGE not in current_app.view_functions:
        return ""
    return public_url_for(PUBLIC_PAGE, address=slug)


def present_values(thing: object, names: tuple[str, ...]) -> Mapping[str, object]:
    """Return what stands there now, by field of the form; '' where nothing does yet."""
    return {name: getattr(thing, name, "") for name in names}
