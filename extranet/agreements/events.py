"""What happens to an agreement; whoever owns it listens, inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAgreement:
    """What every event says: whose agreement, and which version of it."""

    region_id: int
    owner: str
    agreement_id: int
    version_id: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSent(OfAgreement):
    """A version went to its parties, who are asked to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementWithdrawn(OfAgreement):
    """A version that was sent asks nobody for an answer any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyConsented(OfAgreement):
    """A party consented, perhaps with a remark; told again when it corrects its answer."""

    organisation_id: int
    has_remark: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDeclined(OfAgreement):
    """A party declined; told again when it corrects its answer."""

    organisation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementInForce(OfAgreement):
    """A version came into force; the one before it, if any, is replaced."""

    in_force_on: date
