"""Who may see and change regions, organisations, memberships, bodies and population figures.

Everybody in a region sees its members. The region admin keeps members, bodies and settings and
chooses the population release; what every region shares is the operator's: the list of regions,
the national list of organisations and the releases themselves.
"""

from __future__ import annotations

from extranet.access import EVERY_ROLE, Role, permission

VIEW_MEMBERS = permission("membership.members.view", EVERY_ROLE)
EDIT_MEMBERS = permission("membership.members.edit", (Role.REGION_ADMIN,))
EDIT_REGION = permission("membership.region.edit", (Role.REGION_ADMIN,))
EDIT_BODIES = permission("membership.bodies.edit", (Role.REGION_ADMIN,))
ADOPT_POPULATION = permission("membership.population.adopt", (Role.REGION_ADMIN,))

OPERATE_REGIONS = permission("membership.regions.operate", operator=True)
OPERATE_ORGANISATIONS = permission("membership.organisations.operate", operator=True)
IMPORT_POPULATION = permission("membership.population.import", operator=True)
