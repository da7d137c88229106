"""What the states and answers are called on screen, and the shape that goes with each state."""

from __future__ import annotations

from collections.abc import Mapping

from extranet.coalitions.models import Answer, CoalitionState, PlustaakState
from extranet.i18n import Text

STATES: Mapping[str, Text] = {
    CoalitionState.INITIATIVE: Text("Initiative"),
    CoalitionState.FORMING: Text("Forming"),
    CoalitionState.ACTIVE: Text("Active"),
    CoalitionState.BELOW_THRESHOLD: Text("Below the threshold"),
    CoalitionState.CLOSING: Text("Closing"),
    CoalitionState.CLOSED: Text("Closed"),
}
# The shapes of the pattern `state_badge`.
STATE_KINDS: Mapping[str, str] = {
    CoalitionState.INITIATIVE: "neutral",
    CoalitionState.FORMING: "waiting",
    CoalitionState.ACTIVE: "settled",
    CoalitionState.BELOW_THRESHOLD: "refused",
    CoalitionState.CLOSING: "waiting",
    CoalitionState.CLOSED: "neutral",
}
ANSWERS: Mapping[str, Text] = {
    Answer.JOIN: Text("We join"),
    Answer.FOLLOW: Text("We follow"),
    Answer.NOT_NOW: Text("Not now"),
}
PLUSTAAK_STATES: Mapping[str, Text] = {
    PlustaakState.ON: Text("On"),
    PlustaakState.OFF: Text("Off"),
    PlustaakState.ARCHIVED: Text("Archived"),
}
