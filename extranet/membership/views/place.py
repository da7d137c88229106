"""Where the reader stands."""

from __future__ import annotations

from extranet.access import RegionRef
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.web.access import current_actor


def current_region() -> RegionRef:
    """Return the region of the address; who has no seat there does not learn that it exists."""
    region = current_actor().region
    if region is None:
        raise NotFound(Text("This page does not exist."))
    return region
