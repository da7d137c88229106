"""Who may see and keep the documents of a region itself, by role and by confidentiality.

Of documents that belong to something else in the region, the domain that owns that decides.
"""

from __future__ import annotations

from extranet.access import EVERY_ROLE, Actor, Role, permission
from extranet.documents.models import Confidentiality

VIEW_DOCUMENTS = permission("documents.document.view", EVERY_ROLE)
EDIT_DOCUMENTS = permission("documents.document.edit", (Role.REGION_ADMIN, Role.PROGRAMME_TEAM))

EVERYTHING = frozenset(Confidentiality)
_READERS_OF_CONFIDENTIAL = frozenset(
    {Role.REGION_ADMIN, Role.PROGRAMME_TEAM, Role.PORTFOLIO_HOLDER}
)


def visible_to(actor: Actor) -> frozenset[Confidentiality]:
    """Return which documents of the region itself the actor may read.

    A role that only reads is no participant, wherever its holder sits besides.
    """
    if actor.region is None or not actor.roles:
        return frozenset()
    if actor.roles & _READERS_OF_CONFIDENTIAL:
        return EVERYTHING
    if actor.roles == {Role.READER}:
        return frozenset({Confidentiality.PUBLIC, Confidentiality.MEMBERS})
    return EVERYTHING - {Confidentiality.CONFIDENTIAL}
