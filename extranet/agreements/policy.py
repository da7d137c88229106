"""Who may see agreements, and who keeps a region's model clauses.

Everybody with a seat in the region sees its agreements; a guest sees those of the one coalition
that they were let into. Who may edit an agreement or answer for a party is not said here: the
domain above, which owns the agreement, says it with the place (`views/place.py`).
"""

from __future__ import annotations

from extranet.access import EVERY_COALITION_ROLE, EVERY_ROLE, Role, permission

VIEW_AGREEMENT = permission("agreements.agreement.view", EVERY_ROLE, coalition=EVERY_COALITION_ROLE)
EDIT_CLAUSES = permission("agreements.clauses.edit", (Role.REGION_ADMIN,))

# By the seats they hold at a party, these people are told of a version and reminded of it.
REPRESENTATIVES = frozenset({Role.CONTACT, Role.PORTFOLIO_HOLDER})
