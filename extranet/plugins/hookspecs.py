"""Every hook that a plugin can implement. The prefix of its name says what it may expect.

`extranet_register_…`  once, at boot. Returns frozen values. What is wrong stops the boot in
    development and in tests; in production the plugin is put aside and the reason is shown.
`extranet_show_…`  while a page is made, for the plugins that are on there. Pure: no session. If it
    raises, its items are left out, logged and counted, and the page is shown.
`extranet_check_…`  before a change, in a savepoint. Returns a Refusal or None. If it raises, the
    change is refused.
`extranet_on_…`  after the commit, as a job that was written in the same transaction, with a session
    of its own. If it raises, it is tried again and then waits for the admin.

A plugin implements a hook with a function of the same name in `plugin.py`, marked `@hookimpl`,
with the same names and types of arguments; it may leave arguments out. No result depends on the
order in which plugins were loaded. `docs/plugins.md` repeats this page for authors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import click
import pluggy
from sqlalchemy.orm import DeclarativeBase, Session

from extranet.access import Actor, Permission
from extranet.plugins.contributions import (
    Change,
    Example,
    Job,
    Panel,
    PersonalData,
    Place,
    Refusal,
    Todo,
)
from extranet.plugins.pages import Pages
from extranet.web.navigation import NavigationEntry

PROJECT = "extranet"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def extranet_register_pages() -> Iterable[Pages]:
    """Hand over the blueprints of the plugin, at boot, for everybody its access rules let in.

    Example: `return [Pages(blueprint=views.blueprint)]`
    """
    return ()


@hookspec
def extranet_register_models() -> Iterable[type[DeclarativeBase]]:
    """Hand over the declarative bases of the plugin's tables, at boot, for the database.

    Example: `return [models.Model]`
    """
    return ()


@hookspec
def extranet_register_permissions() -> Iterable[Permission]:
    """Name the acts that the plugin guards, at boot, for who administers the region.

    Example: `return [policy.VIEW, policy.EDIT]`
    """
    return ()


@hookspec
def extranet_register_navigation() -> Iterable[NavigationEntry]:
    """Hand over lines of the menu, at boot, for who may open their pages where the plugin is on.

    Example: `return [NavigationEntry(title=Text("Evenings"), endpoint="infoavond.list_evenings",
    permission=policy.VIEW)]`
    """
    return ()


@hookspec
def extranet_register_commands() -> Iterable[click.Command]:
    """Hand over commands, at boot, for who runs the installation: `extranet <plugin> <command>`.

    Example: `return [cli.export]`
    """
    return ()


@hookspec
def extranet_register_jobs() -> Iterable[Job]:
    """Hand over work for later, at boot, for the worker: queued by name, or periodic.

    Example: `return [Job(name="remind", run=tasks.remind, every=timedelta(days=1))]`
    """
    return ()


@hookspec
def extranet_register_personal_data() -> Iterable[PersonalData]:
    """Declare the data about people, at boot, for the core that erases them on their day.

    Example: `return [PersonalData(table="infoavond_signups", columns=("name", "email"),
    retention="keep_until", about=Text("who signed up"))]`
    """
    return ()


@hookspec
def extranet_register_demo() -> Iterable[Example]:
    """Hand over what fills a place of the demo, at boot, for who tries the program out.

    Example: `return [Example(fill=services.example.fill)]`
    """
    return ()


@hookspec
def extranet_show_panels(actor: Actor, place: Place, summary: Mapping[str, Any]) -> Iterable[Panel]:
    """Describe panels of the overview, while it is made, for who looks at it.

    `summary` is what the plugin kept for this place with `keep_summary`, empty when nothing.

    Example: `return [Panel(title=Text("Evenings"), facts=((Text("Planned"), summary["n"]),))]`
    """
    return ()


@hookspec
def extranet_show_todos(actor: Actor, place: Place, summary: Mapping[str, Any]) -> Iterable[Todo]:
    """Describe what needs doing, while the overview is made, for who looks at it.

    Example: `return [Todo(text=Text("Approve the letter"), who=Text("Venray"))]`
    """
    return ()


@hookspec
def extranet_check_enabling(session: Session, place: Place) -> Refusal | None:
    """Refuse that the plugin is switched on, before it is, for who switches it on.

    `place.plustaak_id` is None: there is no plustaak yet.

    Example: `return None`
    """
    return None


@hookspec
def extranet_check_go_live(
    session: Session, place: Place, participants: tuple[str, ...]
) -> Refusal | None:
    """Refuse that the plustaak goes live, before it does, for who looks at its go-live page.

    `participants` are the codes of the organisations that take part. The manifest's own rule
    about participants has been checked already.

    Example: `return Refusal(what=Text("There is no evening yet."), solved_by=Text("Plan one."),
    who=Text("The lead"), endpoint="infoavond.plan_form")`
    """
    return None


@hookspec
def extranet_on_change(session: Session, place: Place, change: Change) -> None:
    """Hear that the plugin was switched on or off, went live, was frozen, archived or purged.

    Called after the commit, for the plugin that it happened to. After a purge nothing of its
    tables is left for this place: the core deleted it.

    Example: `if change == Change.ENABLED: services.make_first_rows(session, place)`
    """


@hookspec
def extranet_on_participation(
    session: Session, place: Place, organisation_code: str, until_date: date | None
) -> None:
    """Hear that an organisation takes part in the plustaak, or stops doing so on a day.

    Called after the commit, on or off; `until_date` is None for who joined, the last day for who
    leaves the plustaak or with it the coalition.

    Example: `services.close_signups_of(session, place, organisation_code)`
    """
