"""pluggy behind typed methods: one call of one hook of one plugin, its answer checked.

pluggy would call all plugins at once and lose every answer when one raises; here the caller
chooses the plugin and catches what it raises.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterable, Mapping
from datetime import date
from types import ModuleType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import click
import pluggy
from sqlalchemy.orm import DeclarativeBase, Session

from extranet.access import Actor, Permission
from extranet.errors import PluginError
from extranet.i18n import Text
from extranet.plugins import hookspecs
from extranet.plugins.contributions import (
    Change,
    Example,
    Job,
    Panel,
    PersonalData,
    Place,
    Refusal,
    Todo,
)
from extranet.plugins.pages import Pages
from extranet.web.navigation import NavigationEntry

log = logging.getLogger(__name__)
PREFIX = "extranet_"
T = TypeVar("T")

SPECS = {
    name: function
    for name, function in vars(hookspecs).items()
    if name.startswith(PREFIX) and inspect.isfunction(function)
}


class Hooks:
    """The hooks of all plugins; each method calls one hook of one plugin, by its name."""

    def __init__(self, *, trace: bool = False) -> None:
        """Start without plugins; with `trace` every call goes to the log."""
        self._trace = trace
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        self._found: dict[tuple[str, str], pluggy.HookImpl] = {}

    def add(self, name: str, module: object) -> None:
        """Take a plugin in; raise PluginError when a hook of it is unknown or wrongly typed."""
        refuse_wrong_hooks(module)
        try:
            self._manager.register(module, name)
        except (pluggy.PluginValidationError, ValueError) as error:
            self.remove(name)
            raise PluginError(Text("A hook is wrong: %(error)s", error=str(error))) from error
        for hook in SPECS:
            for one in getattr(self._manager.hook, hook).get_hookimpls():
                if one.plugin_name == name:
                    self._found[name, hook] = one

    def remove(self, name: str) -> None:
        """Forget a plugin, also one that was refused half-way."""
        if self._manager.has_plugin(name):
            self._manager.unregister(name=name)
        for hook in SPECS:
            self._found.pop((name, hook), None)

    def register_pages(self, plugin: str) -> tuple[Pages, ...]:
        """Ask for the plugin's pages."""
        return self._many(plugin, "extranet_register_pages", Pages)

    def register_models(self, plugin: str) -> tuple[type[DeclarativeBase], ...]:
        """Ask for the declarative bases of the plugin's tables."""
        found = self._call(plugin, "extranet_register_models") or ()
        bases = tuple(found)
        for base in bases:
            if not (isinstance(base, type) and issubclass(base, DeclarativeBase)):
                raise PluginError(_wrong_answer("extranet_register_models", base))
        return bases

    def register_permissions(self, plugin: str) -> tuple[Permission, ...]:
        """Ask for the plugin's permissions."""
        return self._many(plugin, "extranet_register_permissions", Permission)

    def register_navigation(self, plugin: str) -> tuple[NavigationEntry, ...]:
        """Ask for the plugin's lines of the menu."""
        return self._many(plugin, "extranet_register_navigation", NavigationEntry)

    def register_commands(self, plugin: str) -> tuple[click.Command, ...]:
        """Ask for the plugin's commands."""
        return self._many(plugin, "extranet_register_commands", click.Command)

    def register_jobs(self, plugin: str) -> tuple[Job, ...]:
        """Ask for the plugin's jobs."""
        return self._many(plugin, "extranet_register_jobs", Job)

    def register_demo(self, plugin: str) -> tuple[Example, ...]:
        """Return what fills a place of the demo."""
        return self._many(plugin, "extranet_register_demo", Example)

    def register_personal_data(self, plugin: str) -> tuple[PersonalData, ...]:
        """Ask where the plugin keeps data about people."""
        return self._many(plugin, "extranet_register_personal_data", PersonalData)

    def show_panels(
        self, plugin: str, *, actor: Actor, place: Place, summary: Mapping[str, Any]
    ) -> tuple[Panel, ...]:
        """Ask for the plugin's panels."""
        values = {"actor": actor, "place": place, "summary": summary}
        return self._many(plugin, "extranet_show_panels", Panel, values)

    def show_todos(
        self, plugin: str, *, actor: Actor, place: Place, summary: Mapping[str, Any]
    ) -> tuple[Todo, ...]:
        """Ask what needs doing."""
        values = {"actor": actor, "place": place, "summary": summary}
        return self._many(plugin, "extranet_show_todos", Todo, values)

    def check_enabling(self, plugin: str, *, session: Session, place: Place) -> Refusal | None:
        """Ask why the plugin may not be switched on."""
        values = {"session": session, "place": place}
        return self._refusal(plugin, "extranet_check_enabling", values)

    def check_go_live(
        self, plugin: str, *, session: Session, place: Place, participants: tuple[str, ...]
    ) -> Refusal | None:
        """Ask why the plustaak may not go live."""
        values = {"session": session, "place": place, "participants": participants}
        return self._refusal(plugin, "extranet_check_go_live", values)

    def on_change(self, plugin: str, *, session: Session, place: Place, change: Change) -> None:
        """Tell what happened to the plugin in a place."""
        values = {"session": session, "place": place, "change": change}
        self._call(plugin, "extranet_on_change", values)

    def on_participation(
        self,
        plugin: str,
        *,
        session: Session,
        place: Place,
        organisation_code: str,
        until_date: date | None,
    ) -> None:
        """Tell who joined the coalition or leaves it."""
        values = {
            "session": session,
            "place": place,
            "organisation_code": organisation_code,
            "until_date": until_date,
        }
        self._call(plugin, "extranet_on_participation", values)

    def implements(self, plugin: str, hook: str) -> bool:
        """Tell whether a plugin implements a hook."""
        return self._implementation(plugin, hook) is not None

    def _many(
        self,
        plugin: str,
        hook: str,
        kind: type[T],
        values: Mapping[str, object] | None = None,
    ) -> tuple[T, ...]:
        found = tuple(self._call(plugin, hook, values) or ())
        for each in found:
            if not isinstance(each, kind):
                raise PluginError(_wrong_answer(hook, each))
        return found

    def _refusal(self, plugin: str, hook: str, values: Mapping[str, object]) -> Refusal | None:
        answer = self._call(plugin, hook, values)
        if answer is not None and not isinstance(answer, Refusal):
            raise PluginError(_wrong_answer(hook, answer))
        return answer

    def _call(self, plugin: str, hook: str, values: Mapping[str, object] | None = None) -> Any:
        found = self._implementation(plugin, hook)
        if found is None:
            return None
        given = values or {}
        answer = found.function(*(given[name] for name in found.argnames))
        if self._trace:
            log.info("%s of %s with %r gives %r", hook, plugin, given, answer)
        return answer

    def _implementation(self, plugin: str, hook: str) -> pluggy.HookImpl | None:
        return self._found.get((plugin, hook))


