"""What the plugin is, and what it hands to the core."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from extranet import api
from extranet.api import Actor, hookimpl
from extranet_infoavond import models, policy, views
from extranet_infoavond.queries.settings import SETTINGS
from extranet_infoavond.services.results import renew
from extranet_infoavond.views import results, showing
from extranet_infoavond.wording import Text

manifest = api.Manifest(
    name="infoavond",
    title=Text("Information evenings"),
    summary=Text("Evenings for farmers about green gas. Each municipality invites its own."),
    kind=api.PluginKind.PLUSTAAK,
    api=(1, 0),
    settings=SETTINGS,
)


@hookimpl
def extranet_register_pages() -> list[api.Pages]:
    """Hand over the pages of who works here, and those of residents."""
    public = api.Pages(blueprint=views.public_blueprint, is_public=True)
    return [api.Pages(blueprint=views.blueprint), public]


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
    return [entry, *results.NAVIGATION]


@hookimpl
def extranet_register_personal_data() -> list[api.PersonalData]:
    """Declare the residents' data, which the core erases on its day."""
    return list(policy.PERSONAL_DATA)


@hookimpl
def extranet_register_jobs() -> list[api.Job]:
    """Keep counts and summaries up to date."""
    return [api.Job(name="renew", run=renew, every=timedelta(hours=1))]


@hookimpl
def extranet_show_panels(summary: Mapping[str, Any]) -> list[api.Panel]:
    """Show what the evenings brought."""
    return showing.panels(summary)


@hookimpl
def extranet_show_todos(actor: Actor, summary: Mapping[str, Any]) -> list[api.Todo]:
    """Show the next steps that are late."""
    return showing.todos(actor, summary)
