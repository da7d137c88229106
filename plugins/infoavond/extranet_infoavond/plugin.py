"""What the plugin is, and what it hands to the core."""

from __future__ import annotations

from extranet import api
from extranet.api import hookimpl
from extranet_infoavond import models, policy, tasks, views
from extranet_infoavond.rules.contracts import ARTICLES, BUDGET_LINES, PARTICIPANTS, SETTINGS
from extranet_infoavond.services.example import fill
from extranet_infoavond.tasks import (  # noqa: F401 - hooks of this plugin
    extranet_check_go_live,
    extranet_on_participation,
    extranet_show_panels,
    extranet_show_todos,
)
from extranet_infoavond.wording import Text

manifest = api.Manifest(
    name="infoavond",
    title=Text("Information evenings"),
    summary=Text("Evenings for farmers about green gas. Each municipality invites its own."),
    kind=api.PluginKind.PLUSTAAK,
    api=(1, 0),
    settings=SETTINGS,
    participants=PARTICIPANTS,
    agreement=ARTICLES,
    budget=BUDGET_LINES,
)


@hookimpl
def extranet_register_pages() -> list[api.Pages]:
    """Hand over the pages, and those for residents."""
    return [
        api.Pages(blueprint=views.blueprint),
        api.Pages(blueprint=views.public_blueprint, is_public=True),
    ]


@hookimpl
def extranet_register_models() -> list[type[api.DeclarativeBase]]:
    """Hand over the tables."""
    return [models.Model]


@hookimpl
def extranet_register_permissions() -> list[api.Permission]:
    """Name the permissions."""
    return [policy.VIEW, policy.PLAN, policy.WRITE_OWN, policy.APPROVE_OWN]


@hookimpl
def extranet_register_navigation() -> list[api.NavigationEntry]:
    """Hand over the lines of the menu."""
    title, endpoint = Text("Information evenings"), "infoavond.list_evenings"
    entry = api.NavigationEntry(title=title, endpoint=endpoint, permission=policy.VIEW)
    return [entry, *views.results.NAVIGATION]


@hookimpl
def extranet_register_jobs() -> list[api.Job]:
    """Hand over the work that returns by itself."""
    return tasks.JOBS


@hookimpl
def extranet_register_personal_data() -> list[api.PersonalData]:
    """Declare the residents' data, which the core erases on its day."""
    return list(policy.PERSONAL_DATA)


@hookimpl
def extranet_register_demo() -> list[api.Example]:
    """Hand over what fills the demo."""
    return [api.Example(fill=fill)]
