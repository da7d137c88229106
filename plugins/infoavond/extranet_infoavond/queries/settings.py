"""What a region or coalition may set, and how to ask for it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from extranet.api import Place, Setting, settings_of
from extranet_infoavond.wording import Text

LONGEST_DAYS = 730
SETTINGS = (
    Setting(
        key="retention_days",
        title=Text("Days that sign-ups are kept after the evening"),
        help=Text("A municipality may choose another number on its own public page."),
        default=90,
        minimum=1,
        maximum=LONGEST_DAYS,
    ),
    Setting(
        key="initiative_days",
        title=Text("Days that names at an initiative are kept after the last change"),
        default=LONGEST_DAYS,
        minimum=30,
        maximum=LONGEST_DAYS,
    ),
    Setting(
        key="smallest_count",
        title=Text("Smallest count of residents that others may see"),
        help=Text("A smaller one is not shown outside the municipality itself."),
        default=5,
        minimum=3,
        maximum=50,
    ),
)


def number_of(session: Session, place: Place, key: str) -> int:
    """Return a setting of this plugin in a place."""
    return settings_of(session, place, SETTINGS).number(key)
