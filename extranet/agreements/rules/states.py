"""Which state a version comes to, from what its parties said and the date that they agreed.

A version is in force once every party consented and the agreed date has come; until then the one
before it stays in force. One party that declines holds it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from extranet.i18n import Text

CONSENT, REMARK, DECLINE = "consent", "remark", "decline"
ANSWERS = (CONSENT, REMARK, DECLINE)
CONSENTING = frozenset({CONSENT, REMARK})
FEWEST_PARTIES = 2

ANSWER_WORDS: Mapping[str, Text] = {
    CONSENT: Text("Consents"),
    REMARK: Text("Consents with a remark"),
    DECLINE: Text("Declines"),
}
NO_ANSWER = Text("No answer yet")
ANSWER_KINDS: Mapping[str, str] = {CONSENT: "settled", REMARK: "settled", DECLINE: "refused"}

STATE_WORDS: Mapping[str, Text] = {
    "draft": Text("Draft"),
    "sent": Text("Waiting for the parties"),
    "in_force": Text("In force"),
    "superseded": Text("Replaced"),
    "withdrawn": Text("Withdrawn"),
}
# How a state looks: settled is finished, waiting asks for somebody.
STATE_KINDS: Mapping[str, str] = {
    "draft": "neutral",
    "sent": "waiting",
    "in_force": "settled",
    "superseded": "neutral",
    "withdrawn": "neutral",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one party said, None as long as it said nothing."""

    organisation_id: int
    name: str
    answer: str | None = None
    remark: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the answers to a version stand, each group in the order of the parties."""

    consented: tuple[Answer, ...]
    declined: tuple[Answer, ...]
    waiting: tuple[Answer, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether every party consented; without parties nothing is agreed."""
        return bool(self.consented) and not self.declined and not self.waiting

    @property
    def count(self) -> int:
        """Return how many parties there are."""
        return len(self.consented) + len(self.declined) + len(self.waiting)


def standing_of(answers: Iterable[Answer]) -> Standing:
    """Return where the answers stand."""
    given = tuple(answers)
    return Standing(
        consented=tuple(one for one in given if one.answer in CONSENTING),
        declined=tuple(one for one in given if one.answer == DECLINE),
        waiting=tuple(one for one in given if one.answer is None),
    )


def force_day(standing: Standing, in_force_from: date) -> date | None:
    """Return the day on which a version comes into force, None while somebody holds it up.

    That is the agreed date, or the day of the last decision when that came later.
    """
    if not standing.is_complete:
        return None
    return max([in_force_from, *(one.decided_on for one in standing.consented if one.decided_on)])


def state_after(state: str, standing: Standing, *, in_force_from: date, day: date) -> str:
    """Return the state that a version comes to on a day; only a sent one comes into force."""
    coming = force_day(standing, in_force_from)
    return "in_force" if state == "sent" and coming is not None and coming <= day else state
