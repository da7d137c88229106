"""Errors as pages, mapped once: what happened, what you can do, nothing lost."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.exceptions import NotFound as NoSuchRoute
from werkzeug.wrappers import Response

from extranet.errors import (
    Conflict,
    ExtranetError,
    Gone,
    InvalidInput,
    NotAllowed,
    NotFound,
    PluginError,
    TooMany,
    Unavailable,
)
from extranet.i18n import Text
from extranet.web.stale import Filled, filled_in

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
    "sealed_release",
    "one_time_code",
    "upload_token",
}


def init_app(app: Flask) -> None:
    """Map our own errors and those of the framework to pages."""
    app.register_error_handler(ExtranetError, _ours)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _framework)
    app.register_error_handler(Exception, _unexpected)
    app.after_request(_tell_of_conflict)


def _ours(error: ExtranetError) -> Response:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    if isinstance(error, TooMany):
        page = _page(status, error.message, retry_after=error.retry_after)
        page.headers["Retry-After"] = str(error.retry_after)
        return page
    if isinstance(error, Conflict):
        return _page(status, error.message, filled=_filled())
    return _page(status, error.message, is_gone=isinstance(error, Gone))


def _stale(error: StaleDataError) -> Response:
    log.warning("two changes at once at %s %s", request.method, request.path, exc_info=error)
    return _ours(Conflict(Text("Somebody else changed this while you had it open.")))


def _expired_form(_error: CSRFError) -> Response:
    message = Text("This form has expired. Open the page again and send it once more.")
    return _page(400, message, filled=_filled())


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


def _filled() -> Sequence[Filled]:
    """Return what was filled in, without what nobody may read over a shoulder.

    By label, when a form has read it already; else as it was sent, without names.
    """
    if (form := g.get("form")) is not None:
        found = filled_in(field for field in form if field.name not in HIDDEN_FIELDS)
        return [one for one in found if one.typed]
    return [
        Filled(id=name, label="", typed=value)
        for name, values in request.form.lists()
        for value in values
        if value.strip() and name not in HIDDEN_FIELDS and "password" not in name
    ]


def _tell_of_conflict(response: Response) -> Response:
    """Give a form that came back because of a change meanwhile the status of that."""
    if g.get("is_stale") and response.status_code == STATUS[InvalidInput]:
        response.status_code = STATUS[Conflict]
    return response


def _page(
    status: int,
    message: Text,
    *,
    filled: Sequence[Filled] = (),
    retry_after: int | None = None,
    is_gone: bool = False,
) -> Response:
    """Render the error page, with what was filled in so that nobody has to think it up again."""
    page = render_template(
        "layout/error.html",
        status=status,
        message=message,
        filled=filled,
        retry_after=retry_after,
        is_gone=is_gone,
        for_residents=bool(g.get("is_for_residents")),
    )
    return Response(page, status, mimetype="text/html")
