"""The allocation key (verdeelsleutel): data that says who pays which part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extranet.errors import InvalidInput
from extranet.i18n import Text
from extranet.money.rules.component_data import component_from_data, component_to_data
from extranet.money.rules.components import (
    Cap,
    Component,
    CustomWeights,
    Distribution,
    DivisionByInhabitants,
    EqualShare,
    FixedFoot,
    FixedSum,
    RatePerInhabitant,
)


@dataclass(frozen=True, slots=True)
class AllocationKey:
    """A list of components; whatever their order here, they work in one order.

    First fixed sums and the foot, then a rate or a division over the months of membership, then
    the cap. A key has each component once at most, and at most one that distributes. Without one
    that divides, the key itself makes the total. Raises InvalidInput on a key that cannot work.
    """

    components: tuple[Component, ...]

    def __init__(self, components: Sequence[Component]) -> None:
        """Keep the components after checking that they go together."""
        object.__setattr__(self, "components", tuple(components))
        self._check()

    def _check(self) -> None:
        if not self.components:
            raise InvalidInput({"key": Text("An allocation key has at least one component.")})
        if max(Counter(component.kind for component in self.components).values()) > 1:
            raise InvalidInput({"key": Text("Each component can be in an allocation key once.")})
        if sum(isinstance(component, Distribution) for component in self.components) > 1:
            raise InvalidInput(
                {
                    "key": Text(
                        "Choose one way to share: a rate, inhabitants, equal shares or weights."
                    )
                }
            )
        if self.cap and not self.distribution:
            raise InvalidInput(
                {"key": Text("A maximum only works with a rate or with a division of the total.")}
            )

    @property
    def fixed_sum(self) -> FixedSum | None:
        """Return the fixed sums, if any."""
        return next((part for part in self.components if isinstance(part, FixedSum)), None)

    @property
    def foot(self) -> FixedFoot | None:
        """Return the fixed foot, if any."""
        return next((part for part in self.components if isinstance(part, FixedFoot)), None)

    @property
    def distribution(self) -> Distribution | None:
        """Return the rate or the way of dividing, if any."""
        return next((part for part in self.components if isinstance(part, Distribution)), None)

    @property
    def cap(self) -> Cap | None:
        """Return the cap, if any."""
        return next((part for part in self.components if isinstance(part, Cap)), None)

    @property
    def makes_total(self) -> bool:
        """Tell whether the amounts follow from the key alone, so that a gap may remain."""
        return not isinstance(self.distribution, DivisionByInhabitants | EqualShare | CustomWeights)

    @property
    def uses_inhabitants(self) -> bool:
        """Tell whether the key needs a population figure of the members."""
        return isinstance(self.distribution, RatePerInhabitant | DivisionByInhabitants)

    @property
    def texts(self) -> tuple[Text, ...]:
        """Say the key in words, a component a text, in the order in which they work."""
        parts = (self.fixed_sum, self.foot, self.distribution, self.cap)
        return tuple(part.text for part in parts if part)

    def to_data(self) -> list[dict[str, object]]:
        """Return the key as JSON values: a list of objects with a `kind`."""
        return [component_to_data(component) for component in self.components]

    @classmethod
    def from_data(cls, data: object) -> AllocationKey:
        """Read what `to_data` wrote; raises InvalidInput that says what is wrong with it."""
        if not isinstance(data, list):
            raise InvalidInput({"key": Text("An allocation key is a list of components.")})
        return cls([component_from_data(item) for item in data])
