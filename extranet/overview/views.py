"""The first pages: where to go, how a region stands, and what happened in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, stream_with_context, url_for
from werkzeug.wrappers import Response

from extranet.access import Actor, OrganisationRef, RegionRef, permits
from extranet.basistaken.policy import EDIT_TASKS
from extranet.basistaken.rules import STATE_KINDS, STATE_WORDS
from extranet.errors import NotFound
from extranet.i18n import Text, translate
from extranet.membership.policy import ADOPT_POPULATION, VIEW_MEMBERS
from extranet.money.policy import EDIT_BUDGET, VIEW_CONTRIBUTIONS
from extranet.overview import queries
from extranet.overview.policy import (
    EXPORT_ACTIVITY,
    VIEW_ACTIVITY,
    VIEW_COALITION_ACTIVITY,
    VIEW_DETAILS,
    VIEW_REGION,
)
from extranet.overview.rules import people_in, sentence
from extranet.overview.wording import changes
from extranet.people.policy import MANAGE_PEOPLE, VIEW_PEOPLE
from extranet.publishing.csv_export import MEDIA_TYPE, render_csv_for_people
from extranet.publishing.downloads import download
from extranet.publishing.tables import Column, Kind, Table
from extranet.web.access import current_actor, find_actor, public, requires
from extranet.web.database import read_session
from extranet.web.jinja import current_locale
from extranet.web.navigation import NavigationEntry
from extranet.web.paging import PAGE_SIZE, asked_key, page_of

blueprint = Blueprint("overview", __name__)
LATEST = 5
COLUMNS = {
    "id": Text("Entry"),
    "at": Text("When"),
    "person": Text("Who"),
    "organisation": Text("On behalf of"),
    "action": Text("Action"),
    "subject": Text("What"),
    "before": Text("Before"),
    "after": Text("After"),
}
COLUMN_KINDS: dict[str, Kind] = {"id": "number", "before": "json", "after": "json"}
# What somebody can do from here, most specific first; a page shows the first few.
TASKS = (
    (EDIT_BUDGET, Text("Work on the budget"), "money.budgets"),
    (MANAGE_PEOPLE, Text("Add a seat and invite somebody"), "region_people.seat_form"),
    (ADOPT_POPULATION, Text("Choose the population figures"), "region_population.choose_form"),
    (EDIT_TASKS, Text("Write how a basistaak goes"), "basistaken.list_tasks"),
    (VIEW_CONTRIBUTIONS, Text("Compare what all deelnemers pay"), "money.contributions"),
    (VIEW_PEOPLE, Text("Look up who sits where"), "region_people.people"),
    (VIEW_MEMBERS, Text("Look up a member"), "membership.members"),
)
MOST_TASKS = 5


@blueprint.get("/")
@public
def start() -> str | Response:
    """Bring everybody where they belong."""
    actor = find_actor()
    guest_of = [seat.coalition_id for seat in actor.seats if seat.coalition_id] if actor else []
    if actor is not None and not actor.is_operator and not guest_of and len(actor.choices) > 0:
        slugs = {choice.region_slug for choice in actor.choices}
        if len(slugs) == 1:
            return redirect(url_for("overview.home", region=slugs.pop()))
    is_operator = actor is not None and actor.is_operator
    return render_template(
        "overview/start.html",
        installation=queries.installation_of(read_session()) if is_operator else None,
        workspaces=queries.workspaces_of_guest(read_session(), guest_of) if guest_of else (),
    )


@blueprint.get("/<region>/")
@requires(VIEW_REGION)
def home() -> str:
    """Show how the region stands for the organisation that the reader acts for."""
    actor, session = current_actor(), read_session()
    region, organisation = _place(actor)
    return render_template(
        "overview/home.html",
        standing=queries.standing_of(session, region_id=region.id, organisation_id=organisation.id),
        tasks=queries.tasks_of(session, region_id=region.id),
        task_prefix=url_for("basistaken.list_tasks"),
        words=STATE_WORDS,
        kinds=STATE_KINDS,
        entries=queries.activity_of(session, region_id=region.id, count=LATEST),
        sentence=sentence,
        doings=[(text, url_for(to)) for wanted, text, to in TASKS if permits(actor, wanted)][
            :MOST_TASKS
        ],
    )


@blueprint.get("/<region>/activiteit")
@requires(VIEW_ACTIVITY)
def activity() -> str:
    """Show what happened in the region, newest first."""
    actor, session, after = current_actor(), read_session(), asked_key()
    region, _organisation = _place(actor)
    rows = queries.activity_of(session, region_id=region.id, count=PAGE_SIZE + 1, before_id=after)
    page = page_of(rows, [row.id for row in rows])
    sees = permits(actor, VIEW_DETAILS)
    people = {number for row in page.rows for number in people_in(row)} if sees else ()
    return render_template(
        "overview/activity.html",
        page=page,
        is_first=after is None,
        sentence=sentence,
        changes=changes if sees else None,
        names=queries.names_of(session, people),
        exports=permits(actor, EXPORT_ACTIVITY),
    )


@blueprint.get("/<region>/coalities/<coalition>/activiteit")
@requires(VIEW_COALITION_ACTIVITY)
def coalition_activity() -> str:
    """Show what happened in a coalition, newest first."""
    coalition, after = current_actor().coalition, asked_key()
    if coalition is None:
        raise NotFound(Text("This page does not exist."))
    rows = queries.activity_in_coalition(
        read_session(), coalition_id=coalition.id, count=PAGE_SIZE + 1, before_id=after
    )
    return render_template(
        "overview/coalition_activity.html",
        page=page_of(rows, [row.id for row in rows]),
        is_first=after is None,
        sentence=sentence,
    )


@blueprint.get("/<region>/activiteit/activiteit.csv")
@requires(EXPORT_ACTIVITY)
def export() -> Response:
    """Give the whole log as a file, batch by batch."""
    region, _organisation = _place(current_actor())
    content = stream_with_context(_csv(region.id))
    return download(content, MEDIA_TYPE, f"activiteit-{region.slug}.csv")


def _csv(region_id: int) -> Iterator[bytes]:
    locale = current_locale()
    for number, rows in enumerate(queries.every_activity(read_session(), region_id=region_id)):
        yield render_csv_for_people(_table(rows, locale), locale, is_start=number == 0)


def _table(rows: Sequence[Any], locale: str) -> Table:
    return Table(
        title="activity",
        columns=[
            Column(key=key, heading=translate(heading, locale), kind=COLUMN_KINDS.get(key, "text"))
            for key, heading in COLUMNS.items()
        ],
        rows=[
            (
                row.id,
                row.at.isoformat(),
                row.person,
                row.organisation,
                row.action,
                row.subject_label,
                json.dumps(row.before, ensure_ascii=False),
                json.dumps(row.after, ensure_ascii=False),
            )
            for row in rows
        ],
    )


def _place(actor: Actor) -> tuple[RegionRef, OrganisationRef]:
    if actor.region is None or actor.organisation is None:
        raise NotFound(Text("This page does not exist."))
    return actor.region, actor.organisation


BLUEPRINTS = (blueprint,)
NAVIGATION = (
    NavigationEntry(
        title=Text("Overview"), endpoint="overview.home", permission=VIEW_REGION, weight=10
    ),
    NavigationEntry(
        title=Text("Activity"), endpoint="overview.activity", permission=VIEW_ACTIVITY, weight=90
    ),
    NavigationEntry(
        title=Text("Activity"),
        endpoint="overview.coalition_activity",
        permission=VIEW_COALITION_ACTIVITY,
        weight=90,
    ),
)
