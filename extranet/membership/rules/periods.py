"""When a membership may start and end: no overlap, and not before it was published.

Joining and leaving a gemeenschappelijke regeling take effect no earlier than its publication:
Wgr art. 26, and art. 75 where a province or a water board takes part. A samenwerkingsovereenkomst
needs no publication. Only a deelnemer is party to the regeling; a partner is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from extranet.i18n import Text

REGELINGEN = frozenset({"centrumregeling", "gr"})
PARTY = "deelnemer"
_WHEN_PUBLISHED = {
    "joining": Text("Joining a regeling counts from its publication. Fill in when that was."),
    "leaving": Text("Leaving a regeling counts from its publication. Fill in when that was."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from the first until the last, both included; without a last day it goes on."""

    first: date
    last: date | None = None

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two have a day in common."""
        return self.first <= (other.last or date.max) and other.first <= (self.last or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When and where joining or leaving was published; both empty where it was not."""

    on: date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is recorded of a membership besides who and where.

    `kind` is deelnemer or partner; `until_date` is the last day of the membership.
    """

    kind: str
    from_date: date
    until_date: date | None = None
    joining: Publication = Publication()
    leaving: Publication = Publication()

    @property
    def period(self) -> Period:
        """Return the days of the membership."""
        return Period(first=self.from_date, last=self.until_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regeling:
    """The legal form of a region (`sok`, `centrumregeling`, `gr`) and the day it has that form."""

    form: str
    since: date | None = None

    def governs(self, day: date) -> bool:
        """Tell whether the collaboration is a gemeenschappelijke regeling on a day."""
        return self.form in REGELINGEN and (self.since is None or day >= self.since)


def refusals(
    terms: Terms,
    *,
    regeling: Regeling,
    others: Iterable[Period],
    today: date,
    before: Terms | None = None,
) -> dict[str, Text]:
    """Return why these terms cannot be recorded, by field; empty when they can.

    `others` are the periods of the same organisation's other memberships of the region. `before`
    is what was recorded until now: who ends a membership is not asked how it once began.
    """
    found: dict[str, Text] = {}
    if terms.until_date is not None and terms.until_date < terms.from_date:
        found["until_date"] = Text(
            "The last day lies before the first day, %(day)s.", day=terms.from_date
        )
    elif any(terms.period.overlaps(other) for other in others):
        found["from_date"] = Text("This organisation is already a member in this period.")
    if before is None or _joining(terms) != _joining(before):
        found = _joining_refusals(terms, regeling, today) | found
    if before is None or _leaving(terms) != _leaving(before):
        found = _leaving_refusals(terms, regeling, today) | found
    return found


def takes_effect(until_date: date) -> date:
    """Return the day on which leaving takes effect: the one after the last day as a member."""
    return until_date + timedelta(days=1) if until_date < date.max else until_date


def _joining(terms: Terms) -> tuple[object, ...]:
    return terms.kind, terms.from_date, terms.joining


def _leaving(terms: Terms) -> tuple[object, ...]:
    return terms.kind, terms.until_date, terms.leaving


def _joining_refusals(terms: Terms, regeling: Regeling, today: date) -> dict[str, Text]:
    found = _too_early("joining", terms.joining, today)
    if terms.kind != PARTY or not regeling.governs(terms.from_date):
        return found
    if terms.joining.on is not None and terms.from_date < terms.joining.on:
        found["from_date"] = Text(
            "Joining a regeling takes effect no earlier than its publication, %(day)s.",
            day=terms.joining.on,
        )
    return found | _unpublished("joining", terms.joining)


def _leaving_refusals(terms: Terms, regeling: Regeling, today: date) -> dict[str, Text]:
    found = _too_early("leaving", terms.leaving, today)
    if terms.until_date is None:
        return found
    day = takes_effect(terms.until_date)
    if terms.kind != PARTY or not regeling.governs(day):
        return found
    if terms.leaving.on is not None and day < terms.leaving.on:
        found["until_date"] = Text(
            "Leaving a regeling takes effect no earlier than its publication, %(day)s.",
            day=terms.leaving.on,
        )
    return found | _unpublished("leaving", terms.leaving)


def _too_early(side: str, publication: Publication, today: date) -> dict[str, Text]:
    """Refuse a publication that is still to come: it may yet slip."""
    if publication.on is None or publication.on <= today:
        return {}
    message = Text("This day is still to come. Record the publication once it is there.")
    return {f"{side}_published_on": message}


def _unpublished(side: str, publication: Publication) -> dict[str, Text]:
    found: dict[str, Text] = {}
    if publication.on is None:
        found[f"{side}_published_on"] = _WHEN_PUBLISHED[side]
    if not publication.place:
        found[f"{side}_publication"] = Text("Fill in where it was published.")
    return found
