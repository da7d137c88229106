"""Who may search a region: everybody with a seat in it."""

from __future__ import annotations

from extranet.access import EVERY_ROLE, permission

SEARCH_REGION = permission("search.region.search", EVERY_ROLE)
