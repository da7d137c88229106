"""Open what an address names: a version to look at, or a draft that the actor may change."""

from __future__ import annotations

from flask import g
from sqlalchemy.orm import Session

from extranet.access import Actor, Permission, permits
from extranet.clock import today
from extranet.errors import Conflict, NotAllowed, NotFound
from extranet.i18n import Text
from extranet.money.models import BudgetVersion
from extranet.money.policy import EDIT_BUDGET, counts_by_seat, keeps_books
from extranet.money.queries.deelnemers import find_centrum
from extranet.money.queries.versions import NO_BUDGET, VersionFacts, get_version, lock_version
from extranet.money.services.drafts import check_draft
from extranet.money.views.place import place_of_address, purse_of_address, region_of
from extranet.web.access import current_actor


def may(session: Session, actor: Actor, wanted: Permission) -> bool:
    """Tell whether the actor may use a permission on the books that the address is about."""
    if not permits(actor, wanted) or counts_by_seat(actor, wanted):
        return permits(actor, wanted)
    if "book_keepers" not in g:
        g.book_keepers = _keepers(session, actor)
    return keeps_books(actor, wanted, keepers=g.book_keepers)


def may_now(session: Session, actor: Actor, wanted: Permission = EDIT_BUDGET) -> bool:
    """Tell whether the actor may, and the place lets anybody: it is begun, open and not frozen."""
    place = place_of_address()
    return place.closed is None and not place.start_url and may(session, actor, wanted)


def check_may(session: Session, wanted: Permission = EDIT_BUDGET) -> Actor:
    """Return the actor; raise NotAllowed for a controller who does not keep these books.

    Raises Conflict where nobody can change anything now, and where the budget was not begun.
    """
    actor = check_keeper(session, wanted)
    if place_of_address().start_url:
        raise Conflict(Text("Begin the budget first."))
    return actor


def check_keeper(session: Session, wanted: Permission = EDIT_BUDGET) -> Actor:
    """Return the actor, who keeps these books, whether they were begun or not."""
    actor, place = current_actor(), place_of_address()
    if not may(session, actor, wanted):
        raise NotAllowed(place.refusal)
    if place.closed is not None:
        raise Conflict(place.closed)
    return actor


def _keepers(session: Session, actor: Actor) -> frozenset[int] | None:
    """Return whose controllers keep the books; None for the base of a region without a centrum."""
    place = place_of_address()
    centrum_id = find_centrum(session, region_id=region_of(actor), day=today(session))
    if centrum_id is None:
        return None if place.is_base else place.keepers
    return place.keepers | {centrum_id}


def may_share(session: Session, actor: Actor, version: VersionFacts) -> bool:
    """Tell whether the actor may see what a version asks of each member, and take its sheets along.

    Of a draft only its editors: letters and sheets travel, and would be taken for the real thing.
    """
    return not version.is_draft or may(session, actor, EDIT_BUDGET)


def version_to_share(session: Session, year: int, number: int | None = None) -> VersionFacts:
    """Return a version, the one in force without a number; NotFound for who may not share it."""
    version = get_version(session, purse=purse_of_address(), year=year, number=number)
    if not may_share(session, current_actor(), version):
        raise NotFound(NO_BUDGET)
    return version


def draft_to_show(session: Session, year: int, number: int) -> VersionFacts:
    """Return the draft that a form is about; raise Conflict when it was adopted meanwhile."""
    check_may(session)
    version = get_version(session, purse=purse_of_address(), year=year, number=number)
    check_draft(session, version)
    return version


def draft_to_change(session: Session, year: int, number: int) -> tuple[BudgetVersion, Actor]:
    """Return the locked draft and the actor who may change it."""
    actor = check_may(session)
    version = lock_version(session, purse=purse_of_address(), year=year, number=number)
    check_draft(session, version)
    return version, actor
