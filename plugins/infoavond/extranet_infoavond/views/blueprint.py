"""The blueprints that all pages hang on: one for who works here, one for residents."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("infoavond", __name__)
public_blueprint = Blueprint("infoavond_public", __name__)
