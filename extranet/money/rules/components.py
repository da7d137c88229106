"""The components that an allocation key (verdeelsleutel) is put together from.

Every amount is in whole cents and for a whole year; who is a member for part of the year pays,
or counts for, that part. Each component refuses what makes no sense with InvalidInput, by field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, TypeAlias

from extranet.errors import InvalidInput
from extranet.i18n import Euros, Text
from extranet.money.rules.division import nearest

WHOLE_IN_BASIS_POINTS = 10_000
FIRST_INDEX_YEAR, LAST_INDEX_YEAR = 2000, 2100
WEIGHT_FIGURES = 9  # before the comma, and after it or under the stroke
AMOUNT_NEEDED = Text("An amount is zero or more, in whole cents.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedSum:
    """A sum per organisation, by code: what a province or a water board pays.

    Whoever has a fixed sum pays that and nothing else, unless its code is in `also_sharing`.
    """

    kind: ClassVar[str] = "fixed_sum"
    sums: Mapping[str, int]
    also_sharing: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse an empty list, a sum below zero and a sharer without a sum."""
        if not self.sums:
            raise InvalidInput({"sums": Text("Name at least one organisation with a fixed sum.")})
        for cents in self.sums.values():
            _check_amount("sums", cents)
        for code in sorted(self.also_sharing - self.sums.keys()):
            raise InvalidInput(
                {"also_sharing": Text("“%(code)s” has no fixed sum in this key.", code=code)}
            )

    @property
    def text(self) -> Text:
        """Say the component in words."""
        return Text("Fixed sums: %(amount)s together", amount=Euros(sum(self.sums.values())))


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedFoot:
    """The same amount from every paying member, or only from those of the named kinds."""

    kind: ClassVar[str] = "fixed_foot"
    foot_cents: int
    kinds: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse an amount below zero."""
        _check_amount("foot_cents", self.foot_cents)

    @property
    def text(self) -> Text:
        """Say the component in words."""
        amount = Euros(self.foot_cents)
        if not self.kinds:
            return Text("A fixed foot of %(amount)s per member", amount=amount)
        return Text(
            "A fixed foot of %(amount)s per member, only for: %(kinds)s",
            amount=amount,
            kinds=", ".join(sorted(self.kinds)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexation:
    """A yearly rise by a named index, in hundredths of a percent, counted from `base_year` on."""

    name: str
    basis_points: int
    base_year: int

    def __post_init__(self) -> None:
        """Refuse an index without a name or a year of today, or one that takes the whole rate."""
        if not self.name.strip():
            raise InvalidInput({"index": Text("Name the index and where it is published.")})
        if self.basis_points <= -WHOLE_IN_BASIS_POINTS:
            raise InvalidInput({"index": Text("An index cannot take away the whole rate.")})
        if not FIRST_INDEX_YEAR <= self.base_year <= LAST_INDEX_YEAR:
            raise InvalidInput({"base_year": Text("Write the year in four figures.")})

    def exact(self, cents: int, year: int) -> Fraction:
        """Return an amount of the base year in the money of `year`, in cents, not yet rounded.

        The rise is compounded exactly; up to the base year nothing changes.
        """
        yearly = Fraction(WHOLE_IN_BASIS_POINTS + self.basis_points, WHOLE_IN_BASIS_POINTS)
        return cents * yearly ** self.times(year)

    def times(self, year: int) -> int:
        """Return how many times the index works between the base year and `year`."""
        return max(0, year - self.base_year)

    def applied(self, cents: int, year: int) -> int:
        """Return what `exact` returns, rounded once, to the nearest cent."""
        return nearest(self.exact(cents, year))


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePerInhabitant:
    """A price per inhabitant a year. It makes the total; a reserve line closes the gap."""

    kind: ClassVar[str] = "rate_per_inhabitant"
    rate_cents: int
    index: Indexation | None = None

    def __post_init__(self) -> None:
        """Refuse a rate below zero."""
        _check_amount("rate_cents", self.rate_cents)

    def rate_in(self, year: int) -> int:
        """Return the rate in cents that holds in a year, after indexation."""
        return self.index.applied(self.rate_cents, year) if self.index else self.rate_cents

    @property
    def text(self) -> Text:
        """Say the component in words."""
        return Text("%(amount)s per inhabitant", amount=Euros(self.rate_cents))


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionByInhabitants:
    """Divide what is left of the total by inhabitants, each for its months as a member."""

    kind: ClassVar[str] = "division_by_inhabitants"

    @property
    def text(self) -> Text:
        """Say the component in words."""
        return Text("The rest by number of inhabitants")


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualShare:
    """Divide what is left of the total equally, each member for its months."""

    kind: ClassVar[str] = "equal_share"

    @property
    def text(self) -> Text:
        """Say the component in words."""
        return Text("The rest in equal shares")


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomWeights:
    """Divide what is left of the total by weights that the members agreed, by code."""

    kind: ClassVar[str] = "custom_weights"
    weights: Mapping[str, Fraction | int]

    def __post_init__(self) -> None:
        """Refuse weights below zero or too long to keep, and a list without any above zero."""
        if any(weight < 0 for weight in self.weights.values()):
            raise InvalidInput({"weights": Text("A weight is zero or more.")})
        most = 10**WEIGHT_FIGURES
        if any(weight >= most or weight.denominator > most for weight in self.weights.values()):
            raise InvalidInput(
                {
                    "weights": Text(
                        "A weight has at most %(n)s figures before the comma and %(n)s after it.",
                        n=WEIGHT_FIGURES,
                    )
                }
            )
        if not any(self.weights.values()):
            raise InvalidInput({"weights": Text("Give at least one member a weight above zero.")})

    @property
    def text(self) -> Text:
        """Say the component in words."""
        return Text("The rest by agreed weights")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """The most that a member that shares pays in all; the others take over the rest.

    Either an amount for a whole year, or a part of what the members pay together, in hundredths
    of a percent. It also limits what a member gets back when the total is below zero.
    """

    kind: ClassVar[str] = "cap"
    max_cents: int | None = None
    max_basis_points: int | None = None

    def __post_init__(self) -> None:
        """Refuse both or neither, an amount of nothing, and a part outside 0 to 100 %."""
        if (self.max_cents is None) == (self.max_basis_points is None):
            raise InvalidInput(
                {"max_cents": Text("Give the maximum as an amount or as a percentage.")}
            )
        if self.max_cents is not None and self.max_cents <= 0:
            raise InvalidInput({"max_cents": Text("A maximum is more than zero.")})
        if self.max_basis_points is not None and not (
            0 < self.max_basis_points <= WHOLE_IN_BASIS_POINTS
        ):
            raise InvalidInput(
                {"max_basis_points": Text("A maximum is more than 0 and at most 100 percent.")}
            )

    @property
    def text(self) -> Text:
        """Say the component in words."""
        if self.max_cents is not None:
            return Text("At most %(amount)s per member", amount=Euros(self.max_cents))
        percent = Decimal(self.max_basis_points or 0).scaleb(-2)
        return Text("At most %(percent)s%% of the total per member", percent=percent)


Distribution: TypeAlias = RatePerInhabitant | DivisionByInhabitants | EqualShare | CustomWeights
Component: TypeAlias = FixedSum | FixedFoot | Distribution | Cap


def _check_amount(field: str, cents: int) -> None:
    if cents < 0:
        raise InvalidInput({field: AMOUNT_NEEDED})
