"""Find the installed plugins, load each under its own guard, and make the host of the good ones."""

from __future__ import annotations

import logging
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from extranet.config import Config
from extranet.errors import PluginError
from extranet.i18n import Text
from extranet.plugins.calling import Hooks
from extranet.plugins.checking import refuse_manifest, refuse_plugin
from extranet.plugins.host import PluginHost
from extranet.plugins.loaded import Plugin, Source

log = logging.getLogger(__name__)
GROUP = "extranet.plugins"


def load_plugins(
    config: Config, sources: Iterable[Source] | None = None, *, is_strict: bool | None = None
) -> PluginHost:
    """Return the host with every wanted plugin that passes; `sources` stand in for the installed.

    In development what is wrong raises PluginError; in production it becomes a fault of the host.
    `is_strict` decides otherwise.
    """
    if is_strict is None:
        is_strict = config.environment == "development"
    hooks = Hooks(trace=config.plugins_trace)
    host = PluginHost(hooks, is_strict=is_strict)
    by_name = _by_name(installed_sources() if sources is None else sources)
    wanted = config.wanted_plugins
    for name in sorted(by_name if wanted is None else wanted):
        _load_one(host, hooks, name, by_name.get(name, ()))
    host.settle_requirements()
    return host


def installed_sources() -> list[Source]:
    """Return the plugins that are installed, each as its distribution announces it."""
    found = {
        (entry.name, entry.value, entry.dist.name if entry.dist else ""): entry
        for entry in entry_points(group=GROUP)
    }
    return [
        Source(
            name=entry.name,
            value=entry.value,
            load=entry.load,
            distribution=distribution,
            version=entry.dist.version if entry.dist else "",
        )
        for (_name, _value, distribution), entry in sorted(found.items())
    ]


def _by_name(sources: Iterable[Source]) -> dict[str, list[Source]]:
    found: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        found[source.name].append(source)
    return found


def _load_one(host: PluginHost, hooks: Hooks, name: str, sources: Sequence[Source]) -> None:
    try:
        host.take_in(_loaded(hooks, _only(sources)))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin may raise whatever it likes
        hooks.remove(name)
        host.put_aside(name, _reason(error), sources[0].label if sources else "", error)


def _only(sources: Sequence[Source]) -> Source:
    """Return the one source of a plugin; refuse none, and refuse to choose between several."""
    if not sources:
        raise PluginError(Text("It is not installed."))
    if len(sources) > 1:
        labels = ", ".join(sorted(source.label for source in sources))
        raise PluginError(Text("It is installed more than once: %(labels)s.", labels=labels))
    return sources[0]


def _loaded(hooks: Hooks, source: Source) -> Plugin:
    module = source.load()
    manifest = refuse_manifest(getattr(module, "manifest", None), source.name)
    hooks.add(source.name, module)
    plugin = Plugin(
        manifest=manifest,
        source=source,
        folder=_folder_of(module),
        pages=hooks.register_pages(source.name),
        bases=hooks.register_models(source.name),
        permissions=hooks.register_permissions(source.name),
        navigation=hooks.register_navigation(source.name),
        commands=hooks.register_commands(source.name),
        jobs=hooks.register_jobs(source.name),
        personal_data=hooks.register_personal_data(source.name),
        examples=hooks.register_demo(source.name),
    )
    refuse_plugin(plugin)
    return plugin


def _folder_of(module: object) -> Path:
    """Return the folder of the package that a plugin module is in."""
    if isinstance(module, ModuleType) and module.__file__:
        return Path(module.__file__).parent
    owner = sys.modules[type(module).__module__]
    return Path(owner.__file__ or "").parent


def _reason(error: BaseException) -> Text:
    if isinstance(error, PluginError):
        return error.message
    return Text("It raised %(error)s.", error=f"{type(error).__name__}: {error}"[:300])
