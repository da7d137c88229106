"""One plustaak of a coalition, and what its plugin is in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.coalitions.events import Description, DescriptionAsked, TitlesAsked
from extranet.coalitions.models import Plustaak
from extranet.errors import NotFound
from extranet.events import emit
from extranet.i18n import Text


def get_plustaak(session: Session, *, coalition_id: int, plugin: str) -> Plustaak:
    """Return a plustaak to look at; raise NotFound when the coalition has none such."""
    found = session.scalar(
        select(Plustaak).where(Plustaak.coalition_id == coalition_id, Plustaak.plugin == plugin)
    )
    if found is None:
        raise NotFound(Text("This coalition has no such plustaak."))
    return found


def describe_plugin(session: Session, plugin: str) -> Description:
    """Return a plugin's own title and templates; its name alone when nobody knows it."""
    asked = DescriptionAsked(plugin=plugin)
    emit(session, asked)
    return asked.answers[0] if asked.answers else Description(title=plugin)


def titles_of(session: Session, plugins: Iterable[str]) -> Mapping[str, Text | str]:
    """Return what plugins are called, all in one go; one that nobody knows keeps its own name."""
    asked = TitlesAsked(plugins=tuple(plugins))
    emit(session, asked)
    return {name: asked.titles.get(name, name) for name in asked.plugins}
