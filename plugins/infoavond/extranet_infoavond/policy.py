"""Who plans evenings, who approves a municipality's letter, and who sees a resident's name."""

from __future__ import annotations

from extranet.api import (
    EVERY_COALITION_ROLE,
    EVERY_ROLE,
    Actor,
    CoalitionRole,
    PersonalData,
    Role,
    permission,
)
from extranet_infoavond.wording import Text

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

# The residents' data, which the core erases on the day that the column `keep_until` holds.
PERSONAL_DATA = (
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
)


def acts_for(actor: Actor, organisation_id: int) -> bool:
    """Tell whether somebody acts for an organisation: only its own seats see residents' data."""
    return actor.organisation is not None and actor.organisation.id == organisation_id
