"""What happens in coalitions, and what they ask of the domains above, inside the transaction.

An event in the past tense tells; one that ends in Asked is a question, whose answers the listeners
put in its list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from extranet.i18n import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalitionStateChanged:
    """A coalition came to another state: it formed, fell below its threshold, closed."""

    region_id: int
    coalition_id: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationStarted:
    """An organisation takes part in a coalition from a day on."""

    region_id: int
    coalition_id: int
    organisation_id: int
    from_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationEnded:
    """An organisation leaves a coalition; `until_date` is its last day."""

    region_id: int
    coalition_id: int
    organisation_id: int
    until_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EnablingAsked:
    """May this plugin be switched on in this coalition? A listener adds why not."""

    region_id: int
    coalition_id: int
    plugin: str
    refusals: list[Text] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTemplate:
    """An article that a plustaak's agreement starts with; `key` stays when the text changes."""

    key: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTemplate:
    """A line that a plustaak's budget starts with; `amounts` are cents per year."""

    key: str
    name: Text
    is_income: bool
    is_structural: bool
    amounts: tuple[int, ...]
    note: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a plugin is called and what its contracts start with; nothing of who is not here.

    `participants_rule` says who must take part before it goes live, on top of the threshold.
    """

    title: Text | str
    summary: Text | None = None
    participants_rule: Text | None = None
    articles: tuple[ArticleTemplate, ...] = ()
    lines: tuple[LineTemplate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DescriptionAsked:
    """What is this plugin, in its own words? The listener puts one answer in the list."""

    plugin: str
    answers: list[Description] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlesAsked:
    """What are these plugins called? The listener puts a title under each name that it knows."""

    plugins: tuple[str, ...]
    titles: dict[str, Text | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDate:
    """A day of a coalition: `key` stays when it moves, `about` is the plustaak that it is of.

    The times are those of the Netherlands; without a start it is a whole day.
    """

    key: str
    title: Text | str
    on: date
    changed_at: datetime
    starts_at: time | None = None
    ends_at: time | None = None
    where: str = ""
    about: Text | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesAsked:
    """Which days are there in this coalition? The listeners add what they keep."""

    region_id: int
    coalition_id: int
    dates: list[KeptDate] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfPlustaak:
    """What every event of a plustaak says: which one, where, by which plugin."""

    region_id: int
    coalition_id: int
    plustaak_id: int
    plugin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakEnabled(OfPlustaak):
    """A plugin was switched on in a coalition; `is_new` the first time."""

    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakParticipationStarted(OfPlustaak):
    """A participant of the coalition takes part in one of its plustaken from a day on."""

    organisation_id: int
    from_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakParticipationEnded(OfPlustaak):
    """An organisation leaves a plustaak; `until_date` is its last day.

    Whoever leaves before their first day never took part: then `until_date` lies before it.
    """

    organisation_id: int
    until_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakDisabled(OfPlustaak):
    """A plugin was switched off in a coalition: hidden and read-only, nothing is deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakArchived(OfPlustaak):
    """A plustaak was closed; its export was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakPurged(OfPlustaak):
    """What a plustaak kept is to be deleted, now; whoever keeps something of it deletes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """What stands in the way of going live: what, what solves it, and who can."""

    what: Text
    solved_by: Text
    who: Text
    endpoint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoLiveAsked(OfPlustaak):
    """May this plustaak go live? `participants` are organisation codes; listeners add blockers."""

    participants: tuple[str, ...]
    blockers: list[Blocker] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakWentLive(OfPlustaak):
    """The three contracts of a plustaak hold: from now on money may be called and letters go."""

    live_since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakFrozen(OfPlustaak):
    """The money of a plustaak was frozen, because its threshold is not met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakThawed(OfPlustaak):
    """The threshold of a plustaak is met again and its money is free."""
