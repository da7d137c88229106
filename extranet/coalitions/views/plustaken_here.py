"""The plustaken of a coalition as its workspace shows them, with the pages to go to.

The host knows the titles and the menu of each plugin; here they meet what the coalition keeps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from extranet.coalitions.models import PlustaakState
from extranet.coalitions.queries.plustaken import titles_of
from extranet.coalitions.queries.workspace import PlustaakLine
from extranet.i18n import Text
from extranet.web.access import current_actor, may_open
from extranet.web.database import read_session
from extranet.web.navigation import first_page_of, plugins_here

GO_LIVE = "plustaak.live"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakShown:
    """A plustaak with its title; `url` is its first page and `live_url` going live, '' for none.

    `works` tells whether the code of its plugin is here, `is_answering` whether its agreement
    waits for answers.
    """

    plugin: str
    title: Text | str
    state: str
    works: bool
    live_since: date | None
    frozen_on: date | None
    url: str
    live_url: str
    is_answering: bool

    @property
    def waits(self) -> bool:
        """Tell whether it is on and does not live yet."""
        return self.state == PlustaakState.ON and self.live_since is None


def shown(lines: Sequence[PlustaakLine]) -> list[PlustaakShown]:
    """Return the plustaken with their titles and pages: what is on first, in order of name."""
    titles = titles_of(read_session(), [line.plugin for line in lines])
    found = [_shown(line, titles) for line in lines]
    return sorted(found, key=lambda one: list(PlustaakState).index(PlustaakState(one.state)))


def address_of(endpoint: str, values: Mapping[str, str] | None = None) -> str:
    """Return the address of a page that is there and that the reader may open, else ''."""
    given: dict[str, Any] = dict(values or {})
    return url_for(endpoint, **given) if may_open(endpoint) else ""


def _shown(line: PlustaakLine, titles: Mapping[str, Text | str]) -> PlustaakShown:
    is_on, works = line.state == PlustaakState.ON, line.plugin in plugins_here()
    first = first_page_of(line.plugin, current_actor()) if is_on and works else ""
    return PlustaakShown(
        plugin=line.plugin,
        title=titles[line.plugin],
        state=line.state,
        works=works,
        live_since=line.live_since,
        frozen_on=line.frozen_on,
        url=url_for(first) if first else "",
        live_url=address_of(GO_LIVE, {"plustaak": line.plugin}) if is_on else "",
        is_answering=bool(line.is_answering),
    )
