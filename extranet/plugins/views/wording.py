"""The words of the pages about plugins."""

from __future__ import annotations

from extranet.coalitions.models import PlustaakState
from extranet.i18n import Text
from extranet.plugins.models import Cell

STATES = {
    PlustaakState.ON: Text("Switched on"),
    PlustaakState.OFF: Text("Switched off"),
    PlustaakState.ARCHIVED: Text("Archived"),
}
STATE_KINDS = {
    PlustaakState.ON: "settled",
    PlustaakState.OFF: "neutral",
    PlustaakState.ARCHIVED: "neutral",
}
CELLS = {
    Cell.NO: Text("Not allowed"),
    Cell.MAY: Text("Allowed"),
    Cell.ON: Text("Switched on"),
}
# What a change of a cell does, by what it was and what it becomes.
EFFECTS = {
    (Cell.NO, Cell.MAY): Text("may be switched on by the lead"),
    (Cell.NO, Cell.ON): Text("is allowed and goes on: its pages and its line in the menu appear"),
    (Cell.MAY, Cell.ON): Text("goes on: its pages and its line in the menu appear"),
    (Cell.ON, Cell.MAY): Text("goes off: its pages are hidden, what it kept stays"),
    (Cell.ON, Cell.NO): Text(
        "goes off and may not be switched on again: its pages are hidden, what it kept stays"
    ),
    (Cell.MAY, Cell.NO): Text("may no longer be switched on; what it kept stays"),
}
