"""Components of an allocation key as JSON values, read strictly.

Amounts are integers, never numbers with a decimal point; a weight is an integer or a string that
holds a decimal or a fraction ("0.75", "3/4").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from extranet.errors import InvalidInput
from extranet.i18n import Text
from extranet.money.rules.components import (
    AMOUNT_NEEDED,
    WEIGHT_FIGURES,
    Cap,
    Component,
    CustomWeights,
    DivisionByInhabitants,
    EqualShare,
    FixedFoot,
    FixedSum,
    Indexation,
    RatePerInhabitant,
)

Fields: TypeAlias = Mapping[str, object]


def component_to_data(component: Component) -> dict[str, object]:
    """Return a component as JSON values; `component_from_data` reads them back."""
    return {"kind": component.kind} | _fields_of(component)


def component_from_data(data: object) -> Component:
    """Read a component; raises InvalidInput on an unknown kind or field or a wrong value."""
    if not isinstance(data, dict) or not isinstance(data.get("kind"), str):
        raise InvalidInput({"key": Text("A component of an allocation key has a kind.")})
    fields = {str(name): value for name, value in data.items() if name != "kind"}
    kind = data["kind"]
    if kind not in _READERS:
        raise InvalidInput(
            {"key": Text("“%(kind)s” is not a component of an allocation key.", kind=kind)}
        )
    known, read = _READERS[kind]
    for name in fields:
        if name not in known:
            raise InvalidInput(
                {"key": Text("“%(kind)s” has no field “%(field)s”.", kind=kind, field=name)}
            )
    return read(fields)


def _fields_of(component: Component) -> dict[str, object]:
    match component:
        case FixedSum(sums=sums, also_sharing=codes):
            return {"sums": dict(sorted(sums.items())), "also_sharing": sorted(codes)}
        case FixedFoot(foot_cents=cents, kinds=kinds):
            return {"foot_cents": cents, "kinds": sorted(kinds)}
        case RatePerInhabitant(rate_cents=cents, index=index):
            return {"rate_cents": cents, "index": _index_to_data(index)}
        case CustomWeights(weights=weights):
            written = {code: _weight_to_data(weights[code]) for code in sorted(weights)}
            return {"weights": written}
        case Cap(max_cents=cents, max_basis_points=basis_points):
            return {"max_cents": cents, "max_basis_points": basis_points}
        case DivisionByInhabitants() | EqualShare():
            return {}


def _weight_to_data(weight: Fraction | int) -> int | str:
    return weight.numerator if weight.denominator == 1 else str(weight)


def _index_to_data(index: Indexation | None) -> dict[str, object] | None:
    if index is None:
        return None
    return {
        "name": index.name,
        "basis_points": index.basis_points,
        "base_year": index.base_year,
    }


def _read_fixed_sum(fields: Fields) -> Component:
    return FixedSum(
        sums={code: _amount("sums", value) for code, value in _by_code("sums", fields).items()},
        also_sharing=_words("also_sharing", fields),
    )


def _read_fixed_foot(fields: Fields) -> Component:
    return FixedFoot(
        foot_cents=_amount("foot_cents", fields.get("foot_cents")), kinds=_words("kinds", fields)
    )


def _read_rate(fields: Fields) -> Component:
    rate_cents = _amount("rate_cents", fields.get("rate_cents"))
    index = fields.get("index")
    if index is None:
        return RatePerInhabitant(rate_cents=rate_cents)
    if not isinstance(index, dict) or index.keys() != {"name", "basis_points", "base_year"}:
        raise InvalidInput({"index": _INDEX_NEEDED})
    return RatePerInhabitant(
        rate_cents=rate_cents,
        index=Indexation(
            name=str(index["name"] or ""),
            basis_points=_whole("index", index["basis_points"], _INDEX_NEEDED),
            base_year=_whole("index", index["base_year"], _INDEX_NEEDED),
        ),
    )


def _read_weights(fields: Fields) -> Component:
    found = _by_code("weights", fields)
    return CustomWeights(weights={code: _weight(value) for code, value in found.items()})


def _read_cap(fields: Fields) -> Component:
    cents, basis_points = fields.get("max_cents"), fields.get("max_basis_points")
    return Cap(
        max_cents=None if cents is None else _amount("max_cents", cents),
        max_basis_points=(
            None if basis_points is None else _amount("max_basis_points", basis_points)
        ),
    )


# A weight is kept as a fraction in its lowest terms, so one with figures after the comma can have
# twice as many in its numerator; `CustomWeights` holds the limit itself.
_FIGURES = f"[0-9]{{1,{2 * WEIGHT_FIGURES}}}"
_WEIGHT = re.compile(rf"{_FIGURES}([.]{_FIGURES}|/(?!0){_FIGURES})?")
_INDEX_NEEDED = Text("An index has a name, hundredths of a percent and a first year.")
_READERS: Mapping[str, tuple[frozenset[str], Callable[[Fields], Component]]] = {
    FixedSum.kind: (frozenset({"sums", "also_sharing"}), _read_fixed_sum),
    FixedFoot.kind: (frozenset({"foot_cents", "kinds"}), _read_fixed_foot),
    RatePerInhabitant.kind: (frozenset({"rate_cents", "index"}), _read_rate),
    DivisionByInhabitants.kind: (frozenset(), lambda _: DivisionByInhabitants()),
    EqualShare.kind: (frozenset(), lambda _: EqualShare()),
    CustomWeights.kind: (frozenset({"weights"}), _read_weights),
    Cap.kind: (frozenset({"max_cents", "max_basis_points"}), _read_cap),
}


def _whole(field: str, value: object, otherwise: Text) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidInput({field: otherwise})
    return value


def _amount(field: str, value: object) -> int:
    return _whole(field, value, AMOUNT_NEEDED)


def _by_code(field: str, fields: Fields) -> Mapping[str, object]:
    value = fields.get(field)
    if not isinstance(value, dict) or not all(isinstance(c, str) and c for c in value):
        raise InvalidInput({field: Text("Give a value per official code.")})
    return value


def _words(field: str, fields: Fields) -> frozenset[str]:
    value = fields.get(field, [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise InvalidInput({field: Text("Give a list of codes or kinds.")})
    return frozenset(value)


def _weight(value: object) -> Fraction:
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and _WEIGHT.fullmatch(value):
        return Fraction(value)
    raise InvalidInput({"weights": Text("A weight is a number, such as 2, 0.75 or 3/4.")})
