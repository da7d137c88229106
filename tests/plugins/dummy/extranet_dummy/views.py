"""The pages of the dummy."""

from __future__ import annotations

from flask import Blueprint

from extranet.api import render_template, requires
from extranet_dummy.policy import VIEW

blueprint = Blueprint("dummy", __name__)


@blueprint.get("")
@requires(VIEW)
def notes() -> str:
    """Show the notes."""
    return render_template("dummy/notes.html")
