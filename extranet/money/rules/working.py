"""Work out what every member pays by a key; the figures that `ladder` turns into steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from extranet.errors import InvalidInput
from extranet.i18n import Euros, Text
from extranet.money.rules.allocation_key import AllocationKey
from extranet.money.rules.components import (
    WHOLE_IN_BASIS_POINTS,
    Cap,
    CustomWeights,
    DivisionByInhabitants,
    EqualShare,
    RatePerInhabitant,
)
from extranet.money.rules.division import (
    MONTHS_IN_YEAR,
    LimitedDivision,
    divide_within,
    nearest,
    prorated,
)
from extranet.money.rules.members import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """The working of one division, in cents by code, without sign: `sign` is -1 for money back.

    `own` is what a member that shares counts for in a whole year (inhabitants, a weight or one),
    `counted` the same for its months. `base` is the amount by the rate of a rate key, and
    `result` the division of `left_cents`: the total without fixed sums and foot.
    """

    key: AllocationKey
    year: int
    sign: int
    total_cents: int
    fixed: Mapping[str, int]
    fixed_cents: int
    foot: Mapping[str, int]
    foot_cents: int
    own: Mapping[str, Fraction]
    counted: Mapping[str, Fraction]
    counted_together: Fraction
    all_whole_year: bool
    base: Mapping[str, int]
    left_cents: int
    limits: Mapping[str, int]
    result: LimitedDivision

    def amount_of(self, code: str) -> int:
        """Return what a member pays in cents, below zero when it gets money back."""
        parts = (self.fixed, self.foot, self.result.cents)
        return self.sign * sum(part.get(code, 0) for part in parts)

    def quota_before_cap(self, code: str) -> Fraction:
        """Return the exact part by the rate or the division as if there were no cap."""
        if code in self.base:
            return Fraction(self.base[code])
        if not self.counted_together:
            return Fraction(0)
        return self.left_cents * self.counted[code] / self.counted_together


def work_out(
    key: AllocationKey, members: Sequence[Member], *, total_to_share_cents: int, year: int
) -> Working:
    """Apply the components in their order to those who are a member for at least a month."""
    present = [member for member in members if member.months]
    fixed = _fixed_sums(key, present)
    sharing = [member for member in present if _shares(key, member)]
    foot = _feet(key, sharing)
    own = _own_weights(key, sharing)
    counting = [member for member in sharing if member.code in own]
    counted = {m.code: own[m.code] * Fraction(m.months, MONTHS_IN_YEAR) for m in counting}
    base = _rate_amounts(key, counted, year)
    fixed_cents, foot_cents = sum(fixed.values()), sum(foot.values())
    left_cents = sum(base.values())
    if not key.makes_total:
        left_cents = _left_to_divide(total_to_share_cents, fixed_cents + foot_cents)
    total_cents = fixed_cents + foot_cents + left_cents
    limits = _limits(key, counting, fixed, foot, total_cents)
    return Working(
        key=key,
        year=year,
        sign=-1 if total_to_share_cents < 0 and not key.makes_total else 1,
        total_cents=total_cents,
        fixed=fixed,
        fixed_cents=fixed_cents,
        foot=foot,
        foot_cents=foot_cents,
        own=own,
        counted=counted,
        counted_together=sum(counted.values(), Fraction(0)),
        all_whole_year=all(member.months == MONTHS_IN_YEAR for member in counting),
        base=base,
        left_cents=left_cents,
        limits=limits,
        result=divide_within(left_cents, counted, base=base, limits=limits),
    )


def _shares(key: AllocationKey, member: Member) -> bool:
    fixed = key.fixed_sum
    return not fixed or member.code not in fixed.sums or member.code in fixed.also_sharing


def _fixed_sums(key: AllocationKey, members: Sequence[Member]) -> dict[str, int]:
    sums = key.fixed_sum.sums if key.fixed_sum else {}
    return {
        member.code: prorated(sums[member.code], member.months)
        for member in members
        if member.code in sums
    }


def _feet(key: AllocationKey, sharing: Sequence[Member]) -> dict[str, int]:
    foot = key.foot
    if foot is None:
        return {}
    return {
        member.code: prorated(foot.foot_cents, member.months)
        for member in sharing
        if not foot.kinds or member.kind in foot.kinds
    }


def _own_weights(key: AllocationKey, sharing: Sequence[Member]) -> dict[str, Fraction]:
    match key.distribution:
        case None:
            return {}
        case RatePerInhabitant() | DivisionByInhabitants():
            return {
                member.code: Fraction(member.inhabitants)
                for member in sharing
                if member.inhabitants is not None
            }
        case EqualShare():
            return {member.code: Fraction(1) for member in sharing}
        case CustomWeights(weights=weights):
            return {member.code: Fraction(weights[member.code]) for member in sharing}


def _rate_amounts(key: AllocationKey, counted: Mapping[str, Fraction], year: int) -> dict[str, int]:
    if not isinstance(key.distribution, RatePerInhabitant):
        return {}
    rate_cents = key.distribution.rate_in(year)
    return {code: nearest(rate_cents * inhabitants) for code, inhabitants in counted.items()}


def _left_to_divide(total_to_share_cents: int, before_cents: int) -> int:
    """Return the size of what is divided after fixed sums and foot; refuse a turned sign."""
    if before_cents and total_to_share_cents < 0:
        raise InvalidInput(
            {
                "key": Text(
                    "The members get %(total)s back together, but the fixed sums and the fixed "
                    "foot ask them to pay. Take those out of the key.",
                    total=Euros(-total_to_share_cents),
                )
            }
        )
    if before_cents > abs(total_to_share_cents):
        raise InvalidInput(
            {
                "key": Text(
                    "The fixed sums and the fixed foot are %(fixed)s together, more than the "
                    "%(total)s that the members pay.",
                    fixed=Euros(before_cents),
                    total=Euros(total_to_share_cents),
                )
            }
        )
    return abs(total_to_share_cents) - before_cents


def _limits(
    key: AllocationKey,
    sharing: Sequence[Member],
    fixed: Mapping[str, int],
    foot: Mapping[str, int],
    total_cents: int,
) -> dict[str, int]:
    """Return how much of the divided amount fits under the cap, per member that shares."""
    if key.cap is None:
        return {}
    limits = {}
    for member in sharing:
        most_cents = _most(key.cap, member.months, total_cents)
        already_cents = fixed.get(member.code, 0) + foot.get(member.code, 0)
        if already_cents > most_cents:
            raise InvalidInput(
                {
                    "key": Text(
                        "The maximum for %(name)s is %(most)s, less than its fixed sum and fixed "
                        "foot (%(already)s).",
                        name=member.name,
                        most=Euros(most_cents),
                        already=Euros(already_cents),
                    )
                }
            )
        limits[member.code] = most_cents - already_cents
    return limits


def _most(cap: Cap, months: int, total_cents: int) -> int:
    if cap.max_cents is not None:
        return prorated(cap.max_cents, months)
    return total_cents * (cap.max_basis_points or 0) // WHOLE_IN_BASIS_POINTS
