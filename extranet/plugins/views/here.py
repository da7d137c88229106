"""What every page about plugins needs: the host, the region, and a plugin's own words."""

from __future__ import annotations

from typing import cast

from flask import current_app

from extranet.access import CoalitionRef, RegionRef
from extranet.errors import NotFound, PluginError
from extranet.i18n import Text
from extranet.plugins.contributions import Place
from extranet.plugins.host import PluginHost
from extranet.plugins.loaded import Plugin
from extranet.plugins.models import InstalledPlugin
from extranet.plugins.quality import Quality, read_quality
from extranet.web.access import current_actor

NO_PAGE = Text("This page does not exist.")


def current_host() -> PluginHost:
    """Return the plugin host of the application."""
    return cast(PluginHost, current_app.extensions["extranet_plugins"])


def current_region() -> RegionRef:
    """Return the region of the address."""
    region = current_actor().region
    if region is None:
        raise NotFound(NO_PAGE)
    return region


def current_coalition() -> CoalitionRef:
    """Return the coalition of the address."""
    coalition = current_actor().coalition
    if coalition is None:
        raise NotFound(NO_PAGE)
    return coalition


def region_place(name: str) -> Place:
    """Return the region as the place of a plugin, for its settings and for a module."""
    return Place(plugin=name, region_id=current_region().id)


def get_plugin(name: str) -> Plugin:
    """Return a plugin of the host; raise NotFound when it is not here."""
    plugin = current_host().find(name)
    if plugin is None:
        raise NotFound(NO_PAGE)
    return plugin


def title_of(name: str, installed: InstalledPlugin | None = None) -> Text | str:
    """Return a plugin's title: its own words, else what the database remembers, else its name."""
    plugin = current_host().find(name)
    if plugin is not None:
        return plugin.manifest.title
    return installed.title if installed else name


def quality_of(plugin: Plugin) -> Quality | None:
    """Return the quality that a plugin states; None when it states none, or none that holds."""
    try:
        return read_quality(plugin.folder)
    except PluginError as error:
        current_app.logger.warning("quality of %s: %s", plugin.name, error)
        return None
