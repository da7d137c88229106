"""Which household is meant: the region's base, or one that a domain above owns."""

from __future__ import annotations

from dataclasses import dataclass

BASE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """A household by name: its region, and what the domain above calls it (`plustaak:12`).

    An empty owner is the base of the region: its basistaken.
    """

    region_id: int
    owner: str = BASE

    @property
    def is_base(self) -> bool:
        """Tell whether this is the purse that every deelnemer of the region pays into."""
        return self.owner == BASE
