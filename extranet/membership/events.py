"""What happened in this domain, for the higher ones to act upon inside the transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipStarted:
    """An organisation was made a member of a region from a day on."""

    membership_id: int
    region_id: int
    organisation_id: int
    from_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipEnded:
    """A membership got its last day; the seats at the organisation end with it."""

    membership_id: int
    region_id: int
    organisation_id: int
    until_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipCorrected:
    """What was recorded of a membership changed: its kind, its period or the centrum."""

    membership_id: int
    region_id: int
    organisation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatEndsMoved:
    """Seats got another last day with their membership; `former` has the old one by seat number.

    Who cannot have it refuses the change with InvalidInput.
    """

    region_id: int
    former: Mapping[int, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotAdopted:
    """A region works with another population snapshot from now on."""

    region_id: int
    snapshot_id: int
    previous_snapshot_id: int | None
