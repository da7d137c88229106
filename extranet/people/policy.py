"""Who may look at the people of a region and who may change who sits where."""

from __future__ import annotations

from extranet.access import EVERY_ROLE, Role, permission

VIEW_PEOPLE = permission("people.tenure.view", EVERY_ROLE)
MANAGE_PEOPLE = permission("people.tenure.manage", {Role.REGION_ADMIN})
OPERATE_ACCOUNTS = permission("people.account.operate", operator=True)
INVITE_ADMIN = permission("people.invitation.operate", operator=True)
