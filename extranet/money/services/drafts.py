"""The guards that every change of a budget passes first."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.errors import Conflict
from extranet.i18n import Text
from extranet.money.models import Household, VersionState

FROZEN = Text("This version is adopted and does not change any more. Start a new version.")
CLOSED = Text("This budget is frozen: nothing can be changed in it now.")


class Version(Protocol):
    """A version as the guard sees it: the mapped class, or the values that a page reads."""

    @property
    def state(self) -> str:
        """Return whether it is a draft."""

    @property
    def household_id(self) -> int:
        """Return the purse that it belongs to."""


def check_draft(session: Session, version: Version) -> Household:
    """Return the household of a version that can be changed; raise Conflict for any other."""
    if version.state != VersionState.DRAFT:
        raise Conflict(FROZEN)
    household = session.scalars(select(Household).where(Household.id == version.household_id)).one()
    check_open(household)
    return household


def check_open(household: Household) -> None:
    """Raise Conflict for a household that is frozen."""
    if household.frozen_at is not None:
        raise Conflict(CLOSED)
