"""What a plugin says about itself: plain values, read once at boot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from extranet.errors import PluginError
from extranet.i18n import Text

# What plugins may rely on: additions raise the second number, a break the first.
API_VERSION = (1, 0)

NAME = re.compile(r"[a-z][a-z0-9]{1,29}")
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
SettingValue = str | int | bool | date


class PluginKind(StrEnum):
    """A plustaak is at work in one coalition; a module serves the whole region."""

    PLUSTAAK = "plustaak"
    MODULE = "module"


class SettingLevel(StrEnum):
    """Where a setting can be set; what a plustaak sets counts before what its region sets."""

    REGION = "region"
    PLUSTAAK = "plustaak"


EVERY_LEVEL = frozenset(SettingLevel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting with its default, whose type is the setting's: text, number, yes or no, day.

    `choices` (value and title) make it a choice; `minimum` and `maximum` bound a number. A long
    text has several `lines`.
    """

    key: str
    title: Text
    default: SettingValue
    help: Text | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    lines: int = 1
    levels: frozenset[SettingLevel] = EVERY_LEVEL

    def __post_init__(self) -> None:
        """Refuse a key that is no name and a default that the setting itself would not take."""
        if not KEY.fullmatch(self.key):
            raise PluginError(Text("The setting %(key)s has no valid name.", key=self.key))
        if self.problem_with(self.default) is not None:
            raise PluginError(
                Text("The setting %(key)s does not take its own default.", key=self.key)
            )

    def problem_with(self, value: object) -> Text | None:
        """Return why a value cannot be this setting's, None when it can."""
        if type(value) is not type(self.default):
            return Text("This value has the wrong type.")
        if self.choices and value not in [choice for choice, _title in self.choices]:
            return Text("Choose one of the options.")
        if isinstance(value, int) and not isinstance(value, bool):
            if self.minimum is not None and value < self.minimum:
                return Text("Use at least %(n)s.", n=self.minimum)
            if self.maximum is not None and value > self.maximum:
                return Text("Use at most %(n)s.", n=self.maximum)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantsRule:
    """Who must take part before the plustaak goes live, on top of the region's threshold.

    At least `minimum` organisations of one of these `kinds` (gemeente, provincie, waterschap,
    netbeheerder, other); `words` says so to people.
    """

    minimum: int
    kinds: frozenset[str]
    words: Text

    def is_met(self, kinds_of_participants: Iterable[str]) -> bool:
        """Tell whether enough participants are of the kinds that count."""
        return sum(kind in self.kinds for kind in kinds_of_participants) >= self.minimum


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article of the agreement template; `key` stays the same when the text changes."""

    key: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetTemplateLine:
    """A line of the budget template: what it is and, where the plugin knows, cents a year.

    `amounts` are cents for the budget's year and the three after it; fewer stand for zero.
    """

    key: str
    name: Text
    is_income: bool = False
    is_structural: bool = False
    amounts: tuple[int, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A plugin's own description; `plugin.py` holds one under the name `manifest`.

    `name` is the entry point's, one lower-case word: it prefixes tables, templates, permissions
    and addresses. `api` is the version that the plugin was written for. `requires` names plugins
    that must be installed too. The agreement and budget templates are a plustaak's only.
    """

    name: str
    title: Text
    summary: Text
    kind: PluginKind
    api: tuple[int, int]
    requires: frozenset[str] = frozenset()
    settings: tuple[Setting, ...] = ()
    participants: ParticipantsRule | None = None
    agreement: tuple[Article, ...] = ()
    budget: tuple[BudgetTemplateLine, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be: a bad name, a key that stands twice, contracts of a module."""
        if not NAME.fullmatch(self.name):
            raise PluginError(
                Text("“%(name)s” is no name for a plugin: use one lower-case word.", name=self.name)
            )
        for keys in (self.settings, self.agreement, self.budget):
            _refuse_doubles(each.key for each in keys)
        has_contracts = self.participants or self.agreement or self.budget
        if self.kind == PluginKind.MODULE and has_contracts:
            raise PluginError(Text("A module has no agreement, budget or participants of its own."))

    @property
    def defaults(self) -> Mapping[str, SettingValue]:
        """Return the default of every setting, by key."""
        return {setting.key: setting.default for setting in self.settings}


def _refuse_doubles(keys: Iterable[str]) -> None:
    seen = set()
    for key in keys:
        if key in seen:
            raise PluginError(Text("The name %(key)s stands twice in the manifest.", key=key))
        seen.add(key)
