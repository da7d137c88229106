"""What happens to people's seats, told to the domains above."""

from __future__ import annotations

from dataclasses import dataclass, field

from extranet.i18n import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatInventoryAsked:
    """Somebody leaves a seat: each domain adds what hangs on it to `items`."""

    seat_id: int
    items: list[Text] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureEnded:
    """A person's time on a seat was ended; `until` is the last day."""

    tenure_id: int
    person_id: int
    seat_id: int
