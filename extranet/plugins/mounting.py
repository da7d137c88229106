"""Give the pages, templates, static files and menu lines of the plugins their place in the app."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from pathlib import Path

from flask import Flask, send_from_directory, url_for
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from werkzeug.routing import Rule
from werkzeug.wrappers import Response

from extranet.errors import NotFound, PluginError
from extranet.i18n import Text
from extranet.paths import data_dir
from extranet.plugins.checking import refuse_same_address, rules_of
from extranet.plugins.gate import NO_PAGE
from extranet.plugins.host import PluginHost
from extranet.plugins.loaded import Plugin
from extranet.plugins.overviews import overview_of
from extranet.web.access import public
from extranet.web.navigation import PLUGINS
from extranet.web.pages import HEALTH_REMARKS

ONE_YEAR_SECONDS = 365 * 24 * 3600


def mount(app: Flask, host: PluginHost) -> None:
    """Mount every plugin of the host; whoever is in the core's way is put aside first."""
    core = list(app.url_map.iter_rules())
    for plugin in list(host.plugins.values()):
        try:
            _refuse_conflict(app, core, plugin)
        except PluginError as error:
            host.put_aside(plugin.name, error.message, plugin.source.label, error)
    host.settle_requirements()
    plugins = list(host.plugins.values())
    app.jinja_loader = ChoiceLoader([FileSystemLoader(data_dir("templates")), _loader(plugins)])
    for plugin in plugins:
        for pages in plugin.pages:
            prefix = plugin.public_prefix if pages.is_public else plugin.prefix
            app.register_blueprint(pages.blueprint, url_prefix=prefix)
    _serve_static(app, host)
    app.extensions[PLUGINS] = {name: plugin.manifest.title for name, plugin in host.plugins.items()}
    app.extensions[HEALTH_REMARKS] = partial(_remarks, host)
    app.jinja_env.globals["plugin_overview"] = partial(overview_of, host)


def _remarks(host: PluginHost) -> dict[str, object]:
    """Name the plugins that do not work, without saying to strangers why."""
    aside = sorted(host.faults)
    asleep = sorted(name for name in host.plugins if host.failures.is_asleep(name))
    return {
        **({"plugins_put_aside": aside} if aside else {}),
        **({"plugins_not_asked": asleep} if asleep else {}),
    }


def _refuse_conflict(app: Flask, core: list[Rule], plugin: Plugin) -> None:
    """Refuse a plugin with the name of a blueprint, a template folder or an address of the core."""
    taken = plugin.name in app.blueprints or (data_dir("templates") / plugin.name).exists()
    stem = plugin.prefix
    for rule in core:
        taken = taken or rule.rule == stem or rule.rule.startswith(f"{stem}/")
    if taken:
        raise PluginError(Text("The name %(name)s is the core's own.", name=plugin.name))
    mine = [rule for pages in plugin.pages for rule in rules_of(plugin, pages)]
    refuse_same_address([*core, *mine])
    endpoints = {rule.endpoint for rule in mine}
    for entry in plugin.navigation:
        if entry.endpoint not in endpoints:
            raise PluginError(
                Text("Its menu names the page %(page)s, which it lacks.", page=entry.endpoint)
            )


def _loader(plugins: list[Plugin]) -> PrefixLoader:
    return PrefixLoader(
        {
            plugin.name: FileSystemLoader(plugin.folder / "templates" / plugin.name)
            for plugin in plugins
        }
    )


def _serve_static(app: Flask, host: PluginHost) -> None:
    @public
    def plugin_static(plugin: str, filename: str) -> Response:
        found = host.find(plugin)
        if found is None:
            raise NotFound(NO_PAGE)
        return send_from_directory(found.folder / "static", filename, max_age=ONE_YEAR_SECONDS)

    def plugin_static_url(plugin: str, filename: str) -> str:
        path = host.plugins[plugin].folder / "static" / filename
        mark = _fingerprint(path)
        return url_for("plugin_static", plugin=plugin, filename=filename, v=mark)

    app.add_url_rule("/static/plugins/<plugin>/<path:filename>", view_func=plugin_static)
    app.jinja_env.globals["plugin_static_url"] = plugin_static_url


@cache
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]
