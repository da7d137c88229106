"""Who sees the dummy's notes and who writes them."""

from __future__ import annotations

from extranet.api import EVERY_COALITION_ROLE, EVERY_ROLE, CoalitionRole, Role, permission

VIEW = permission("dummy.note.view", EVERY_ROLE, coalition=EVERY_COALITION_ROLE)
EDIT = permission(
    "dummy.note.edit",
    (Role.REGION_ADMIN, Role.PROGRAMME_TEAM),
    coalition=(CoalitionRole.LEAD, CoalitionRole.PARTICIPANT, CoalitionRole.REPRESENTATIVE),
)
