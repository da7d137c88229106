"""The quality scale of a plugin: what it keeps to, in a file beside its code that a test reads."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from extranet.errors import PluginError
from extranet.i18n import Text

FILE = "quality.toml"


class Level(StrEnum):
    """How far a plugin is; each level holds the rules of those before it."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"


# What each level asks. Those that the kit itself proves are in `conformity.py`.
RULES: Mapping[Level, tuple[str, ...]] = {
    Level.BRONZE: ("access", "tables", "personal_data", "words", "readme", "tests"),
    Level.SILVER: ("empty_pages", "narrow_screen", "activity_log", "settings", "off_and_on"),
    Level.GOLD: ("accessibility", "query_counts", "search", "export", "help"),
}
STATUSES = {"done", "todo", "exempt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The level that a plugin claims, and per rule whether it is done or why it need not be."""

    level: Level
    rules: Mapping[str, str]


def read_quality(folder: Path) -> Quality | None:
    """Return the quality of the plugin whose package is in a folder, None when it states none.

    The file lies beside the package in a checkout and in it in a wheel. Raises PluginError for a
    file that claims what its own rules do not bear out.
    """
    paths = [folder / FILE, folder.parent / FILE]
    path = next((one for one in paths if one.is_file()), None)
    if path is None:
        return None
    try:
        return quality_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise PluginError(
            Text("%(file)s is no TOML: %(error)s", file=FILE, error=str(error))
        ) from error


def quality_from(data: Mapping[str, Any]) -> Quality:
    """Return the quality that a file states; raise PluginError when it does not hold."""
    if data.get("level") not in set(Level):
        raise PluginError(Text("%(file)s names no level.", file=FILE))
    level, rules = Level(data["level"]), dict(data.get("rules", {}))
    known = {name for names in RULES.values() for name in names}
    for name in sorted(known ^ set(rules)):
        raise PluginError(Text("%(file)s: the rule %(rule)s.", file=FILE, rule=name))
    for name, status in rules.items():
        word, _, comment = str(status).partition(":")
        if word not in STATUSES or (word == "exempt" and not comment.strip()):
            raise PluginError(Text("%(file)s: the rule %(rule)s.", file=FILE, rule=name))
    order = list(Level)
    asked = [name for one in order[: order.index(level) + 1] for name in RULES[one]]
    for name in asked:
        if str(rules[name]).startswith("todo"):
            raise PluginError(
                Text(
                    "%(file)s claims %(level)s without %(rule)s.", file=FILE, level=level, rule=name
                )
            )
    return Quality(level=level, rules=rules)
