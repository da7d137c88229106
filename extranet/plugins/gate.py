"""The gate before every page of a plugin: it is there where the plugin is on, and nowhere else.

It stands before the access rules, so that an author can neither forget nor loosen it.
"""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, url_for

from extranet.clock import today
from extranet.coalitions.models import CoalitionState
from extranet.config import Config
from extranet.errors import Conflict, NotFound
from extranet.i18n import Text
from extranet.plugins.contributions import Place
from extranet.plugins.host import PluginHost
from extranet.plugins.loaded import Plugin
from extranet.plugins.queries.addresses import find_address
from extranet.web.access import find_actor
from extranet.web.database import read_session

NO_PAGE = Text("This page does not exist.")
PUBLIC = "_public"
PUBLIC_STEM = "/p/"
READING = {"GET", "HEAD", "OPTIONS"}
# What the address for residents shows besides the public pages of plugins.
EVERYWHERE = {
    "static",
    "plugin_static",
    "pages.health",
    "pages.security_txt",
    "pages.accessibility",
}


def init_app(app: Flask, host: PluginHost, config: Config) -> None:
    """Put the gate up; call this before the access rules are put up."""
    public_host = _host_of(config.public_url)
    separate = public_host if public_host != _host_of(config.base_url) else ""

    @app.url_value_preprocessor
    def take_address(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        # Before anything can be refused: what a resident reads then bears no region either.
        asked_there = bool(separate) and _asked_host() == separate
        g.is_for_residents = asked_there or request.path.startswith(PUBLIC_STEM)
        if values and _is_public(request.endpoint) and "address" in values:
            g.public_slug = values.pop("address")

    @app.url_defaults
    def add_address(endpoint: str, values: dict[str, Any]) -> None:
        if "public_slug" in g and _is_public(endpoint):
            values.setdefault("address", g.public_slug)

    @app.before_request
    def stand_at_the_gate() -> None:
        endpoint = request.endpoint or ""
        plugin = host.find(_blueprint_of(endpoint).removesuffix(PUBLIC))
        is_public = plugin is not None and _is_public(endpoint)
        if separate and endpoint not in EVERYWHERE and is_public != (_asked_host() == separate):
            raise NotFound(NO_PAGE)
        if plugin is None:
            return
        g.catalogue_folder = plugin.translations
        (_enter_public if is_public else _enter)(plugin)


def current_place() -> Place:
    """Return where the plugin whose page this is is at work."""
    return cast(Place, g.plugin_place)


def public_subject() -> str:
    """Return what the address of this public page stands for, in the plugin's own words."""
    return cast(str, g.public_subject)


def public_url_for(endpoint: str, *, address: str, **values: Any) -> str:
    """Return the whole address of a public page, for letters and codes to scan."""
    config: Config = current_app.extensions["extranet_config"]
    path = url_for(endpoint, address=address, **values)
    return (config.public_url or config.base_url).rstrip("/") + path


def staff_host() -> str:
    """Return the host at which members work: what residents read must not name it (rule 11)."""
    config: Config = current_app.extensions["extranet_config"]
    return _host_of(config.base_url)


def _enter(plugin: Plugin) -> None:
    """Let in where the plugin is on; the access rules ask a stranger who it is."""
    actor = find_actor()
    if actor is None:
        return
    if actor.region is None:
        raise NotFound(NO_PAGE)
    if plugin.is_module:
        if plugin.name not in actor.region.modules:
            raise NotFound(NO_PAGE)
        g.plugin_place = Place(plugin=plugin.name, region_id=actor.region.id)
        return
    coalition = actor.coalition
    plustaak_id = coalition.plustaken.get(plugin.name) if coalition else None
    if coalition is None or plustaak_id is None:
        raise NotFound(NO_PAGE)
    if coalition.state == CoalitionState.CLOSED and request.method not in READING:
        raise Conflict(Text("This coalition is closed; nothing changes in it any more."))
    g.plustaak_slug = plugin.name
    g.plugin_place = Place(
        plugin=plugin.name,
        region_id=actor.region.id,
        coalition_id=coalition.id,
        plustaak_id=plustaak_id,
    )


def _enter_public(plugin: Plugin) -> None:
    """Let everybody in where the address is one of a plustaak that is on and live."""
    # Whoever is signed in looks at a page for residents as a resident does: no region in sight.
    g.actor = None
    session = read_session()
    found = find_address(
        session, plugin=plugin.name, slug=g.get("public_slug", ""), day=today(session)
    )
    if found is None:
        raise NotFound(NO_PAGE)
    g.plugin_place, g.public_subject = found


def _is_public(endpoint: str | None) -> bool:
    return _blueprint_of(endpoint or "").endswith(PUBLIC)


def _blueprint_of(endpoint: str) -> str:
    return endpoint.partition(".")[0]


def _asked_host() -> str:
    return request.host.partition(":")[0]


def _host_of(url: str) -> str:
    return urlsplit(url).hostname or ""
