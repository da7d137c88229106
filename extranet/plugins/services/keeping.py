"""What a plugin keeps with the core: summaries, findable things, dates and public addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from extranet.clock import now
from extranet.errors import Conflict
from extranet.i18n import Text
from extranet.plugins.contributions import Place
from extranet.plugins.models import PluginDate, PluginSummary, PublicAddress
from extranet.search.models import Findable

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def keep_summary(session: Session, place: Place, values: Mapping[str, Any]) -> None:
    """Keep what pages outside the plugin show of it: plain JSON values, no names of people.

    The values replace those that were kept before; the overview hands them to the show hooks.
    """
    kept = session.get(PluginSummary, (place.plugin, place.owner))
    if kept is None:
        kept = PluginSummary(
            plugin=place.plugin,
            owner=place.owner,
            region_id=place.region_id,
            coalition_id=place.coalition_id,
        )
        session.add(kept)
    kept.values, kept.kept_at = dict(values), now(session)
    session.flush()


def keep_findable(
    session: Session, place: Place, *, key: str, title: str, text: str = "", path: str = ""
) -> None:
    """Let something be found by its title and text while the plugin is on here.

    `key` is its name within this place; keeping it again replaces it. `path` follows the plugin's
    own address, without a slash in front. Never about a person: everybody in the region searches.
    """
    found = session.scalar(_findable(place, key))
    if found is None:
        found = Findable(
            plugin=place.plugin,
            owner=place.owner,
            key=key,
            region_id=place.region_id,
            coalition_id=place.coalition_id,
        )
        session.add(found)
    found.title, found.text, found.path = title[:200], text[:2000], path
    session.flush()


def drop_findable(session: Session, place: Place, *, key: str) -> None:
    """Let something no longer be found."""
    found = session.scalar(_findable(place, key))
    if found is not None:
        session.delete(found)
        session.flush()


def keep_date(
    session: Session,
    place: Place,
    *,
    key: str,
    title: str,
    on: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    where: str = "",
) -> None:
    """Put a day in the calendar of the coalition, there while the plugin is on here.

    `key` is its name within this place; keeping it again replaces it. The times are those of the
    Netherlands; without a start it is a whole day. Never about a person: everybody in the region
    looks into the calendar, and it is copied to their own.
    """
    if ends_at is not None and (starts_at is None or ends_at <= starts_at):
        raise ValueError("what ends must have started before, on the same day")
    number = _plustaak_of(place)
    kept = session.get(PluginDate, (number, key))
    values = {
        "title": title[:200],
        "on_date": on,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "location": where[:200],
    }
    if kept is None:
        kept = PluginDate(plustaak_id=number, key=key)
        session.add(kept)
    elif all(getattr(kept, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(kept, name, value)
    kept.changed_at = now(session)
    session.flush()


def drop_date(session: Session, place: Place, *, key: str) -> None:
    """Take a day out of the calendar of the coalition."""
    found = session.get(PluginDate, (_plustaak_of(place), key))
    if found is not None:
        session.delete(found)
        session.flush()


def keep_public_address(session: Session, place: Place, *, slug: str, subject: str) -> None:
    """Give public pages of this plustaak an address: `/p/<plugin>/<slug>/…`.

    `slug` is lower-case letters, digits and dashes, and must name neither the region nor a
    person. `subject` is handed back by `public_subject`. Raises Conflict when another plustaak
    has it; the same plustaak may change its subject.
    """
    if not SLUG.fullmatch(slug) or len(slug) > 80:
        raise ValueError(f"{slug!r} is no part of an address")
    found = session.get(PublicAddress, (place.plugin, slug))
    if found is not None and found.plustaak_id != place.plustaak_id:
        raise Conflict(Text("The address %(slug)s is taken.", slug=slug))
    if found is None:
        found = PublicAddress(plugin=place.plugin, slug=slug, plustaak_id=place.plustaak_id)
        session.add(found)
    found.subject = subject
    session.flush()


def drop_public_address(session: Session, place: Place, *, slug: str) -> None:
    """Take an address away; whoever opens it reads that there is no such page."""
    session.execute(
        delete(PublicAddress).where(
            PublicAddress.plugin == place.plugin,
            PublicAddress.slug == slug,
            PublicAddress.plustaak_id == place.plustaak_id,
        )
    )


def _findable(place: Place, key: str) -> Any:
    return select(Findable).where(
        Findable.plugin == place.plugin, Findable.owner == place.owner, Findable.key == key
    )


def _plustaak_of(place: Place) -> int:
    """Return the plustaak of a place; a region has no calendar, so a module keeps no dates."""
    if place.plustaak_id is None:
        raise ValueError(f"{place.plugin} keeps a date without a plustaak")
    return place.plustaak_id
