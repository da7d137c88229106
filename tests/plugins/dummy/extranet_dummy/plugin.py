"""The dummy: its manifest, and what it registers."""

from __future__ import annotations

from click import Command

from extranet import api
from extranet.api import hookimpl
from extranet_dummy import models, policy, tasks, views
from extranet_dummy.hearing import (  # noqa: F401 - hooks of this plugin
    extranet_check_enabling,
    extranet_check_go_live,
    extranet_on_change,
    extranet_on_participation,
    extranet_show_panels,
    extranet_show_todos,
)
from extranet_dummy.services import SETTINGS
from extranet_dummy.wording import Text

manifest = api.Manifest(
    name="dummy",
    title=Text("Dummy"),
    summary=Text("Uses every extension point."),
    kind=api.PluginKind.PLUSTAAK,
    api=(1, 0),
    settings=SETTINGS,
    participants=api.ParticipantsRule(
        minimum=4, kinds=frozenset({"gemeente"}), words=Text("Four municipalities are needed.")
    ),
    agreement=(api.Article(key="aim", title=Text("Aim"), text=Text("To remember.")),),
    budget=(api.BudgetTemplateLine(key="pens", name=Text("Pens"), amounts=(1000,)),),
)


@hookimpl
def extranet_register_pages() -> list[api.Pages]:
    pages = api.Pages(blueprint=views.blueprint)
    return [pages, api.Pages(blueprint=views.public_blueprint, is_public=True)]


@hookimpl
def extranet_register_models() -> list[type[api.DeclarativeBase]]:
    return [models.Model]


@hookimpl
def extranet_register_permissions() -> list[api.Permission]:
    return [policy.VIEW, policy.EDIT]


@hookimpl
def extranet_register_navigation() -> list[api.NavigationEntry]:
    title = Text("Dummy notes")
    return [api.NavigationEntry(title=title, endpoint="dummy.notes", permission=policy.VIEW)]


@hookimpl
def extranet_register_commands() -> list[Command]:
    return [tasks.count]


@hookimpl
def extranet_register_jobs() -> list[api.Job]:
    return tasks.JOBS


@hookimpl
def extranet_register_demo() -> list[api.Example]:
    return [api.Example(fill=tasks.fill_example)]


@hookimpl
def extranet_register_personal_data() -> list[api.PersonalData]:
    return [tasks.VISITORS]
