"""The blueprint that all pages of the money domain hang on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("money", __name__, url_prefix="/<region>")
