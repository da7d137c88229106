"""The dummy: its manifest and its hooks."""

from __future__ import annotations

from extranet.api import Manifest, NavigationEntry, Pages, Permission, PluginKind, hookimpl
from extranet_dummy import policy, views
from extranet_dummy.wording import Text

manifest = Manifest(
    name="dummy",
    title=Text("Dummy"),
    summary=Text("Uses every extension point."),
    kind=PluginKind.PLUSTAAK,
    api=(1, 0),
)


@hookimpl
def extranet_register_pages() -> list[Pages]:
    """Hand over the pages."""
    return [Pages(blueprint=views.blueprint)]


@hookimpl
def extranet_register_permissions() -> list[Permission]:
    """Name the permissions."""
    return [policy.VIEW, policy.EDIT]


@hookimpl
def extranet_register_navigation() -> list[NavigationEntry]:
    """Hand over the line of the menu."""
    return [
        NavigationEntry(title=Text("Dummy notes"), endpoint="dummy.notes", permission=policy.VIEW)
    ]
