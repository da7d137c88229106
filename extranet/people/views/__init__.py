"""The pages about people: the doors, one's own account, and who sits where in a region."""

from __future__ import annotations

from extranet.i18n import Text
from extranet.people.policy import OPERATE_ACCOUNTS, VIEW_PEOPLE
from extranet.people.views import (
    account,
    accounts,
    doors,
    last_use,
    links,
    own_factor,
    region_admins,
    region_people,
    seats,
    tenures,
)
from extranet.web.navigation import NavigationEntry

BLUEPRINTS = (
    doors.blueprint,
    region_people.blueprint,
    region_admins.blueprint,
    accounts.blueprint,
)
NAVIGATION = (
    NavigationEntry(
        title=Text("People"),
        endpoint="region_people.people",
        permission=VIEW_PEOPLE,
        weight=60,
        covers=frozenset({"region_people."}),
    ),
    NavigationEntry(
        title=Text("Accounts"),
        endpoint="accounts.accounts",
        permission=OPERATE_ACCOUNTS,
        weight=25,
        covers=frozenset({"accounts."}),
    ),
    NavigationEntry(
        title=Text("Your account"),
        endpoint="people.account",
        weight=90,
        covers=frozenset({"people."}),
    ),
)

account.register(doors.blueprint)

# These put their pages on the blueprint of another module when they are imported.
__all__ = ["BLUEPRINTS", "NAVIGATION", "last_use", "links", "own_factor", "seats", "tenures"]
