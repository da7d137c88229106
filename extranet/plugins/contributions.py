"""What a plugin hands over: frozen values that the core orders, filters, checks and renders.

Pages are in `pages.py`, a line of the menu is `web.navigation.NavigationEntry`: those know the web.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from extranet.i18n import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a plugin is at work: in a plustaak of a coalition or, for a module, in a region."""

    plugin: str
    region_id: int
    coalition_id: int | None = None
    plustaak_id: int | None = None

    @property
    def owner(self) -> str:
        """Return the place as one word, for what is kept about it."""
        if self.plustaak_id is not None:
            return f"plustaak:{self.plustaak_id}"
        return f"region:{self.region_id}"


class Change(StrEnum):
    """What happened to a plugin in a place."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    ARCHIVED = "archived"
    PURGED = "purged"
    WENT_LIVE = "went_live"
    FROZEN = "frozen"
    THAWED = "thawed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A few facts for the overview of a coalition or region, with a way to the plugin's page.

    A fact is a title and a figure or text. `endpoint` is a page of the plugin, `values` its
    variables besides the region and the coalition. `weight` orders panels, low first.
    """

    title: Text
    facts: tuple[tuple[Text, Text | int | date], ...]
    endpoint: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    weight: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """Something that needs doing, by whom, and by when."""

    text: Text
    who: Text
    endpoint: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why something may not happen: what stands in the way, what solves it, and who can."""

    what: Text
    solved_by: Text
    who: Text
    endpoint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """Columns of one table that hold data about people, and the column with the day they go.

    Once that day is past the core empties the columns (or, with `whole_row`, deletes the row),
    whether the plugin is on, off or no longer installed. `about` says whom the data are about.
    """

    table: str
    columns: tuple[str, ...]
    retention: str
    about: Text
    whole_row: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What fills one place of the demo with clearly invented rows of the plugin.

    `fill` gets the session that fills the demo; the place is on, and for a plustaak its
    participants are there. It goes live afterwards.
    """

    fill: Callable[[Session, Place], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work for later, by name; `every` makes it return by itself.

    `run` gets a session of its own that commits afterwards, and the payload it was queued with.
    It may run twice after a breakdown, so it must not matter.
    """

    name: str
    run: Callable[[Session, Mapping[str, Any]], None]
    every: timedelta | None = None
