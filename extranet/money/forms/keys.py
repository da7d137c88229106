"""Forms for the components of an allocation key, one form a component."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectMultipleField, StringField, widgets
from wtforms.validators import InputRequired, Length

from extranet.membership.models import OrganisationKind
from extranet.money.forms.fields import PercentField, WeightField
from extranet.money.rules import (
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
from extranet.web.fields import YearField
from extranet.web.forms import CentsField, VersionedForm, optional_text

YEAR_IN_FIGURES = _l("Write the year in four figures.")


@dataclass(frozen=True, slots=True)
class NamedMember:
    """A member that a form asks a figure of."""

    code: str
    name: str

    def field(self, what: str) -> str:
        """Return the name of the field that asks it."""
        return _field(what, self.code)


class ComponentForm(VersionedForm):
    """A component of a key; without fields of its own it is only confirmed."""

    members: Sequence[NamedMember] = ()

    def component(self) -> Component:
        """Return the component that was filled in."""
        raise NotImplementedError


class ByInhabitantsForm(ComponentForm):
    """Divide by inhabitants."""

    def component(self) -> Component:
        """Return the component."""
        return DivisionByInhabitants()


class EqualShareForm(ComponentForm):
    """Divide equally."""

    def component(self) -> Component:
        """Return the component."""
        return EqualShare()


class RateForm(ComponentForm):
    """A rate per inhabitant, perhaps with a yearly index."""

    rate = CentsField(
        _l("Rate per inhabitant a year"),
        validators=[InputRequired(message=_l("Fill in the rate."))],
    )
    index_name = StringField(
        _l("Name of the index"),
        description=_l("For example “price index of government consumption, CPB”."),
        validators=[Length(max=120)],
    )
    index = PercentField(_l("Rise in a year"))
    base_year = YearField(_l("Year in which the rate holds as it is"))

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check the fields; an index has all three of its own or none."""
        is_valid = super().validate(extra_validators=extra_validators)
        asked = {
            self.index_name: _l("Name the index and where it is published."),
            self.index: _l("Fill in how much it rises in a year."),
            self.base_year: YEAR_IN_FIGURES,
        }
        empty = [field for field in asked if not _typed(field)]
        if len(empty) == len(asked):
            return is_valid
        for field in empty:
            field.errors = [asked[field]]
        return is_valid and not empty

    def component(self) -> Component:
        """Return the component, with an index when there is one."""
        index = None
        if self.index.data is not None and self.base_year.data is not None:
            index = Indexation(
                name=optional_text(self.index_name.data),
                basis_points=self.index.data,
                base_year=self.base_year.data,
            )
        return RatePerInhabitant(rate_cents=self.rate.data or 0, index=index)


class FixedFootForm(ComponentForm):
    """The same amount from everybody, or from some kinds of organisation."""

    foot_cents = CentsField(
        _l("Amount per member a year"),
        validators=[InputRequired(message=_l("Fill in the amount."))],
    )
    kinds = SelectMultipleField(
        _l("Who pays it"),
        description=_l("Choose nothing for every member."),
        choices=[
            (OrganisationKind.GEMEENTE.value, _l("Municipalities")),
            (OrganisationKind.PROVINCIE.value, _l("Provinces")),
            (OrganisationKind.WATERSCHAP.value, _l("Water boards")),
            (OrganisationKind.OTHER.value, _l("Others")),
        ],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )

    def component(self) -> Component:
        """Return the component."""
        return FixedFoot(
            foot_cents=self.foot_cents.data or 0, kinds=frozenset(self.kinds.data or ())
        )


class CapForm(ComponentForm):
    """A maximum per member: an amount or a part of the total."""

    max_cents = CentsField(_l("Maximum amount a year"))
    max_basis_points = PercentField(_l("Or a maximum part of the total"))

    def component(self) -> Component:
        """Return the component; both or neither is refused by it."""
        return Cap(max_cents=self.max_cents.data, max_basis_points=self.max_basis_points.data)


def fixed_sums_form(members: Sequence[NamedMember]) -> type[ComponentForm]:
    """Return a form with an amount and a tick for each member."""

    def component(self: Any) -> Component:
        filled = [one for one in members if self[one.field("sum")].data is not None]
        return FixedSum(
            sums={one.code: self[one.field("sum")].data for one in filled},
            also_sharing=frozenset(one.code for one in members if self[one.field("shares")].data),
        )

    fields: dict[str, object] = {"members": members, "component": component}
    for one in members:
        fields[one.field("sum")] = CentsField(one.name)
        fields[one.field("shares")] = BooleanField(_l("Shares in the rest too"))
    return type("FixedSumsForm", (ComponentForm,), fields)


def weights_form(members: Sequence[NamedMember]) -> type[ComponentForm]:
    """Return a form with a weight for each member."""

    def component(self: Any) -> Component:
        return CustomWeights(
            weights={
                one.code: self[one.field("weight")].data
                for one in members
                if self[one.field("weight")].data is not None
            }
        )

    fields: dict[str, object] = {"members": members, "component": component}
    for one in members:
        fields[one.field("weight")] = WeightField(one.name)
    return type("WeightsForm", (ComponentForm,), fields)


FORMS: Mapping[str, Callable[[Sequence[NamedMember]], type[ComponentForm]]] = {
    FixedSum.kind: fixed_sums_form,
    FixedFoot.kind: lambda _members: FixedFootForm,
    RatePerInhabitant.kind: lambda _members: RateForm,
    DivisionByInhabitants.kind: lambda _members: ByInhabitantsForm,
    EqualShare.kind: lambda _members: EqualShareForm,
    CustomWeights.kind: weights_form,
    Cap.kind: lambda _members: CapForm,
}


def component_values(component: Component | None) -> dict[str, object]:
    """Return the fields of the form for a component of a key, none for one that is not there."""
    match component:
        case FixedSum(sums=sums, also_sharing=codes):
            ticks: dict[str, object] = {_field("shares", code): True for code in codes}
            return ticks | {_field("sum", code): cents for code, cents in sums.items()}
        case FixedFoot(foot_cents=cents, kinds=kinds):
            return {"foot_cents": cents, "kinds": sorted(kinds)}
        case RatePerInhabitant(rate_cents=cents, index=index):
            return {"rate": cents} | _index_values(index)
        case CustomWeights(weights=weights):
            return {_field("weight", code): weight for code, weight in weights.items()}
        case Cap(max_cents=cents, max_basis_points=basis_points):
            return {"max_cents": cents, "max_basis_points": basis_points}
    return {}


def _index_values(index: Indexation | None) -> dict[str, object]:
    if index is None:
        return {}
    return {
        "index_name": index.name,
        "index": index.basis_points,
        "base_year": index.base_year,
    }


def _typed(field: Field) -> str:
    """Return what stands in a box, as it was typed."""
    return optional_text(str(field.raw_data[0]) if field.raw_data else "")


def _field(what: str, code: str) -> str:
    return f"{what}_{code.replace(':', '_')}"
