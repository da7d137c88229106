"""Who plans evenings, who approves a municipality's letter, and who sees a resident's name."""

from __future__ import annotations

from extranet.api import (
    EVERY_COALITION_ROLE,
    EVERY_ROLE,
    Actor,
    CoalitionRole,
    Role,
    permission,
)

VIEW = permission("infoavond.evening.view", EVERY_ROLE, coalition=EVERY_COALITION_ROLE)
PLAN = permission(
    "infoavond.evening.plan",
    (Role.REGION_ADMIN, Role.PROGRAMME_TEAM),
    coalition=(CoalitionRole.LEAD, CoalitionRole.REPRESENTATIVE, CoalitionRole.PARTICIPANT),
)
# What follows is a municipality's own: besides the permission, the actor acts for that one.
WRITE_OWN = permission(
    "infoavond.municipality.write",
    coalition=(CoalitionRole.LEAD, CoalitionRole.REPRESENTATIVE, CoalitionRole.PARTICIPANT),
)
APPROVE_OWN = permission(
    "infoavond.letter.approve",
    coalition=(CoalitionRole.REPRESENTATIVE,),
)


def acts_for(actor: Actor, organisation_id: int) -> bool:
    """Tell whether somebody acts for an organisation: only its own seats see residents' data."""
    return actor.organisation is not None and actor.organisation.id == organisation_id
