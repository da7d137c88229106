"""Who may see how a region stands and what happened in it."""

from __future__ import annotations

from extranet.access import EVERY_COALITION_ROLE, EVERY_ROLE, Role, permission

VIEW_REGION = permission("overview.region.view", EVERY_ROLE)
VIEW_ACTIVITY = permission("overview.activity.view", EVERY_ROLE)
VIEW_COALITION_ACTIVITY = permission(
    "overview.coalition_activity.view", EVERY_ROLE, coalition=EVERY_COALITION_ROLE
)
VIEW_DETAILS = permission(
    "overview.activity.details", (Role.REGION_ADMIN, Role.PROGRAMME_TEAM, Role.CONTROLLER)
)
EXPORT_ACTIVITY = permission("overview.activity.export", (Role.REGION_ADMIN,))
