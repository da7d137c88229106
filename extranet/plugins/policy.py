"""Who decides about plugins: the region admin what may be used, the lead what is on."""

from __future__ import annotations

from extranet.access import (
    EVERY_COALITION_ROLE,
    EVERY_ROLE,
    CoalitionRole,
    Role,
    permission,
)

ALLOW_PLUGINS = permission("plugins.plugin.allow", (Role.REGION_ADMIN,))
PURGE_PLUGIN = permission("plugins.plugin.purge", (Role.REGION_ADMIN,))
VIEW_PLUSTAKEN = permission(
    "plugins.plustaak.view", EVERY_ROLE, coalition=EVERY_COALITION_ROLE - {CoalitionRole.GUEST}
)
SWITCH_PLUSTAKEN = permission(
    "plugins.plustaak.switch",
    (Role.REGION_ADMIN, Role.PROGRAMME_TEAM),
    coalition=(CoalitionRole.LEAD,),
)
