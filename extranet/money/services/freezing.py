"""The second lock on an adopted budget: no flush of the ORM changes it, whoever asked.

The first lock is `check_draft` in every service; the third are triggers in the database, which
also stop statements that never pass the ORM.
"""

from __future__ import annotations

from itertools import chain

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction, attributes

from extranet.errors import Conflict
from extranet.money.models import (
    BudgetLine,
    BudgetLineAmount,
    BudgetVersion,
    Contribution,
    VersionState,
)
from extranet.money.services.drafts import FROZEN


@event.listens_for(Session, "before_flush")
def refuse_changes_of_adopted(
    session: Session, _context: UOWTransaction, _instances: object
) -> None:
    """Raise Conflict when a flush would touch an adopted version or anything in it."""
    changed = (thing for thing in session.dirty if session.is_modified(thing))
    for thing in chain(session.new, changed, session.deleted):
        if any(map(_is_frozen, _versions_of(session, thing))):
            raise Conflict(FROZEN)


def _versions_of(session: Session, thing: object) -> list[BudgetVersion]:
    """Return the versions that a thing is, was or will be part of."""
    if isinstance(thing, BudgetVersion):
        return [thing]
    if isinstance(thing, BudgetLineAmount):
        lines = [session.get(BudgetLine, number) for number in _numbers(thing, "line_id")]
        return [one for line in lines if line for one in _versions_of(session, line)]
    if isinstance(thing, BudgetLine | Contribution):
        found = [session.get(BudgetVersion, number) for number in _numbers(thing, "version_id")]
        return [version for version in found if version]
    return []


def _is_frozen(version: BudgetVersion) -> bool:
    """Tell whether a version is adopted in the database already."""
    history = attributes.get_history(version, "state")
    stored = [*(history.deleted or ()), *(history.unchanged or ())]
    return VersionState.ADOPTED in stored


def _numbers(thing: object, name: str) -> list[int]:
    """Return the present and the stored value of a foreign key."""
    history = attributes.get_history(thing, name)
    values = [*(history.added or ()), *(history.unchanged or ()), *(history.deleted or ())]
    return [value for value in values if value is not None]
