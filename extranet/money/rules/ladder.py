"""Turn the working of a division into the steps that explain one member's amount."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from extranet.money.rules.components import (
    CustomWeights,
    EqualShare,
    Indexation,
    RatePerInhabitant,
)
from extranet.money.rules.division import MONTHS_IN_YEAR, prorated
from extranet.money.rules.explanation import (
    Figure,
    PopulationSource,
    Step,
    Unit,
    Value,
    counted,
    in_cents,
    in_euros,
)
from extranet.money.rules.members import Member
from extranet.money.rules.working import Working


def explain(
    member: Member, working: Working, population: PopulationSource | None
) -> tuple[Step, ...]:
    """Return the steps from the source figure to the amount, which is the last figure."""
    return tuple(_steps(member, working, population))


def _steps(member: Member, working: Working, population: PopulationSource | None) -> Iterator[Step]:
    code, name, year = member.code, member.name, str(working.year)
    if not member.months:
        yield Step(kind="no_member", figure=in_cents(0), values={"name": name, "year": year})
    elif code in working.own:
        yield from _what_counts(member, working, population)
        yield from _before_cap(member, working)
        yield from _after_cap(member, working)
    else:
        yield from _without_share(member, working)
    amount_cents = working.amount_of(code)
    yield Step(
        kind="gets_back" if amount_cents < 0 else "pays",
        figure=in_cents(amount_cents),
        values={"name": name, "year": year},
    )


def _what_counts(
    member: Member, working: Working, population: PopulationSource | None
) -> Iterator[Step]:
    """Say what the member counts for, its inhabitants or weight, and for how many months."""
    distribution = working.key.distribution
    unit = Unit.INHABITANTS if working.key.uses_inhabitants else Unit.WEIGHT
    own = counted(unit, working.own[member.code])
    if isinstance(distribution, EqualShare):
        yield Step(kind="equal", figure=own)
    elif isinstance(distribution, CustomWeights):
        yield Step(kind="own_weight", figure=own, values={"name": member.name})
    elif population:
        values: dict[str, Value] = {"name": member.name, "on": population.reference_date}
        yield Step(kind="inhabitants", figure=own, values=values, population=population)
    if isinstance(distribution, RatePerInhabitant):
        return
    if member.months < MONTHS_IN_YEAR:
        yield Step(
            kind="counts_for",
            figure=counted(unit, working.counted[member.code]),
            values={"name": member.name, "months": member.months},
        )
    yield Step(kind=_together_kind(working), figure=counted(unit, working.counted_together))


def _together_kind(working: Working) -> str:
    if not working.all_whole_year:
        return "all_counted"
    if isinstance(working.key.distribution, EqualShare):
        return "all_equal"
    is_custom = isinstance(working.key.distribution, CustomWeights)
    return "all_weights" if is_custom else "all_inhabitants"


def _before_cap(member: Member, working: Working) -> Iterator[Step]:
    distribution = working.key.distribution
    if isinstance(distribution, RatePerInhabitant):
        yield from _rate(member, working, distribution)
        return
    yield from _total(working)
    quota = working.sign * working.quota_before_cap(member.code)
    yield Step(kind="quota", figure=in_euros(quota), values={"name": member.name})


def _total(working: Working) -> Iterator[Step]:
    """Go from what the members pay together to what is left to divide."""
    yield Step(
        kind="total" if working.sign > 0 else "total_back",
        figure=in_cents(working.sign * working.total_cents),
        values={"year": str(working.year)},
    )
    if working.fixed_cents:
        yield Step(kind="less_fixed_sums", figure=in_cents(-working.fixed_cents))
    if working.foot_cents:
        yield Step(kind="less_foot", figure=in_cents(-working.foot_cents))
    if working.fixed_cents or working.foot_cents:
        yield Step(kind="left", figure=in_cents(working.left_cents))


def _rate(member: Member, working: Working, rate: RatePerInhabitant) -> Iterator[Step]:
    """Multiply the inhabitants by the rate of the year, for the months of membership."""
    rate_cents = rate.rate_in(working.year)
    if rate.index and working.year > rate.index.base_year:
        yield from _indexed(rate.rate_cents, rate.index, working.year)
    else:
        yield Step(kind="rate", figure=in_cents(rate_cents))
    yield Step(kind="rate_amount", figure=in_cents(int(rate_cents * working.own[member.code])))
    if member.months < MONTHS_IN_YEAR:
        exact = rate_cents * working.counted[member.code]
        yield _for_months(member, in_euros(exact))
        yield Step(kind="rounded_nearest", figure=in_cents(working.base[member.code]))


def _indexed(rate_cents: int, index: Indexation, year: int) -> Iterator[Step]:
    """Go from the rate of the base year to the rate of a later year."""
    since = {"year": str(index.base_year)}
    yield Step(kind="base_rate", figure=in_cents(rate_cents), values=since)
    percent = Figure(Unit.PERCENT, str(Decimal(index.basis_points).scaleb(-2)))
    yield Step(kind="index", figure=percent, values={"index": index.name})
    exact = index.exact(rate_cents, year)
    yield Step(kind="index_times", figure=in_euros(exact), values={"times": index.times(year)})
    yield Step(
        kind="rate_rounded",
        figure=in_cents(index.applied(rate_cents, year)),
        values={"year": str(year)},
    )


def _after_cap(member: Member, working: Working) -> Iterator[Step]:
    """Say what the cap moves, round to whole cents, and add what is fixed."""
    code, sign, result = member.code, working.sign, working.result
    moved = result.quotas[code] - working.quota_before_cap(code)
    if moved > 0:
        yield Step(kind="taken_over", figure=in_euros(sign * moved))
    if code in result.limited:
        yield from _plus_fixed(member, working)
        most_cents = sum(part.get(code, 0) for part in (working.fixed, working.foot))
        most_cents += working.limits[code]
        yield Step(kind="cap", figure=in_cents(sign * most_cents), values={"name": member.name})
        if moved < 0:
            yield Step(kind="above_cap", figure=in_euros(sign * moved))
        return
    if moved or code not in working.base:
        yield _rounded(result.quotas[code], result.cents[code], sign)
    yield from _plus_fixed(member, working)


def _rounded(quota: Fraction, cents: int, sign: int) -> Step:
    kinds = {-1: "rounded_down", 0: "already_whole", 1: "rounded_up"}
    moved = (cents > quota) - (cents < quota)
    return Step(kind=kinds[moved], figure=in_cents(sign * cents))


def _without_share(member: Member, working: Working) -> Iterator[Step]:
    """Explain who takes no part in the rate or the division."""
    code, fixed = member.code, working.key.fixed_sum
    if fixed and code in fixed.sums:
        name = {"name": member.name}
        yield Step(kind="fixed_sum", figure=in_cents(fixed.sums[code]), values=name)
        if member.months < MONTHS_IN_YEAR:
            yield from _part_of_sum(member, fixed.sums[code])
        if code not in fixed.also_sharing:
            return
    elif working.key.uses_inhabitants:
        name = {"name": member.name}
        yield Step(kind="without_inhabitants", figure=in_cents(0), values=name)
    elif code not in working.foot:
        yield Step(kind="nothing_asked", figure=in_cents(0), values={"name": member.name})
    if code in working.foot and working.key.foot:
        yield from _plus("foot", working.key.foot.foot_cents, member)


def _plus_fixed(member: Member, working: Working) -> Iterator[Step]:
    """Add the fixed sum and the foot of a member that shares as well, for its months."""
    fixed, foot = working.key.fixed_sum, working.key.foot
    if fixed and member.code in working.fixed:
        yield from _plus("fixed_sum", fixed.sums[member.code], member)
    if foot and member.code in working.foot:
        yield from _plus("foot", foot.foot_cents, member)


def _plus(kind: str, cents_a_year: int, member: Member) -> Iterator[Step]:
    """Add an amount for a whole year, or go from there to the part for the member's months."""
    cents = prorated(cents_a_year, member.months)
    if member.months == MONTHS_IN_YEAR:
        yield Step(kind=f"plus_{kind}", figure=in_cents(cents))
        return
    yield Step(kind=kind, figure=in_cents(cents_a_year), values={"name": member.name})
    exact = Fraction(cents_a_year * member.months, MONTHS_IN_YEAR)
    if exact == cents:
        months = {"months": member.months}
        yield Step(kind=f"plus_{kind}_months", figure=in_cents(cents), values=months)
    else:
        yield _for_months(member, in_euros(exact))
        yield Step(kind=f"plus_{kind}_rounded", figure=in_cents(cents))


def _part_of_sum(member: Member, cents_a_year: int) -> Iterator[Step]:
    """Go from a sum for a whole year to the sum for the member's months, in whole cents."""
    cents = prorated(cents_a_year, member.months)
    exact = Fraction(cents_a_year * member.months, MONTHS_IN_YEAR)
    if exact == cents:
        yield _for_months(member, in_cents(cents))
    else:
        yield _for_months(member, in_euros(exact))
        yield Step(kind="rounded_nearest", figure=in_cents(cents))


def _for_months(member: Member, figure: Figure) -> Step:
    return Step(kind="for_months", figure=figure, values={"months": member.months})
