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
# The levels of the quality scale.
LEVELS = {
    "bronze": Text("bronze"),
    "silver": Text("silver"),
    "gold": Text("gold"),
}
# The rules of the quality scale, as an admin reads them.
RULES = {
    "access": Text("Every page keeps out who may not see it"),
    "tables": Text("Its tables can be made, taken down and made again"),
    "personal_data": Text("It says which data about people it keeps, and until when"),
    "words": Text("Every text is there in Dutch and English"),
    "readme": Text("It is described: what for, settings, permissions, data"),
    "tests": Text("It has tests of its own"),
    "empty_pages": Text("An empty page says what belongs there and who adds it"),
    "narrow_screen": Text("It works on a phone"),
    "activity_log": Text("Every change is in the activity log"),
    "settings": Text("What differs between regions is a setting"),
    "off_and_on": Text("Off and on again loses nothing"),
    "accessibility": Text("It meets WCAG 2.2 AA"),
    "query_counts": Text("A long list is as quick as a short one"),
    "search": Text("What it keeps can be found"),
    "export": Text("Its lists can be exported"),
    "help": Text("Its pages explain themselves"),
}
STATUSES = {
    "done": Text("done"),
    "todo": Text("to do"),
    "exempt": Text("not needed"),
}
