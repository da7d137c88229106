"""The template environment: strict, with the reader's catalogue bound once per request."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import Babel
from jinja2 import StrictUndefined, pass_context
from jinja2.ext import _make_new_gettext, _make_new_ngettext
from jinja2.runtime import Context
from markupsafe import Markup

from extranet import __version__, formats
from extranet.config import Config
from extranet.i18n import (
    DEFAULT_LOCALE,
    LOCALES,
    Text,
    catalogue,
    message_of,
    messages_of,
    translate,
)
from extranet.paths import PACKAGE, data_dir
from extranet.web.access import find_actor
from extranet.web.navigation import menu
from extranet.web.stacking import labelled

LOCALE_COOKIE = "extranet_locale"


def init_app(app: Flask, config: Config) -> None:
    """Set the environment up: filters, globals and what every template may name."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")
    Babel(
        app,
        default_locale=DEFAULT_LOCALE,
        default_translation_directories=str(data_dir("translations")),
        locale_selector=current_locale,
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals.update(
        static_url=_static_url,
        program_version=__version__,
        source_url=config.source_url,
        demo=config.demo,
        idle_minutes=config.idle_minutes,
    )
    _add_filters(app)
    app.context_processor(_page_values)


def current_locale() -> str:
    """Return the reader's language: their account's, else their choice here, else Dutch."""
    if "locale" not in g:
        actor = find_actor()
        chosen = actor.locale if actor else request.cookies.get(LOCALE_COOKIE, DEFAULT_LOCALE)
        g.locale = chosen if chosen in LOCALES else DEFAULT_LOCALE
    return str(g.locale)


@cache
def _gettext_functions(locale: str, folder: Path | None) -> Mapping[str, Any]:
    """Return `_`, `gettext` and `ngettext` of one language, as templates call them.

    `folder` holds the catalogues of the plugin whose page this is; the core's words come first.
    """
    found = catalogue(locale)
    one, many = found.ugettext, found.ungettext
    if folder is not None:
        one = partial(message_of, locale=locale, folder=folder)
        many = partial(messages_of, locale=locale, folder=folder)
    gettext = _quick(one)
    return {"_": gettext, "gettext": gettext, "ngettext": _make_new_ngettext(many)}


def _quick(translated: Callable[[str], str]) -> Callable[..., str]:
    """Return `gettext` for templates, quick for the many texts that hold no value.

    These are the same each time, so each is made markup once; the rest goes Jinja's own way.
    """
    with_values = _make_new_gettext(translated)
    known: dict[str, Markup] = {}

    @pass_context
    def gettext(context: Context, message: str, /, **values: object) -> str:
        if values or not context.eval_ctx.autoescape:
            made: str = with_values(context, message, **values)
            return made
        if message not in known:
            known[message] = Markup(translated(message)) % {}  # noqa: S704 - our own words
        return known[message]

    return gettext


def _page_values() -> dict[str, Any]:
    locale = current_locale()
    actor = find_actor()
    return {
        **_gettext_functions(locale, g.get("catalogue_folder")),
        "locale": locale,
        "actor": actor,
        "navigation": menu(actor),
    }


def _add_filters(app: Flask) -> None:
    def in_locale(function: Any) -> Any:
        return lambda *values: function(*values, current_locale())

    def text(value: Any) -> str:
        # What is no text of ours is a string already, or Flask-Babel's lazy one.
        return translate(value, current_locale()) if isinstance(value, Text) else str(value)

    filters = {
        "t": text,
        "cents": in_locale(formats.cents),
        "number": in_locale(formats.number),
        "percent": in_locale(formats.percent),
        "long_date": in_locale(formats.time_tag),
        "long_month": in_locale(formats.long_month),
        "moment": in_locale(formats.moment),
        "labelled": labelled,
    }
    app.jinja_env.filters.update(filters)


@cache
def _fingerprint(filename: str) -> str:
    path = PACKAGE / "web" / "static" / filename
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


@cache
def _static_url(filename: str) -> str:
    """Return the address of a static file; it changes with the content, so it caches for ever."""
    return url_for("static", filename=filename, v=_fingerprint(filename))
