"""Where an agreement stands: the domain above says whose it is and who may do what.

Before each request to these pages that domain puts an `AgreementPlace` in `g.agreement_place`,
from the address that it registered the pages under. Without one the page does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask import current_app, g, request, url_for
from sqlalchemy.orm import Session

from extranet.agreements.models import AgreementVersion
from extranet.agreements.queries.parties import PartyLine
from extranet.agreements.queries.versions import (
    VersionFacts,
    find_draft,
    get_version,
    lock_version,
)
from extranet.config import Config
from extranet.errors import Conflict, NotAllowed, NotFound
from extranet.i18n import Text
from extranet.web.database import read_session
from extranet.web.stale import MEANWHILE


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The names by which the parties of a version differ from who takes part now."""

    added: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self.added or self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPlace:
    """Whose agreement an address is about, and what the actor may do with it.

    `title` is what the owner is called; `answers_for` the numbers of the organisations that the
    actor may answer for, `records_for_others` that they may record what any other party said;
    `breadcrumbs` the titles and addresses of the pages above, from the region down; `participants`
    the organisations that a draft is to have as parties, by number, which only who edits needs.
    `keeper` says who edits; `start_address` takes the button that starts an agreement, '' for who
    may not; `why_closed` says why nobody changes anything any more.
    """

    region_id: int
    owner: str
    title: str
    keeper: Text
    can_edit: bool
    answers_for: frozenset[int] = frozenset()
    records_for_others: bool = False
    breadcrumbs: tuple[tuple[str, str], ...] = ()
    participants: Mapping[int, str] = field(default_factory=dict)
    start_address: str = ""
    why_closed: Text | None = None

    def difference(self, parties: Iterable[PartyLine]) -> Difference:
        """Return who takes part and is no party, and who is a party and does not take part."""
        present = {party.organisation_id: party.name for party in parties}
        return Difference(
            added=tuple(
                name for number, name in self.participants.items() if number not in present
            ),
            gone=tuple(name for number, name in present.items() if number not in self.participants),
        )

    def may_answer_for(self, organisation_id: int) -> bool:
        """Tell whether the actor may record what a party said."""
        return self.records_for_others or organisation_id in self.answers_for


def place_of_address() -> AgreementPlace:
    """Return the place that the domain above found in the address; raise NotFound without one."""
    place = g.get("agreement_place")
    if not isinstance(place, AgreementPlace):
        raise NotFound(Text("This page does not exist."))
    return place


def place_to_edit() -> AgreementPlace:
    """Return the place; raise NotAllowed for who may not edit the agreement."""
    place = place_of_address()
    if not place.can_edit:
        raise NotAllowed(Text("Your role does not let you change this agreement."))
    return place


def shown_version(number: int) -> VersionFacts:
    """Return a version of the place's agreement to look at."""
    place = place_of_address()
    return get_version(read_session(), region_id=place.region_id, owner=place.owner, number=number)


def draft_to_show() -> VersionFacts:
    """Return the draft that the actor may change; raise NotFound when nobody is writing one."""
    place = place_to_edit()
    draft = find_draft(read_session(), region_id=place.region_id, owner=place.owner)
    if draft is None and g.get("is_stale"):
        raise Conflict(MEANWHILE)  # it was sent while somebody filled in a form about it
    if draft is None:
        raise NotFound(Text("There is no draft of this agreement."))
    return draft


def version_to_change(session: Session, number: int) -> AgreementVersion:
    """Return a locked version."""
    place = place_of_address()
    return lock_version(session, region_id=place.region_id, owner=place.owner, number=number)[1]


def draft_to_change(session: Session) -> AgreementVersion:
    """Return the locked draft; raise Conflict when it was sent or discarded meanwhile."""
    place = place_to_edit()
    draft = find_draft(session, region_id=place.region_id, owner=place.owner)
    if draft is None:
        raise Conflict(Text("The draft is not there any more: it was sent or thrown away."))
    return version_to_change(session, draft.number)


def address_of(number: int) -> str:
    """Return the address of a version as a mail carries it."""
    config: Config = current_app.extensions["extranet_config"]
    blueprint = request.blueprint or ""
    return config.base_url.rstrip("/") + url_for(f"{blueprint}.version", number=number)
