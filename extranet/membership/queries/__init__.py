"""Reads about who works together.

What the higher domains may lean on is named here: who is a member of a region on a day or during
a period, and the inhabitants by the population release that a region works with. The modules hold
what this domain's own pages show.
"""

from extranet.membership.queries.members import Member, members_on, memberships_in
from extranet.membership.queries.population import figures, reference_dates
from extranet.membership.queries.regions import Snapshot, snapshot_of

__all__ = [
    "Member",
    "Snapshot",
    "figures",
    "members_on",
    "memberships_in",
    "reference_dates",
    "snapshot_of",
]
