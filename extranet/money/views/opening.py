"""Open what an address names: a version to look at, or a draft that the actor may change."""

from __future__ import annotations

from flask import g
from sqlalchemy.orm import Session

from extranet.access import Actor, Permission, permits
from extranet.clock import today
from extranet.errors import NotAllowed, NotFound
from extranet.i18n import Text
from extranet.money.models import BudgetVersion
from extranet.money.policy import EDIT_BUDGET, counts_by_seat, keeps_books
from extranet.money.queries.deelnemers import find_centrum
from extranet.money.queries.versions import NO_BUDGET, VersionFacts, get_version, lock_version
from extranet.money.rules import Purse
from extranet.money.services.drafts import check_draft
from extranet.web.access import current_actor


def purse_of_address() -> Purse:
    """Return which household the address is about: the base of its region, unless told.

    A domain above that shows these pages under an address of its own puts the purse that it means
    in `g.purse` before the view begins. It cannot reach beyond the region of the address.
    """
    region_id = region_of(current_actor())
    purse: Purse | None = g.get("purse")
    if purse is None:
        return Purse(region_id=region_id)
    if purse.region_id != region_id:
        raise NotFound(NO_BUDGET)
    return purse


def region_of(actor: Actor) -> int:
    """Return the number of the region that the actor stands in; the access rule saw to it."""
    if actor.region is None:
        raise NotFound(Text("This page does not exist."))
    return actor.region.id


def may(session: Session, actor: Actor, wanted: Permission) -> bool:
    """Tell whether the actor may use a permission on the region's books."""
    if not permits(actor, wanted) or counts_by_seat(actor, wanted):
        return permits(actor, wanted)
    if "centrum_id" not in g:
        g.centrum_id = find_centrum(session, region_id=region_of(actor), day=today(session))
    return keeps_books(actor, wanted, centrum_id=g.centrum_id)


def check_may(session: Session, wanted: Permission = EDIT_BUDGET) -> Actor:
    """Return the actor; raise NotAllowed for the controller of another member than the centrum."""
    actor = current_actor()
    if not may(session, actor, wanted):
        raise NotAllowed(Text("Only the controller of the centrum keeps this region's books."))
    return actor


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
