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
    permits,
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


# Whose seat is the municipality's: who works for the region may hold a seat there as well.
OWN_ROLES = frozenset({Role.CONTACT, Role.OFFICIAL, Role.CONTROLLER, Role.PORTFOLIO_HOLDER})


def own_organisation_id(actor: Actor) -> int | None:
    """Return the organisation that somebody works for, by number; None for staff of the region.

    A centre municipality gives the programme team and the region admin a seat, and takes part:
    that seat alone opens nothing of its residents.
    """
    if actor.organisation is None or actor.roles.isdisjoint(OWN_ROLES):
        return None
    return actor.organisation.id


def acts_for(actor: Actor, organisation_id: int) -> bool:
    """Tell whether somebody acts for an organisation: only its own seats see residents' data."""
    return own_organisation_id(actor) == organisation_id


def writes_own(actor: Actor) -> bool:
    """Tell whether somebody keeps what is a municipality's own, here."""
    return own_organisation_id(actor) is not None and permits(actor, WRITE_OWN)