def refuse_wrong_hooks(module: object) -> None:
    """Raise PluginError for a hook that does not exist, is not marked or has other types."""
    for name in dir(module):
        if not name.startswith(PREFIX):
            continue
        function = getattr(module, name)
        if isinstance(function, ModuleType):
            continue
        if name not in SPECS:
            raise PluginError(Text("There is no hook %(name)s.", name=name))
        options = getattr(function, f"{hookspecs.PROJECT}_impl", None)
        if options is None:
            raise PluginError(Text("The hook %(name)s lacks @hookimpl.", name=name))
        if options.get("wrapper") or options.get("hookwrapper"):
            raise PluginError(Text("The hook %(name)s wraps those of others.", name=name))
        _refuse_wrong_types(name, function)


def _refuse_wrong_types(name: str, function: Any) -> None:
    wanted, found = get_type_hints(SPECS[name]), get_type_hints(function)
    for argument in inspect.signature(function).parameters:
        if argument not in wanted:
            words = Text(
                "The hook %(name)s has no argument %(argument)s.", name=name, argument=argument
            )
            raise PluginError(words)
        if found.get(argument) != wanted[argument]:
            raise PluginError(
                Text(
                    "The argument %(argument)s of the hook %(name)s must be of the type %(type)s.",
                    argument=argument,
                    name=name,
                    type=inspect.formatannotation(wanted[argument]),
                )
            )
    if "return" not in found or not _fits(found["return"], wanted["return"]):
        words = Text(
            "The hook %(name)s must return the type %(type)s.",
            name=name,
            type=inspect.formatannotation(wanted["return"]),
        )
        raise PluginError(words)


def _fits(found: Any, wanted: Any) -> bool:
    """Tell whether an annotation promises at least what another asks for."""
    if found == wanted:
        return True
    if get_origin(wanted) in {Union, UnionType}:
        return all(part in get_args(wanted) for part in get_args(found) or (found,))
    origin, asked = get_origin(found), get_origin(wanted)
    if not (isinstance(origin, type) and isinstance(asked, type) and issubclass(origin, asked)):
        return False
    return issubclass(asked, Iterable) and get_args(found)[:1] == get_args(wanted)


def _wrong_answer(hook: str, answer: object) -> Text:
    return Text(
        "The hook %(hook)s gave %(answer)s, which is not what it promised.",
        hook=hook,
        answer=type(answer).__name__,
    )
