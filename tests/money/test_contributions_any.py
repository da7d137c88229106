"""What must hold for the contributions of any members by any key, seen from the outside."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from extranet.errors import InvalidInput
from extranet.money.rules import (
    AllocationKey,
    Cap,
    CustomWeights,
    DivisionByInhabitants,
    EqualShare,
    FixedFoot,
    FixedSum,
    Member,
    RatePerInhabitant,
    Unit,
    contributions,
)
from tests.money.region import CBS, amounts

PROPERTY = settings(max_examples=100, deadline=None, derandomize=True)

KINDS = {"gm": "gemeente", "pv": "provincie", "ws": "waterschap"}
MONTHS = st.sampled_from([0, 1, 5, 6, 11, 12, 12, 12, 12])
CENTS = st.integers(min_value=0, max_value=10**9)


@dataclass(frozen=True)
class Case:
    """Members, a key that fits them and a total that it can divide."""

    key: AllocationKey
    members: list[Member]
    total: int

    def divided(self, members=None, cap=None):
        """Divide, perhaps with the members in another order or with a cap."""
        return contributions(
            AllocationKey([*self.key.components, cap]) if cap else self.key,
            members or self.members,
            total_to_share_cents=self.total,
            year=2027,
            population=CBS,
        )


@st.composite
def members_of_a_region(draw):
    """Draw members; the first is a municipality with inhabitants for the whole year."""
    numbers = draw(st.sets(st.integers(2, 9999), max_size=9))
    members = [Member(code="gm:0001", name="Eerste", kind="gemeente", inhabitants=1 + draw(CENTS))]
    for number in sorted(numbers):
        scheme = draw(st.sampled_from(["gm", "gm", "gm", "pv", "ws"]))
        inhabitants = draw(st.integers(0, 200_000)) if scheme == "gm" else None
        code = f"{scheme}:{number:04}"
        months = draw(MONTHS)
        members.append(
            Member(code=code, name=code, kind=KINDS[scheme], inhabitants=inhabitants, months=months)
        )
    return members


@st.composite
def distributions(draw, members):
    """Draw a rate or a way to divide that fits the members."""
    weights = {
        member.code: draw(st.fractions(min_value=0, max_value=9, max_denominator=9))
        for member in members[1:]
    }
    return draw(
        st.sampled_from(
            [
                RatePerInhabitant(rate_cents=draw(st.integers(0, 1000))),
                DivisionByInhabitants(),
                EqualShare(),
                CustomWeights(weights=weights | {"gm:0001": Fraction(1)}),
            ]
        )
    )


@st.composite
def cases(draw):
    """Draw a case, with or without fixed sums and a foot; without them also money back."""
    members = draw(members_of_a_region())
    components = [draw(distributions(members))]
    before = 0
    others = [member.code for member in members[1:]]
    if others and draw(st.booleans()):
        sums = draw(st.dictionaries(st.sampled_from(others), CENTS, min_size=1, max_size=3))
        also_sharing = draw(st.frozensets(st.sampled_from(sorted(sums))))
        components.append(FixedSum(sums=sums, also_sharing=also_sharing))
        before += sum(sums.values())
    if draw(st.booleans()):
        kinds = draw(st.frozensets(st.sampled_from(sorted(KINDS.values()))))
        components.append(FixedFoot(foot_cents=draw(CENTS), kinds=kinds))
        before += components[-1].foot_cents * len(members)
    total = before + draw(CENTS)
    if not before and draw(st.booleans()):
        total = -total
    return Case(AllocationKey(components), members, total)


CAPS = st.builds(Cap, max_basis_points=st.integers(500, 10_000)) | st.builds(
    Cap, max_cents=st.integers(1, 10**9)
)


def half_up(exact):
    """Round to the nearest whole cent, the schoolbook way."""
    return floor(exact + Fraction(1, 2))


def naive(case):
    """Work the amounts out again, step by step, with fractions and without a cap."""
    fixed = case.key.fixed_sum or FixedSum(sums={"gm:none": 0})
    foot = case.key.foot or FixedFoot(foot_cents=0)
    paid, counts = {}, {}
    for member in case.members:
        part = Fraction(member.months, 12)
        paid[member.code] = half_up(fixed.sums.get(member.code, 0) * part)
        if member.code in fixed.sums and member.code not in fixed.also_sharing:
            continue
        if not foot.kinds or member.kind in foot.kinds:
            paid[member.code] += half_up(foot.foot_cents * part)
        counts[member.code] = part * weight_of(case.key.distribution, member)
    if isinstance(case.key.distribution, RatePerInhabitant):
        rate = case.key.distribution.rate_cents
        return paid | {code: paid[code] + half_up(rate * count) for code, count in counts.items()}
    left = abs(case.total) - sum(paid.values())
    exact = {code: left * count / sum(counts.values()) for code, count in counts.items()}
    odd = left - sum(floor(quota) for quota in exact.values())
    order = sorted(exact, key=lambda code: (floor(exact[code]) - exact[code], code))
    for place, code in enumerate(order):
        paid[code] += floor(exact[code]) + (place < odd)
    return {code: -cents if case.total < 0 else cents for code, cents in paid.items()}


def weight_of(distribution, member):
    """Return what a member counts for in a whole year."""
    if isinstance(distribution, CustomWeights):
        return distribution.weights[member.code]
    return 1 if isinstance(distribution, EqualShare) else member.inhabitants or 0


@PROPERTY
@given(case=cases())
def test_contributions_agree_with_working_them_out_by_hand(case):
    assert amounts(case.divided()) == naive(case)


@PROPERTY
@given(case=cases(), cap=st.none() | CAPS, data=st.data())
def test_contributions_add_up_and_do_not_see_the_order_of_the_members(case, cap, data):
    try:
        division = case.divided(cap=cap)
    except InvalidInput:
        reject()
    shuffled = data.draw(st.permutations(case.members))

    assert sum(share.amount_cents for share in division.shares) == division.total_cents
    assert division.total_cents + division.gap_cents == case.total
    assert division.made_total or division.gap_cents == 0
    assert all(share.amount_cents * division.total_cents >= 0 for share in division.shares)
    assert all(not share.amount_cents for share in division.shares if not share.months)
    assert case.divided(members=shuffled, cap=cap) == division


@PROPERTY
@given(case=cases(), cap=CAPS)
def test_cap_holds_for_who_shares_and_leaves_the_total_alone(case, cap):
    try:
        capped = case.divided(cap=cap)
    except InvalidInput:
        reject()
    free = case.divided()
    fixed = case.key.fixed_sum or FixedSum(sums={"gm:none": 0})

    assert capped.total_cents == free.total_cents
    for share, uncapped in zip(capped.shares, free.shares, strict=True):
        if share.code in fixed.sums and share.code not in fixed.also_sharing:
            assert share.amount_cents == uncapped.amount_cents
        elif isinstance(share.inhabitants, int) or not case.key.uses_inhabitants:
            most = half_up(Fraction((cap.max_cents or 0) * share.months, 12))
            if cap.max_basis_points:
                most = abs(capped.total_cents) * cap.max_basis_points // 10_000
            assert abs(share.amount_cents) <= most
            assert abs(share.amount_cents) >= min(most, abs(uncapped.amount_cents) - 1)


@PROPERTY
@given(case=cases(), cap=st.none() | CAPS)
def test_explanation_of_every_share_ends_in_its_amount(case, cap):
    try:
        division = case.divided(cap=cap)
    except InvalidInput:
        reject()
    for share in division.shares:
        assert share.steps[-1].amount_cents == share.amount_cents
        assert all(str(step.text) for step in share.steps)


ADDED = {"taken_over", "above_cap"} | {
    f"plus_{what}{part}" for what in ("fixed_sum", "foot") for part in ("", "_months", "_rounded")
}
ROUNDED = {"rounded_down", "rounded_up", "rounded_nearest", "already_whole"}
STARTS = {"quota", "rate_amount"}
# Each exact amount is cut off at the fourth decimal of a euro.
CUT_OFF = Fraction(4, 100)


def in_cents(step):
    """Return the figure of a step as exact cents."""
    return Fraction(step.figure.value) * (100 if step.figure.unit == Unit.EUROS else 1)


def added_up(steps):
    """Follow the steps as a reader does: where it starts, what is added, what is rounded."""
    running = Fraction(0)
    for at, step in enumerate(steps[:-1]):
        if step.kind in STARTS or (step.kind == "fixed_sum" and at == 0):
            running = in_cents(step)
        elif step.kind in ADDED:
            running += in_cents(step)
        elif step.kind == "for_months" and steps[at + 1].kind not in ADDED:
            running = in_cents(step)
        elif step.kind in ROUNDED:
            assert abs(running - in_cents(step)) < 1 + CUT_OFF
            running = in_cents(step)
        elif step.kind == "cap":
            assert abs(running) >= abs(in_cents(step)) - CUT_OFF
    return running


@PROPERTY
@given(case=cases(), cap=st.none() | CAPS)
def test_explanation_adds_up_to_its_amount(case, cap):
    try:
        division = case.divided(cap=cap)
    except InvalidInput:
        reject()
    for share in division.shares:
        assert abs(added_up(share.steps) - share.amount_cents) <= CUT_OFF


@PROPERTY
@given(case=cases(), months=st.integers(1, 12))
def test_amount_by_a_rate_follows_the_months(case, months):
    assume(isinstance(case.key.distribution, RatePerInhabitant) and len(case.key.components) == 1)
    rate = case.key.distribution.rate_cents
    for member in case.members:
        part = Member(
            code=member.code,
            name=member.name,
            kind=member.kind,
            inhabitants=member.inhabitants,
            months=months,
        )
        (share,) = Case(case.key, [part], 0).divided().shares
        exact = Fraction(rate * (member.inhabitants or 0) * months, 12)
        assert abs(share.amount_cents - exact) <= Fraction(1, 2)
