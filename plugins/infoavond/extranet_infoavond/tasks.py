"""What the core asks of this plugin and tells it: thin doors to its queries and services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from extranet.api import (
    Actor,
    Job,
    Panel,
    Place,
    Refusal,
    Todo,
    hookimpl,
    places_of,
)
from extranet_infoavond.models import Evening, EveningState, Host
from extranet_infoavond.policy import own_organisation_id
from extranet_infoavond.services.evenings import drop_leavers
from extranet_infoavond.services.results import keep_counts
from extranet_infoavond.services.summary import renew_summary
from extranet_infoavond.views import showing
from extranet_infoavond.wording import Text

LIST = "infoavond.list_evenings"


def renew(session: Session, _payload: Mapping[str, Any]) -> None:
    """Keep what outlives the sign-ups, and every summary anew: time makes them another."""
    keep_counts(session)
    for place in places_of(session, "infoavond"):
        drop_leavers(session, place)
        renew_summary(session, place)


JOBS = [Job(name="renew", run=renew, every=timedelta(hours=1))]


@hookimpl
def extranet_show_panels(summary: Mapping[str, Any]) -> list[Panel]:
    """Show what is planned and waits, and what the evenings brought."""
    if not summary:
        return []
    next_on = summary["next_on"]
    facts = (
        (Text("Planned evenings"), int(summary["planned"])),
        (
            Text("Next evening"),
            date.fromisoformat(next_on) if next_on else Text("No day chosen yet"),
        ),
        (Text("Letters to approve"), len(summary["waiting"])),
    )
    planned = Panel(title=Text("Information evenings"), facts=facts, endpoint=LIST)
    return [planned, *showing.panels(summary)]


@hookimpl
def extranet_show_todos(actor: Actor, summary: Mapping[str, Any]) -> list[Todo]:
    """Show which letters wait for approval, one's own or all, and which steps are late."""
    waiting = summary.get("waiting", [])
    own = own_organisation_id(actor)
    mine = [one for one in waiting if one["organisation_id"] == own]
    letters = [
        Todo(
            text=Text("Approve the letter for “%(evening)s”", evening=one["evening"]),
            who=Text("Municipality: %(name)s", name=one["municipality"]),
            endpoint="infoavond.letter",
            values={
                "evening_id": one["evening_id"],
                "organisation_id": one["organisation_id"],
            },
            due=date.fromisoformat(one["due"]) if one["due"] else None,
        )
        for one in mine or waiting
    ]
    return [*letters, *showing.todos(actor, summary)]


@hookimpl
def extranet_check_go_live(session: Session, place: Place) -> Refusal | None:
    """Refuse to go live without an evening that has a host: there would be nothing to let out."""
    is_there = session.scalar(
        select(
            exists().where(
                Evening.plustaak_id == place.plustaak_id,
                Evening.state == EveningState.PLANNED,
                Host.evening_id == Evening.id,
            )
        )
    )
    if is_there:
        return None
    return Refusal(
        what=Text("No evening is planned yet with a municipality as its host."),
        solved_by=Text("Plan one and choose its hosts."),
        who=Text("a participant, the lead or the programme team"),
        endpoint="infoavond.plan_form",
    )


@hookimpl
def extranet_on_participation(session: Session, place: Place) -> None:
    """Take who left off the evenings to come; who leaves later is a host until then."""
    drop_leavers(session, place)
    renew_summary(session, place)
