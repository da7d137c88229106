"""Who may see the basistaken, keep them, and write how they go.

Every role of the region sees them. The programme team and the region admin keep them; whoever
chairs a basistaak writes its progress too, from that very seat.
"""

from __future__ import annotations

from extranet.access import EVERY_ROLE, Actor, Role, permission, permits

VIEW_TASKS = permission("basistaken.basistaak.view", EVERY_ROLE)
EDIT_TASKS = permission("basistaken.basistaak.edit", (Role.PROGRAMME_TEAM, Role.REGION_ADMIN))


def can_write_note(actor: Actor, *, chair_seat_id: int | None) -> bool:
    """Tell whether the actor may write progress on a basistaak with this chair's seat."""
    if permits(actor, EDIT_TASKS):
        return True
    if chair_seat_id is None or actor.region is None or actor.organisation is None:
        return False
    return any(
        seat.seat_id == chair_seat_id
        and seat.region.id == actor.region.id
        and seat.organisation.id == actor.organisation.id
        for seat in actor.seats
    )
