"""What the plugin is, and what it hands to the core."""

from __future__ import annotations

from extranet.api import (
    DeclarativeBase,
    Manifest,
    NavigationEntry,
    Pages,
    Permission,
    PersonalData,
    PluginKind,
    hookimpl,
)
from extranet_infoavond import models, policy, views
from extranet_infoavond.wording import Text

manifest = Manifest(
    name="infoavond",
    title=Text("Information evenings"),
    summary=Text("Evenings for farmers about green gas. Each municipality invites its own."),
    kind=PluginKind.PLUSTAAK,
    api=(1, 0),
)


@hookimpl
def extranet_register_pages() -> list[Pages]:
    """Hand over the pages."""
    return [Pages(blueprint=views.blueprint)]


@hookimpl
def extranet_register_models() -> list[type[DeclarativeBase]]:
    """Hand over the tables."""
    return [models.Model]


@hookimpl
def extranet_register_permissions() -> list[Permission]:
    """Name the permissions."""
    return [policy.VIEW, policy.PLAN, policy.WRITE_OWN, policy.APPROVE_OWN]


@hookimpl
def extranet_register_navigation() -> list[NavigationEntry]:
    """Hand over the lines of the menu."""
    evenings = Text("Information evenings")
    return [
        NavigationEntry(title=evenings, endpoint="infoavond.list_evenings", permission=policy.VIEW)
    ]


@hookimpl
def extranet_register_personal_data() -> list[PersonalData]:
    """Declare the residents' data, which the core erases on its day."""
    return [
        PersonalData(
            table="infoavond_signups",
            columns=("name", "company", "email", "phone", "remark"),
            retention="keep_until",
            about=Text("residents who signed up"),
            whole_row=True,
        ),
        PersonalData(
            table="infoavond_initiatives",
            columns=("initiator", "contact", "note"),
            retention="keep_until",
            about=Text("initiators"),
        ),
    ]
