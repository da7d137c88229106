"""Lists and results as tables for a file, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extranet.api import Column, Table, written
from extranet_infoavond.queries.initiatives import InitiativeLine
from extranet_infoavond.queries.results import Results
from extranet_infoavond.rules.suppression import Total
from extranet_infoavond.wording import KINDS, STAGES, Text

TOO_SMALL = Text(
    "Counts of residents below %(n)s are left out outside the municipality itself; where that"
    " makes a sum uncertain, it says at least how many."
)


def initiatives_sheet(lines: Sequence[InitiativeLine]) -> Table:
    """Return initiatives as a table; names are those of the reader's own municipality."""
    heads = (
        ("municipality", Text("Municipality")),
        ("kind", Text("Type")),
        ("stage", Text("How far it is")),
        ("owner", Text("Who follows it up")),
        ("next_step", Text("Next step")),
        ("next_on", Text("Day of the next step")),
        ("noted_on", Text("Noted on")),
        ("initiator", Text("Who takes the initiative")),
        ("contact", Text("How to reach them")),
    )
    rows = [
        (
            line.organisation,
            written(KINDS[line.kind]),
            written(STAGES[line.stage]),
            line.owner,
            line.next_step,
            line.next_on,
            line.noted_on,
            line.initiator,
            line.contact,
        )
        for line in lines
    ]
    return Table(
        title=written(Text("Initiatives")),
        columns=_columns(heads, {"next_on": "date", "noted_on": "date"}),
        rows=rows,
    )


def results_sheet(results: Results) -> Table:
    """Return the results by municipality as a table, one's own first."""
    heads = (
        ("municipality", Text("Municipality")),
        ("evenings", Text("Evenings")),
        ("letters", Text("Letters released")),
        ("people", Text("Signed up")),
        ("came", Text("Came")),
        ("initiatives", Text("Initiatives")),
        *((f"kind_{key}", text) for key, text in KINDS.items()),
        *((f"stage_{key}", text) for key, text in STAGES.items()),
    )
    texts = {"municipality", "people", "came"}
    numbers = {key: "number" for key, _text in heads if key not in texts}
    rows: list[tuple[str | int, ...]] = [
        (
            row.name,
            row.evenings,
            row.letters,
            total_text(row.people),
            total_text(row.came),
            row.initiatives,
            *(row.kinds.get(key, 0) for key in KINDS),
            *(row.stages.get(key, 0) for key in STAGES),
        )
        for row in results.rows
    ]
    return Table(
        title=written(Text("Results by municipality")),
        columns=_columns(heads, numbers),
        rows=rows,
        notes=[written(Text(TOO_SMALL.msgid, n=results.smallest))],
    )


def words_of(total: Total) -> Text:
    """Return a sum that is not exact in words."""
    if not total.least:
        return Text("too few to show")
    return Text("at least %(n)s", n=total.least)


def total_text(total: Total) -> str:
    """Return a sum in words: exact, or at least so many."""
    if total.is_exact:
        return str(total.least)
    return written(words_of(total))


def _columns(heads: Sequence[tuple[str, Text]], kinds: dict[str, Any]) -> list[Column]:
    return [
        Column(key=key, heading=written(text), kind=kinds.get(key, "text")) for key, text in heads
    ]
