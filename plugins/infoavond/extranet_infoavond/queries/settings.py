"""What a region or coalition has set."""

from __future__ import annotations

from sqlalchemy.orm import Session

from extranet.api import Place, settings_of
from extranet_infoavond.rules.contracts import SETTINGS


def number_of(session: Session, place: Place, key: str) -> int:
    """Return a setting of this plugin in a place."""
    return settings_of(session, place, SETTINGS).number(key)
