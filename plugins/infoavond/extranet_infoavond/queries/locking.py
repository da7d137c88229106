"""Evenings with their row locked, for whoever counts seats or changes what hangs on one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from extranet.api import Place
from extranet_infoavond.models import Evening
from extranet_infoavond.queries.evenings import get_evening


def locked_evening(session: Session, place: Place, evening_id: int) -> Evening:
    """Return an evening of a plustaak that nobody else changes until the end of this work."""
    evening = get_evening(session, place, evening_id)
    session.refresh(evening, with_for_update=True)
    return evening
