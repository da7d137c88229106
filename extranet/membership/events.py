"""What happened in this domain, for the higher ones to act upon inside the transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from extranet.i18n import Text


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
class OrganisationSucceeded:
    """An organisation goes, or no longer goes, into another one (herindeling)."""

    organisation_id: int
    successor_id: int | None
    successor_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotAdopted:
    """A region works with another population snapshot from now on."""

    region_id: int
    snapshot_id: int
    previous_snapshot_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What a member pays into one purse in a year, in cents; below zero it gets that back.

    `within` is the coalition whose purse it is, empty for the base of the region. While it is not
    `is_asked` nothing of it is to be paid. The page that explains it is `endpoint` with `values`,
    without one nothing does.
    """

    title: Text | str
    within: str
    year: int
    amount_cents: int
    is_asked: bool
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_base(self) -> bool:
        """Tell whether it is what the member pays for the basistaken."""
        return not self.within


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentsAsked:
    """What does this member pay? The listener adds a line a purse, the base first."""

    region_id: int
    organisation_code: str
    lines: list[Payment] = field(default_factory=list)
