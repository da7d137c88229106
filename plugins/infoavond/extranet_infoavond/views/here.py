"""What the staff pages ask again and again: the evening of the address and whose page this is."""

from __future__ import annotations

from flask import request

from extranet.api import Form, current_actor, current_place, read_session
from extranet_infoavond.models import Evening
from extranet_infoavond.policy import own_organisation_id
from extranet_infoavond.queries.evenings import get_evening
from extranet_infoavond.services.pages import own_organisation

LONGEST_SEARCH = 100


def evening_here(evening_id: int) -> Evening:
    """Return the evening of the address; raise NotFound when it is not of this plustaak."""
    return get_evening(read_session(), current_place(), evening_id)


def own_here(evening: Evening) -> int:
    """Return the host that the reader acts for; raise NotFound for who does not invite."""
    return own_organisation(read_session(), evening, current_actor())


def own_id() -> int | None:
    """Return the organisation that the reader works for, None for who works for none."""
    return own_organisation_id(current_actor())


def acting_fields() -> dict[str, str]:
    """Return what a button sends along: for whom its page was opened."""
    return {"acting": str(Form(formdata=None).acting.data or "")}


def refuse_switched() -> None:
    """Raise Conflict for a button that was shown while acting for another organisation."""
    Form().validate()


def asked(*names: str) -> dict[str, str]:
    """Return what the address narrows a list to, by these names, without what asks nothing."""
    given = {name: request.args.get(name, "").replace("\0", "").strip() for name in names}
    return {name: text[:LONGEST_SEARCH] for name, text in given.items() if text}
