"""Who may see coalitions, propose one, work in it and lead it.

Everybody with a seat in the region, partners included, may look into its coalitions; a guest sees
the one that they were let into. Who leads is a seat: what hangs on it survives who leaves.
"""

from __future__ import annotations

from extranet.access import (
    EVERY_COALITION_ROLE,
    EVERY_ROLE,
    Actor,
    CoalitionRole,
    Role,
    permission,
    permits,
)
from extranet.documents.models import Confidentiality

KEEPERS = frozenset({Role.REGION_ADMIN, Role.PROGRAMME_TEAM})
LIST_COALITIONS = permission("coalitions.coalition.list", EVERY_ROLE)
VIEW_COALITION = permission("coalitions.coalition.view", EVERY_ROLE, coalition=EVERY_COALITION_ROLE)
PROPOSE = permission("coalitions.coalition.propose", EVERY_ROLE - {Role.READER})
ANSWER = permission(
    "coalitions.interest.answer", {Role.CONTACT, Role.OFFICIAL, Role.PORTFOLIO_HOLDER, *KEEPERS}
)
MANAGE = permission("coalitions.coalition.manage", KEEPERS, coalition={CoalitionRole.LEAD})
SPEAK = permission(
    "coalitions.participation.speak",
    KEEPERS,
    coalition={CoalitionRole.LEAD, CoalitionRole.REPRESENTATIVE},
)
WORK = permission(
    "coalitions.workspace.work",
    KEEPERS,
    coalition={CoalitionRole.LEAD, CoalitionRole.REPRESENTATIVE, CoalitionRole.PARTICIPANT},
)
TOLD_OF_THRESHOLD = (Role.REGION_ADMIN, Role.CONTACT, Role.PORTFOLIO_HOLDER)


def reads_of(actor: Actor) -> frozenset[Confidentiality]:
    """Return which documents of a coalition the actor may read.

    What is confidential is for who leads, speaks for a participant or keeps the region's books.
    """
    if permits(actor, SPEAK):
        return frozenset(Confidentiality)
    if actor.coalition_roles:
        return frozenset(Confidentiality) - {Confidentiality.CONFIDENTIAL}
    return frozenset({Confidentiality.PUBLIC, Confidentiality.MEMBERS})
