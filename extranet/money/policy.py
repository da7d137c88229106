"""Who may see, edit and adopt a region's money, and that of a plustaak.

Every role of the region sees budgets and contributions, letters included: what one member pays
and why is open to all of them, and so is a plustaak's to everybody who may look into its
coalition. Editing is for the region admin, the programme team and the controller; adopting is for
the region admin and the controller. In a coalition its lead does both.

A controller keeps the books of certain organisations only. Where a region has a centrum, it keeps
those of the base, so only the controller of the centrum counts: that of another member watches.
The books of a plustaak are kept by the centrum's controller and by that of the participant that
leads.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from extranet.access import (
    EVERY_COALITION_ROLE,
    EVERY_ROLE,
    Actor,
    CoalitionRole,
    Permission,
    Role,
    permission,
    permits,
)

VIEW_CONTRIBUTIONS = permission(
    "money.contribution.view", EVERY_ROLE, coalition=EVERY_COALITION_ROLE
)
VIEW_BUDGET = permission("money.budget.view", EVERY_ROLE, coalition=EVERY_COALITION_ROLE)
EDIT_BUDGET = permission(
    "money.budget.edit",
    (Role.REGION_ADMIN, Role.PROGRAMME_TEAM, Role.CONTROLLER),
    coalition={CoalitionRole.LEAD},
)
ADOPT_BUDGET = permission(
    "money.budget.adopt", (Role.REGION_ADMIN, Role.CONTROLLER), coalition={CoalitionRole.LEAD}
)

TOLD_OF_ADOPTION = (Role.CONTACT, Role.CONTROLLER, Role.PORTFOLIO_HOLDER)


def counts_by_seat(actor: Actor, wanted: Permission) -> bool:
    """Tell whether the actor holds a permission otherwise than as a controller."""
    return permits(replace(actor, roles=actor.roles - {Role.CONTROLLER}), wanted)


def keeps_books(actor: Actor, wanted: Permission, *, keepers: Collection[int] | None) -> bool:
    """Tell whether the actor may use a permission on these books.

    `keepers` are the organisations whose controller keeps them, None for those of every member.
    """
    if not permits(actor, wanted) or actor.organisation is None:
        return False
    return counts_by_seat(actor, wanted) or keepers is None or actor.organisation.id in keepers
