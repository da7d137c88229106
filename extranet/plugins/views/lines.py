"""The list of plugins as the region admin sees it: what runs, what was put aside, what is gone."""

from __future__ import annotations

from dataclasses import dataclass

from extranet.i18n import Text
from extranet.plugins.loaded import Plugin
from extranet.plugins.manifest import PluginKind
from extranet.plugins.queries.administration import Known
from extranet.plugins.views.here import current_host, quality_of, title_of
from extranet.plugins.views.wording import LEVELS

KINDS = {
    PluginKind.PLUSTAAK: Text("Plustaak, per coalition"),
    PluginKind.MODULE: Text("Module, for the region"),
}
GONE = Text(
    "Its code is no longer installed. What it kept is still here, and data about people are still "
    "erased on their day."
)
ASLEEP = Text("It failed so often that it is not asked again before the site restarts.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginLine:
    """A plugin in the list; `trouble` says in words what is wrong, `about` whom it keeps data of.

    The database remembers `about` in Dutch only, for when the plugin's own words are gone.
    """

    name: str
    title: Text | str
    kind: Text
    version: str
    quality: Text | None
    about: tuple[Text | str, ...]
    trouble: tuple[Text | str, ...]
    is_here: bool
    is_module: bool
    known: Known


def plugin_lines(known: dict[str, Known]) -> list[PluginLine]:
    """Return every plugin that is here, was put aside, or left something, by name."""
    host = current_host()
    names = {*host.plugins, *host.faults, *(n for n, one in known.items() if one.installed)}
    return [line_of(name, known.get(name, Known())) for name in sorted(names)]


def line_of(name: str, known: Known) -> PluginLine:
    """Return one plugin as a line."""
    plugin = current_host().find(name)
    kind = plugin.manifest.kind if plugin else (known.installed and known.installed.kind)
    quality = quality_of(plugin) if plugin else None
    version = plugin.source.version if plugin else (known.installed and known.installed.version)
    return PluginLine(
        name=name,
        title=title_of(name, known.installed),
        kind=KINDS[PluginKind(kind)] if kind else Text("Unknown"),
        version=version or "",
        quality=LEVELS[quality.level] if quality else None,
        about=tuple(_about(plugin)) or tuple(known.about),
        trouble=tuple(_trouble(name, known)),
        is_here=plugin is not None,
        is_module=kind == PluginKind.MODULE,
        known=known,
    )


def _about(plugin: Plugin | None) -> list[Text]:
    """Return whom a plugin keeps data about in its own words, each once."""
    declared = plugin.personal_data if plugin else ()
    return list(dict.fromkeys(one.about for one in declared))


def _trouble(name: str, known: Known) -> list[Text | str]:
    host = current_host()
    found: list[Text | str] = []
    if name in host.faults:
        found.append(Text("Put aside: %(reason)s", reason=host.faults[name].reason))
    elif name not in host.plugins:
        found.append(GONE)
    if known.installed and known.installed.fault and name not in host.faults:
        found.append(known.installed.fault)
    if host.failures.is_asleep(name):
        found.append(ASLEEP)
    return found
