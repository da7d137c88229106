"""What each member pays in a year, and why: the one function for screen, letter, sheet and API."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extranet.errors import InvalidInput
from extranet.i18n import Text
from extranet.money.rules.allocation_key import AllocationKey
from extranet.money.rules.components import CustomWeights
from extranet.money.rules.explanation import PopulationSource, Step
from extranet.money.rules.ladder import explain
from extranet.money.rules.members import Member
from extranet.money.rules.working import Working, work_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one member pays in a year, in cents, below zero for money back, with the reasons."""

    code: str
    name: str
    kind: str
    inhabitants: int | None
    months: int
    amount_cents: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """The shares of all members in a year, ordered by code; they add up to `total_cents`.

    With `made_total` the key makes the total and `gap_cents` is what the budget asks on top of
    it, below zero when the key brings in more: a reserve line closes it. Otherwise it is zero.
    """

    year: int
    shares: tuple[Share, ...]
    total_cents: int
    made_total: bool
    gap_cents: int


def contributions(
    key: AllocationKey,
    members: Sequence[Member],
    *,
    total_to_share_cents: int,
    year: int,
    population: PopulationSource | None = None,
) -> Division:
    """Divide what the members pay together in a year by an allocation key, and explain it.

    Pass the deelnemers of the year; a former member that the key still names with zero months.
    Only who is a member for at least a month pays. By inhabitants share those with a population
    figure (the municipalities); who has a fixed sum pays only that, unless the key says so.
    Amounts in the key are for a whole year and count for the months of membership. No share has
    the sign opposite to the total.

    Raises InvalidInput in words for an official when the key and the members do not fit: a code
    that is no member, a municipality without inhabitants, fixed sums above the total, a maximum
    that is out of reach, nobody to divide over.
    """
    ordered = sorted(members, key=lambda member: member.code)
    _check(key, ordered, population)
    working = work_out(key, ordered, total_to_share_cents=total_to_share_cents, year=year)
    shares = tuple(_share(member, working, population) for member in ordered)
    total_cents = sum(share.amount_cents for share in shares)
    return Division(
        year=year,
        shares=shares,
        total_cents=total_cents,
        made_total=key.makes_total,
        gap_cents=total_to_share_cents - total_cents,
    )


def _share(member: Member, working: Working, population: PopulationSource | None) -> Share:
    return Share(
        code=member.code,
        name=member.name,
        kind=member.kind,
        inhabitants=member.inhabitants,
        months=member.months,
        amount_cents=working.amount_of(member.code),
        steps=explain(member, working, population),
    )


def _check(
    key: AllocationKey, members: Sequence[Member], population: PopulationSource | None
) -> None:
    codes = Counter(member.code for member in members)
    if len(codes) < len(members):
        raise ValueError(f"{codes.most_common(1)[0][0]} is in the list of members twice")
    fixed = key.fixed_sum.sums if key.fixed_sum else {}
    weights = key.distribution.weights if isinstance(key.distribution, CustomWeights) else {}
    for field, named in (("sums", fixed), ("weights", weights)):
        for code in sorted(named.keys() - codes.keys()):
            raise InvalidInput(
                {field: Text("The key names “%(code)s”, which is not a member.", code=code)}
            )
    also_sharing = key.fixed_sum.also_sharing if key.fixed_sum else frozenset()
    for member in members:
        if member.months and (member.code not in fixed or member.code in also_sharing):
            _check_countable(key, member, population)


def _check_countable(
    key: AllocationKey, member: Member, population: PopulationSource | None
) -> None:
    if isinstance(key.distribution, CustomWeights) and member.code not in key.distribution.weights:
        raise InvalidInput({"weights": Text("%(name)s has no weight yet.", name=member.name)})
    if not key.uses_inhabitants:
        return
    if member.inhabitants is None and member.needs_inhabitants:
        message = Text("The population release has no inhabitants of %(name)s.", name=member.name)
        raise InvalidInput({"population": message})
    if member.inhabitants is not None and population is None:
        raise InvalidInput(
            {"population": Text("This region has not chosen a population release yet.")}
        )
