"""What a plugin keeps with the core: summaries, findable things and public addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from extranet.clock import now
from extranet.errors import Conflict
from extranet.i18n import Text
from extranet.plugins.contributions import Place
from extranet.plugins.models import PluginSummary, PublicAddress
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
