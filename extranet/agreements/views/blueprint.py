"""The blueprint of the pages of an agreement, registered by the domain above.

Its address holds whatever that domain needs to find the owner; the views here take none of it.
What they do not know is kept, so that their links to each other lead to the same place.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, g, request

blueprint = Blueprint("agreements", __name__)
OWN_VALUES = {"number", "key", "code"}


@blueprint.before_request
def keep_address() -> None:
    """Take what the domain above put in the address out of the values that a view gets."""
    values = request.view_args or {}
    g.agreement_address = {
        name: values.pop(name) for name in list(values) if name not in OWN_VALUES
    }


@blueprint.url_defaults
def same_address(endpoint: str, values: dict[str, Any]) -> None:
    """Put it back in the addresses of these pages."""
    for name, value in g.get("agreement_address", {}).items():
        if name not in values and current_app.url_map.is_endpoint_expecting(endpoint, name):
            values[name] = value
