"""The blueprint that all pages of the money domain hang on.

A domain above may register it once more under a name and an address of its own, and says with a
`MoneyPlace` whose money is meant there. So pages name each other relatively: `.version`.
"""

from __future__ import annotations

from flask import Blueprint

from extranet.money.views.place import in_templates

blueprint = Blueprint("money", __name__, url_prefix="/<region>")
blueprint.context_processor(in_templates)
