"""Divide whole cents so that the parts add up exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from extranet.errors import InvalidInput
from extranet.i18n import Euros, Text

MONTHS_IN_YEAR = 12


def divide(total_cents: int, weights: Mapping[str, Fraction | int]) -> dict[str, int]:
    """Divide an amount over official codes by weight, by largest remainder.

    Every part is first cut off at whole cents; the cents that are left go one by one to the
    largest remainders, and where those are equal to the lower code. So the parts add up to the
    total, each lies within one cent of its exact quota, none has the opposite sign, and the order
    of the weights does not matter. A total below zero (money that goes back) is divided as its
    opposite would be. Weights are relative and zero or more; who has weight zero gets nothing.

    Raises InvalidInput when there is no weight above zero, ValueError on one below zero.
    """
    whole = _whole_weights(weights)
    together = sum(whole.values())
    if together == 0:
        raise InvalidInput(
            {"weights": Text("Nobody shares this amount: there is no weight above zero.")}
        )
    parts: dict[str, int] = {}
    remainders: dict[str, int] = {}
    for code in sorted(whole):
        parts[code], remainders[code] = divmod(abs(total_cents) * whole[code], together)
    left = abs(total_cents) - sum(parts.values())
    for code in sorted(parts, key=lambda code: (-remainders[code], code))[:left]:
        parts[code] += 1
    return parts if total_cents >= 0 else {code: -part for code, part in parts.items()}


def _whole_weights(weights: Mapping[str, Fraction | int]) -> dict[str, int]:
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("a weight is zero or more")
    scale = lcm(*(weight.denominator for weight in weights.values()))
    return {
        code: weight.numerator * (scale // weight.denominator) for code, weight in weights.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitedDivision:
    """The parts of a division with limits, in cents by code.

    `quotas` are the exact parts before rounding, after what lies above a limit moved to the
    others; `limited` are the codes that stand at their limit.
    """

    cents: Mapping[str, int]
    quotas: Mapping[str, Fraction]
    limited: frozenset[str]


def divide_within(
    total_cents: int,
    weights: Mapping[str, Fraction],
    *,
    base: Mapping[str, int],
    limits: Mapping[str, int],
) -> LimitedDivision:
    """Divide an amount of zero or more, where nobody gets more than a limit.

    Everyone starts with a base of whole cents (none: zero); what the total has on top is divided
    by weight. Who would come above its limit stands at the limit, and what it leaves goes to the
    others by their weights; that repeats until nobody is above. Each round fixes at least one
    code, so it ends, and rounding comes once, at the end. A code without a limit has none.

    Raises InvalidInput when money is left and nobody can take it.
    """
    limited: set[str] = set()
    while True:
        free = {code: weight for code, weight in weights.items() if code not in limited}
        rest = (
            total_cents
            - sum(limits[code] for code in limited)
            - sum(base.get(code, 0) for code in free)
        )
        quotas = _quotas(rest, free, base, someone_limited=bool(limited))
        above = {code for code, quota in quotas.items() if quota > limits.get(code, quota)}
        if not above:
            break
        limited |= above
    extra = divide(rest, free) if rest else {}
    at_limit = {code: limits[code] for code in limited}
    return LimitedDivision(
        cents={code: base.get(code, 0) + extra.get(code, 0) for code in free} | at_limit,
        quotas=quotas | {code: Fraction(limit) for code, limit in at_limit.items()},
        limited=frozenset(limited),
    )


def _quotas(
    rest: int, weights: Mapping[str, Fraction], base: Mapping[str, int], *, someone_limited: bool
) -> dict[str, Fraction]:
    together = sum(weights.values(), Fraction(0))
    if rest and not together:
        raise InvalidInput({"key": _nobody_left(rest, someone_limited=someone_limited)})
    per_weight = rest / together if rest else Fraction(0)
    return {code: base.get(code, 0) + weight * per_weight for code, weight in weights.items()}


def _nobody_left(rest: int, *, someone_limited: bool) -> Text:
    if someone_limited:
        return Text(
            "The maximum is too low: when every member pays its maximum, %(amount)s is left.",
            amount=Euros(rest),
        )
    return Text("No member shares the remaining %(amount)s.", amount=Euros(rest))


def prorated(cents_a_year: int, months: int) -> int:
    """Return the part of a yearly amount for a number of months, to the nearest cent, half up."""
    return nearest(Fraction(cents_a_year * months, MONTHS_IN_YEAR))


def nearest(cents: Fraction) -> int:
    """Round an exact amount of zero or more to the nearest whole cent, half a cent up."""
    return (2 * cents.numerator + cents.denominator) // (2 * cents.denominator)
