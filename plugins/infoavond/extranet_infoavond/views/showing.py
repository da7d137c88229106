"""What pages outside this plugin show of it, from the summary that was kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from extranet.api import Actor, Panel, Todo
from extranet_infoavond.policy import acts_for
from extranet_infoavond.rules.suppression import Total
from extranet_infoavond.views.sheets import words_of
from extranet_infoavond.wording import KINDS, Text


def panels(summary: Mapping[str, Any]) -> list[Panel]:
    """Return how many people signed up and how many initiatives there are."""
    if "people" not in summary:
        return []
    people: Text | int = summary["people"]
    if not summary["people_is_exact"]:
        people = words_of(Total(least=summary["people"], is_exact=False))
    return [
        Panel(
            title=Text("Results of the evenings"),
            facts=(
                (Text("People who signed up"), people),
                (Text("Initiatives"), summary["initiatives"]),
            ),
            endpoint="infoavond.results",
        )
    ]


def todos(actor: Actor, summary: Mapping[str, Any]) -> list[Todo]:
    """Return the next steps that are late, for who acts for the municipality that takes them."""
    return [
        Todo(
            text=Text("Take the next step with an initiative: %(kind)s", kind=KINDS[one["kind"]]),
            who=Text("%(name)s", name=one["organisation"]),
            endpoint="infoavond.initiative",
            values={"initiative_id": one["id"]},
            due=date.fromisoformat(one["next_on"]),
        )
        for one in summary.get("overdue", ())
        if acts_for(actor, one["organisation_id"])
    ]
