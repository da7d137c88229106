"""The blueprint that all pages of the money domain hang on.

A domain above may register it once more under a name and an address of its own, and says with
`g.purse` which household is meant there. So pages name each other relatively: `.version`.
"""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("money", __name__, url_prefix="/<region>")
