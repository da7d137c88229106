"""Who may see, edit and adopt a region's money.

Every role of the region sees budgets and contributions, letters included: what one member pays
and why is open to all of them. Editing is for the region admin, the programme team and the
controller; adopting is for the region admin and the controller. Where a region has a centrum, it
keeps the books, so only the controller of the centrum counts: the controller of another member
watches.
"""

from __future__ import annotations

from extranet.access import EVERY_ROLE, Actor, Permission, Role, permission, permits

VIEW_CONTRIBUTIONS = permission("money.contribution.view", EVERY_ROLE)
VIEW_BUDGET = permission("money.budget.view", EVERY_ROLE)
EDIT_BUDGET = permission(
    "money.budget.edit", (Role.REGION_ADMIN, Role.PROGRAMME_TEAM, Role.CONTROLLER)
)
ADOPT_BUDGET = permission("money.budget.adopt", (Role.REGION_ADMIN, Role.CONTROLLER))

TOLD_OF_ADOPTION = (Role.CONTACT, Role.CONTROLLER, Role.PORTFOLIO_HOLDER)


def counts_by_seat(actor: Actor, wanted: Permission) -> bool:
    """Tell whether the actor holds a permission by another role than controller."""
    roles = actor.roles - {Role.CONTROLLER}
    return actor.region is not None and not roles.isdisjoint(wanted.roles)


def keeps_books(actor: Actor, wanted: Permission, *, centrum_id: int | None) -> bool:
    """Tell whether the actor may use a permission on the region's books.

    `centrum_id` is the organisation that is the centrum today, None where there is none.
    """
    if not permits(actor, wanted) or actor.organisation is None:
        return False
    return counts_by_seat(actor, wanted) or centrum_id in (None, actor.organisation.id)
