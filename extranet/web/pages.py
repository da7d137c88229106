"""Pages of the site itself: language, accessibility, privacy, health and security contact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy.engine import Connection
from werkzeug.wrappers import Response as AnyResponse

from extranet.clock import now
from extranet.config import Config
from extranet.i18n import LOCALES
from extranet.web.access import public
from extranet.web.database import read_session
from extranet.web.jinja import LOCALE_COOKIE

blueprint = Blueprint("pages", __name__)
HEALTH_REMARKS = "extranet_health_remarks"
ONE_YEAR_SECONDS = 365 * 24 * 3600
SCHEMA_CHECK = "extranet_schema_check"
SchemaCheck = Callable[[Connection], bool]


def init_app(app: Flask, schema_check: SchemaCheck) -> None:
    """Add the pages; `schema_check` tells whether a database has the schema of this version."""
    app.extensions[SCHEMA_CHECK] = schema_check
    app.register_blueprint(blueprint)


def safe_target(target: str | None) -> str | None:
    """Return a path of this site that somebody may be sent to, None for anything else."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(ord(letter) < 32 or letter == "\\" for letter in target):
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        return None
    return target


@blueprint.post("/taal")
@public
def choose_language() -> AnyResponse:
    """Remember the language of a visitor; somebody with an account keeps it there."""
    response = redirect(safe_target(request.form.get("next")) or url_for("overview.start"))
    chosen = request.form.get("locale", "")
    if chosen in LOCALES:
        config: Config = current_app.extensions["extranet_config"]
        response.set_cookie(
            LOCALE_COOKIE,
            chosen,
            max_age=ONE_YEAR_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=config.is_secure,
        )
    return response


@blueprint.get("/toegankelijkheid")
@public
def accessibility() -> str:
    """Show the accessibility statement."""
    return render_template("pages/accessibility.html")


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """Show what is kept about whom, why and for how long."""
    return render_template("pages/privacy.html")


@blueprint.get("/gezond")
@public
def health() -> tuple[dict[str, object], int]:
    """Tell a monitor that the site can work: its database answers and has the right schema.

    What works less than it should, but keeps nobody from working, stands beside the status.
    """
    is_current: SchemaCheck = current_app.extensions[SCHEMA_CHECK]
    if not is_current(read_session().connection()):
        return {"status": "the database schema is not the one that this version needs"}, 503
    remarks: dict[str, object] = current_app.extensions.get(HEALTH_REMARKS, dict)()
    return {"status": "ok", **remarks}, 200


@blueprint.get("/.well-known/security.txt")
@public
def security_txt() -> Response:
    """Tell finders of a weakness whom to write to (RFC 9116)."""
    config: Config = current_app.extensions["extranet_config"]
    expires = now(read_session()).replace(microsecond=0) + timedelta(days=180)
    lines = [
        f"Contact: {config.security_contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
