"""The list of evenings as a file."""

from __future__ import annotations

from flask import Response

from extranet.api import (
    Column,
    Table,
    csv_file,
    now,
    read_session,
    requires,
    written,
    xlsx_file,
)
from extranet_infoavond.policy import VIEW
from extranet_infoavond.rules.evenings import clock_text
from extranet_infoavond.views.blueprint import blueprint
from extranet_infoavond.views.evenings import asked_evenings
from extranet_infoavond.wording import EVENING_STATES, Text

COLUMNS = {
    "title": Text("Evening"),
    "held_on": Text("Day"),
    "starts_at": Text("Begins at"),
    "ends_at": Text("Ends at"),
    "venue": Text("Venue"),
    "town": Text("Place"),
    "capacity": Text("Number of places"),
    "state": Text("State"),
    "hosts": Text("Host municipalities"),
    "letters_released": Text("Released letters"),
}
KINDS = {"held_on": "date", "capacity": "number", "letters_released": "number"}


@blueprint.get("/avonden.csv")
@requires(VIEW)
def export_csv() -> Response:
    """Give the evenings that are asked for as a file for a spreadsheet."""
    return csv_file(_table(), "informatieavonden")


@blueprint.get("/avonden.xlsx")
@requires(VIEW)
def export_xlsx() -> Response:
    """Give the evenings that are asked for as a workbook for people."""
    return xlsx_file([_table()], "informatieavonden", created=now(read_session()))


def _table() -> Table:
    return Table(
        title=written(Text("Information evenings")),
        columns=[
            Column(key=key, heading=written(heading), kind=KINDS.get(key, "text"))  # type: ignore[arg-type]  # the names of kinds
            for key, heading in COLUMNS.items()
        ],
        rows=[
            (
                row.title,
                row.held_on,
                clock_text(row.starts_at) if row.starts_at else None,
                clock_text(row.ends_at) if row.ends_at else None,
                row.venue,
                row.town,
                row.capacity,
                written(EVENING_STATES[row.state]),
                ", ".join(host.name for host in row.hosts),
                row.released,
            )
            for row in asked_evenings()
        ],
    )
