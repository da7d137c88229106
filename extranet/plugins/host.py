"""The host: the plugins of one application, and the guarded way to everything that they do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.errors import PluginError
from extranet.i18n import Text
from extranet.plugins.calling import Hooks
from extranet.plugins.contributions import Change, Example, Panel, Place, Refusal, Todo
from extranet.plugins.failures import Failures
from extranet.plugins.loaded import Fault, Plugin
from extranet.web.navigation import NavigationEntry

log = logging.getLogger(__name__)
T = TypeVar("T")
Summaries = Mapping[str, Mapping[str, Any]]


class PluginHost:
    """The plugins that passed, by name, and the faults of those that did not.

    It lives on the application. With `is_strict` the first fault is raised instead of kept.
    """

    def __init__(self, hooks: Hooks, *, is_strict: bool) -> None:
        """Start without plugins."""
        self.plugins: dict[str, Plugin] = {}
        self.faults: dict[str, Fault] = {}
        self.failures = Failures()
        self._hooks = hooks
        self._is_strict = is_strict

    def take_in(self, plugin: Plugin) -> None:
        """Add a plugin that passed its checks."""
        self.plugins[plugin.name] = plugin

    def put_aside(
        self, name: str, reason: Text, label: str = "", error: BaseException | None = None
    ) -> None:
        """Keep a plugin out and remember why; raise instead where the host is strict."""
        if self._is_strict:
            message = Text("The plugin %(name)s is refused: %(reason)s", name=name, reason=reason)
            raise PluginError(message) from error
        log.error("the plugin %s is put aside: %s", name, reason, exc_info=error)
        self.plugins.pop(name, None)
        self._hooks.remove(name)
        self.faults[name] = Fault(plugin=name, reason=reason, label=label)

    def settle_requirements(self) -> None:
        """Put aside whoever requires a plugin that is not there, until nobody is left who does."""
        while True:
            unmet = [
                (plugin, plugin.manifest.requires - self.plugins.keys())
                for plugin in self.plugins.values()
                if not plugin.manifest.requires <= self.plugins.keys()
            ]
            if not unmet:
                return
            for plugin, missing in unmet:
                reason = Text("It requires %(names)s.", names=", ".join(sorted(missing)))
                self.put_aside(plugin.name, reason, plugin.source.label)

    @property
    def folders(self) -> dict[str, Path]:
        """Return where each plugin lies, for what it renders outside a request."""
        return {plugin.name: plugin.folder for plugin in self.plugins.values()}

    @property
    def navigation(self) -> list[NavigationEntry]:
        """Return the lines of the menu of all plugins, each shown while its plugin is on."""
        return [
            replace(entry, plugin=plugin.name)
            for plugin in self.plugins.values()
            for entry in plugin.navigation
        ]

    @property
    def examples(self) -> dict[str, tuple[Example, ...]]:
        """Return what fills a place of the demo, by plugin."""
        return {plugin.name: plugin.examples for plugin in self.plugins.values()}

    def find(self, name: str) -> Plugin | None:
        """Return a plugin, None when it is not installed or was put aside."""
        return self.plugins.get(name)

    def show_panels(
        self, *, actor: Actor, places: Iterable[Place], summaries: Summaries
    ) -> list[tuple[Place, Panel]]:
        """Return the panels of the plugins that are on in these places, by weight and name."""
        found = self._shown(
            "extranet_show_panels", self._hooks.show_panels, actor, places, summaries
        )
        return sorted(found, key=lambda pair: (pair[1].weight, pair[0].plugin))

    def show_todos(
        self, *, actor: Actor, places: Iterable[Place], summaries: Summaries
    ) -> list[tuple[Place, Todo]]:
        """Return what needs doing in these places, the most urgent first."""
        found = self._shown("extranet_show_todos", self._hooks.show_todos, actor, places, summaries)
        return sorted(found, key=lambda pair: (pair[1].due or date.max, pair[0].plugin))

    def check_enabling(self, *, session: Session, place: Place) -> Refusal | None:
        """Return why a plugin may not be switched on; None lets it."""
        return self._checked(
            "extranet_check_enabling",
            place,
            session,
            lambda name: self._hooks.check_enabling(name, session=session, place=place),
        )

    def check_go_live(
        self, *, session: Session, place: Place, participants: tuple[str, ...]
    ) -> Refusal | None:
        """Return why a plustaak may not go live; None lets it."""
        return self._checked(
            "extranet_check_go_live",
            place,
            session,
            lambda name: self._hooks.check_go_live(
                name, session=session, place=place, participants=participants
            ),
        )

    def on_change(self, *, session: Session, place: Place, change: Change) -> None:
        """Tell a plugin what happened to it; what it raises goes to the job that tells it."""
        self._told(
            "extranet_on_change",
            place,
            lambda name: self._hooks.on_change(name, session=session, place=place, change=change),
        )

    def on_participation(
        self, *, session: Session, place: Place, organisation_code: str, until_date: date | None
    ) -> None:
        """Tell a plugin who joined or leaves; what it raises goes to the job that tells it."""
        self._told(
            "extranet_on_participation",
            place,
            lambda name: self._hooks.on_participation(
                name,
                session=session,
                place=place,
                organisation_code=organisation_code,
                until_date=until_date,
            ),
        )

    def implements(self, plugin: str, hook: str) -> bool:
        """Tell whether a plugin that passed implements a hook."""
        return plugin in self.plugins and self._hooks.implements(plugin, hook)

    def _shown(
        self,
        hook: str,
        ask: Callable[..., Sequence[T]],
        actor: Actor,
        places: Iterable[Place],
        summaries: Summaries,
    ) -> list[tuple[Place, T]]:
        found: list[tuple[Place, T]] = []
        for place in places:
            name = place.plugin
            if name not in self.plugins or self.failures.is_asleep(name):
                continue
            summary = summaries.get(name, {})
            try:
                items = ask(name, actor=actor, place=place, summary=dict(summary))
            except Exception as error:  # noqa: BLE001 - counted, and the page goes on
                self.failures.note(name, hook, error)
                continue
            self.failures.forget_row(name, hook)
            found += [(place, item) for item in items]
        return found

    def _checked(
        self, hook: str, place: Place, session: Session, ask: Callable[[str], Refusal | None]
    ) -> Refusal | None:
        name = place.plugin
        if name not in self.plugins:
            return _could_not_check(name)
        try:
            with _savepoint(session):
                return ask(name)
        except Exception as error:  # noqa: BLE001 - counted, and the change is refused
            self.failures.note(name, hook, error)
            return _could_not_check(name)

    def _told(self, hook: str, place: Place, tell: Callable[[str], None]) -> None:
        try:
            tell(place.plugin)
        except Exception as error:
            self.failures.note(place.plugin, hook, error)
            raise
        self.failures.forget_row(place.plugin, hook)


def _savepoint(session: Session) -> AbstractContextManager[object]:
    """Return a savepoint; a session that only reads has nothing to go back to."""
    return nullcontext() if session.info.get("read_only") else session.begin_nested()


def _could_not_check(name: str) -> Refusal:
    return Refusal(
        what=Text("The plugin %(name)s could not check this.", name=name),
        solved_by=Text("Look at what it reports, or install another version."),
        who=Text("Who runs the installation"),
    )
