"""The pages about plugins: the region admin's, and the lead's in a coalition."""

from __future__ import annotations

from extranet.i18n import Text
from extranet.membership.views import ADMINISTRATION
from extranet.plugins.policy import ALLOW_PLUGINS, VIEW_PLUSTAKEN
from extranet.plugins.views import administration, matrix, plustaken, presets
from extranet.web.navigation import NavigationEntry

BLUEPRINTS = (administration.blueprint, plustaken.blueprint)
NAVIGATION = (
    NavigationEntry(
        title=Text("Plugins"),
        endpoint="plugin_admin.plugins",
        permission=ALLOW_PLUGINS,
        group=ADMINISTRATION,
        weight=40,
        covers=frozenset({"plugin_admin."}),
    ),
    NavigationEntry(
        title=Text("Plustaken"),
        endpoint="plustaken.plustaken",
        permission=VIEW_PLUSTAKEN,
        weight=60,
        covers=frozenset({"plustaken."}),
    ),
)

# These put their pages on the blueprint of the administration when they are imported.
__all__ = ["BLUEPRINTS", "NAVIGATION", "matrix", "presets"]
