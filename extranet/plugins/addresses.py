"""Addresses of pages of plugins, kept: a page with thirty plugins names thirty of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app, g, url_for

KEPT = "extranet_plugin_addresses"
MOST_KEPT = 5000


def address_of(endpoint: str, values: Mapping[str, Any] | None = None) -> str:
    """Return the address of a page in the region and coalition of the address; '' for none."""
    if not endpoint:
        return ""
    if values:
        return url_for(endpoint, **dict(values))
    kept: dict[object, str] = current_app.extensions.setdefault(KEPT, {})
    key = (g.get("region_slug"), g.get("coalition_slug"), endpoint)
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = url_for(endpoint)
    return kept[key]
