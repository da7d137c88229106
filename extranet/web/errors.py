"""Errors as pages, mapped once: what happened, what you can do, nothing lost."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.exceptions import NotFound as NoSuchRoute
from werkzeug.wrappers import Response

from extranet.errors import (
    Conflict,
    ExtranetError,
    InvalidInput,
    NotAllowed,
    NotFound,
    PluginError,
    TooMany,
    Unavailable,
)
from extranet.i18n import Text

log = logging.getLogger(__name__)

STATUS: dict[type[ExtranetError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    InvalidInput: 422,
    Conflict: 409,
    TooMany: 429,
    Unavailable: 503,
    PluginError: 500,
}
# Never shown back to whoever typed them: secrets (`current` is a password too) and plumbing.
HIDDEN_FIELDS = {
    "csrf_token",
    "acting",
    "version",
    "next",
    "current",
    "parcel",
    "code",
    "recovery_code",
}


def init_app(app: Flask) -> None:
    """Map our own errors and those of the framework to pages."""
    app.register_error_handler(ExtranetError, _ours)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _framework)
    app.register_error_handler(Exception, _unexpected)


def _ours(error: ExtranetError) -> Response:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    if isinstance(error, TooMany):
        page = _page(status, error.message, retry_after=error.retry_after)
        page.headers["Retry-After"] = str(error.retry_after)
        return page
    if isinstance(error, Conflict):
        return _page(status, error.message, typed=_typed(), current=error.current)
    return _page(status, error.message)


def _expired_form(_error: CSRFError) -> Response:
    message = Text("This form has expired. Open the page again and send it once more.")
    return _page(400, message, typed=_typed())


def _framework(error: HTTPException) -> Response:
    if error.code is None or error.response is not None:
        return error.get_response()
    messages: dict[type[HTTPException], Text] = {
        NoSuchRoute: Text("This page does not exist."),
        MethodNotAllowed: Text("This address does not take that kind of request."),
        RequestEntityTooLarge: Text("This file is larger than this site takes."),
    }
    message = messages.get(type(error), Text("The site could not read this request."))
    page = _page(error.code, message)
    page.headers.update({n: v for n, v in error.get_headers() if n != "Content-Type"})
    return page


def _unexpected(error: Exception) -> Response:
    log.error("unexpected error at %s %s", request.method, request.path, exc_info=error)
    # When the database is what broke, asking it once more who this is would break this page too.
    g.setdefault("actor", None)
    return _page(500, Text("Something went wrong on our side. It has been logged."))


def _typed() -> dict[str, str]:
    """Return what was filled in, by field name, without what nobody may read over a shoulder."""
    return {
        name: "; ".join(values)
        for name, values in request.form.lists()
        if name not in HIDDEN_FIELDS and "password" not in name
    }


def _page(
    status: int,
    message: Text,
    *,
    typed: Mapping[str, str] | None = None,
    current: Mapping[str, object] | None = None,
    retry_after: int | None = None,
) -> Response:
    """Render the error page; for a conflict with what was typed beside what stands there now."""
    page = render_template(
        "layout/error.html",
        status=status,
        message=message,
        typed=typed or {},
        current=current or {},
        retry_after=retry_after,
    )
    return Response(page, status, mimetype="text/html")
