"""What needs doing in a coalition, and by whom, from how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from extranet.coalitions.rules.threshold import Standing
from extranet.i18n import Text

LEAD = Text("The lead")


class Facts(Protocol):
    """What this rule reads of a coalition."""

    @property
    def state(self) -> str:
        """Return the state that it is in."""
        ...

    @property
    def lead_seat_id(self) -> int | None:
        """Return the seat that leads, None when nobody does."""
        ...

    @property
    def lead_person(self) -> str | None:
        """Return who sits on that seat."""
        ...

    @property
    def grace_until(self) -> date | None:
        """Return until when a coalition below its threshold has time."""
        ...


class Taking(Protocol):
    """What this rule reads of a participant."""

    @property
    def organisation_id(self) -> int:
        """Return the number of the organisation."""
        ...

    @property
    def name(self) -> str:
        """Return its name."""
        ...

    @property
    def consented_on(self) -> date | None:
        """Return when its body consented."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """An agreement that waits: of which plustaak, for whom, and whether the reader is one."""

    plugin: str
    title: Text | str
    names: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """How a coalition stands, for the organisation that somebody acts for.

    `not_live` are the plustaken that are on and do not live yet: the plugin and its title;
    `unanswered` the agreements that were sent and wait for an answer.
    """

    state: str
    has_lead: bool
    lead: str | None
    grace_until: date | None
    standing: Standing
    without_consent: tuple[str, ...]
    own_consent_missing: bool
    is_lead: bool = False
    not_live: tuple[tuple[str, Text | str], ...] = ()
    unanswered: tuple[Unanswered, ...] = ()

    @classmethod
    def of(
        cls,
        facts: Facts,
        participants: Sequence[Taking],
        standing: Standing,
        *,
        organisation_id: int,
        is_lead: bool = False,
        not_live: Sequence[tuple[str, Text | str]] = (),
        unanswered: Sequence[Unanswered] = (),
    ) -> Situation:
        """Gather what the rule needs."""
        waiting = [one for one in participants if one.consented_on is None]
        return cls(
            state=facts.state,
            has_lead=facts.lead_seat_id is not None,
            lead=facts.lead_person,
            grace_until=facts.grace_until,
            standing=standing,
            without_consent=tuple(one.name for one in waiting),
            own_consent_missing=any(one.organisation_id == organisation_id for one in waiting),
            is_lead=is_lead,
            not_live=tuple(not_live),
            unanswered=tuple(unanswered),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One thing to do: what, who does it, the page for it, by when, and if it is the reader's."""

    what: Text
    who: Text | str
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)
    due: date | None = None
    is_own: bool = False

    @property
    def order(self) -> tuple[bool, date]:
        """Return what it is sorted by: the reader's own first, then by day."""
        return not self.is_own, self.due or date.max


def todo(situation: Situation) -> list[Todo]:
    """Return what needs doing, the reader's own first, then by day."""
    found = [
        *_people(situation),
        *_agreements(situation),
        *_threshold(situation),
        *_going_live(situation),
    ]
    return sorted(found, key=lambda one: one.order)


def _people(situation: Situation) -> list[Todo]:
    found = []
    if situation.state == "initiative":
        found.append(
            Todo(
                what=Text("Say whether your organisation joins, follows or waits."),
                who=Text("Every member of the region"),
                endpoint="workspace.answer_form",
            )
        )
    elif not situation.has_lead:
        found.append(
            Todo(
                what=Text("Choose the seat that leads."),
                who=Text("The region admin"),
                endpoint="workspace.edit_form",
            )
        )
    if situation.own_consent_missing:
        found.append(
            Todo(
                what=Text("Record the consent of your body."),
                who=Text("Your organisation"),
                endpoint="participants.participants",
                is_own=True,
            )
        )
    elif situation.without_consent:
        found.append(
            Todo(
                what=Text("Record the consent of the body."),
                who=", ".join(situation.without_consent),
                endpoint="participants.participants",
            )
        )
    return found


def _agreements(situation: Situation) -> list[Todo]:
    return [
        Todo(
            what=Text("Answer the agreement of %(name)s.", name=one.title),
            who=", ".join(one.names),
            endpoint="plustaak.agreements.agreement",
            values={"plustaak": one.plugin},
            is_own=one.is_own,
        )
        for one in situation.unanswered
    ]


def _threshold(situation: Situation) -> list[Todo]:
    if situation.state not in ("forming", "below_threshold") or situation.standing.is_met:
        return []
    missing = situation.standing.needed - situation.standing.counted
    return [
        Todo(
            what=Text("Find municipalities that consent: %(n)s more needed.", n=missing),
            who=situation.lead or LEAD,
            endpoint="participants.participants",
            due=situation.grace_until,
            is_own=situation.is_lead,
        )
    ]


def _going_live(situation: Situation) -> list[Todo]:
    """Ask for each plustaak what is still in the way; a coalition that closes starts nothing."""
    if situation.state in {"closing", "closed"}:
        return []
    return [
        Todo(
            what=Text(
                "The plustaak %(name)s is not live yet: see what still stands in the way.",
                name=title,
            ),
            who=situation.lead or LEAD,
            endpoint="plustaak.live",
            values={"plustaak": plugin},
            is_own=situation.is_lead,
        )
        for plugin, title in situation.not_live
    ]
