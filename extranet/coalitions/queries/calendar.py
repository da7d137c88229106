"""The calendar of a coalition, and who may read it with the secret of an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import enter, permits, stand_in
from extranet.clock import today
from extranet.coalitions.events import DatesAsked, KeptDate
from extranet.coalitions.models import CalendarFeed, Coalition, PlustaakState
from extranet.coalitions.policy import VIEW_COALITION
from extranet.coalitions.queries.plustaken import titles_of
from extranet.coalitions.queries.standing import find_coalition
from extranet.coalitions.queries.workspace import (
    CoalitionFacts,
    PlustaakLine,
    get_facts,
    plustaken_of,
)
from extranet.coalitions.rules.calendar import in_order
from extranet.errors import NotFound
from extranet.events import emit
from extranet.i18n import Text
from extranet.membership.models import Region
from extranet.people.queries import find_holder, hash_token

NO_CALENDAR = Text("There is no such calendar.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFeed:
    """A calendar that somebody may read, and the language that they read."""

    facts: CoalitionFacts
    locale: str


def dates_of(session: Session, facts: CoalitionFacts) -> list[KeptDate]:
    """Return every day of a coalition in order, those of its plustaken that are on included."""
    plustaken = [one for one in plustaken_of(session, facts.id) if one.state == PlustaakState.ON]
    titles = titles_of(session, [one.plugin for one in plustaken])
    kept = DatesAsked(region_id=facts.region_id, coalition_id=facts.id)
    emit(session, kept)
    return in_order([*_own_dates(facts, plustaken, titles), *kept.dates])


def find_feed(session: Session, *, person_id: int, coalition_id: int) -> CalendarFeed | None:
    """Return the address that a person has for a coalition, None when there is none that works."""
    feed = session.get(CalendarFeed, (person_id, coalition_id))
    return None if feed is None or feed.revoked_at is not None else feed


def get_open_feed(session: Session, secret: str) -> OpenFeed:
    """Return the calendar behind a secret.

    Raises NotFound when the secret is unknown, replaced or stopped, and when its owner may not
    look into the coalition any more: the same rule as for the pages.
    """
    row = session.execute(
        select(CalendarFeed.person_id, Coalition.id, Coalition.slug, Region.slug.label("region"))
        .join(Coalition, Coalition.id == CalendarFeed.coalition_id)
        .join(Region, Region.id == Coalition.region_id)
        .where(CalendarFeed.secret_hash == hash_token(secret), CalendarFeed.revoked_at.is_(None))
    ).one_or_none()
    owner = None if row is None else find_holder(session, row.person_id)
    coalition = None if row is None else find_coalition(session, row.region, row.slug)
    if row is None or owner is None or coalition is None:
        raise NotFound(NO_CALENDAR)
    inside = enter(stand_in(owner, row.region), coalition)
    if inside.coalition is None or not permits(inside, VIEW_COALITION):
        raise NotFound(NO_CALENDAR)
    facts = get_facts(session, coalition.id, day=today(session))
    return OpenFeed(facts=facts, locale=owner.locale)


def _own_dates(
    facts: CoalitionFacts, plustaken: Iterable[PlustaakLine], titles: Mapping[str, Text | str]
) -> list[KeptDate]:
    """Return the days that the core knows: until when there is time, and what went live."""
    found = []
    if facts.below_since is not None and facts.grace_until is not None:
        found.append(
            KeptDate(
                key=f"coalition:{facts.id}:grace",
                title=Text("Last day to find enough municipalities"),
                on=facts.grace_until,
                changed_at=_start_of(facts.below_since),
            )
        )
    for one in plustaken:
        if one.live_since is not None:
            title = titles[one.plugin]
            found.append(
                KeptDate(
                    key=f"plustaak:{one.id}:live",
                    title=Text("%(name)s went live", name=title),
                    on=one.live_since,
                    changed_at=_start_of(one.live_since),
                    about=title,
                )
            )
    return found


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
