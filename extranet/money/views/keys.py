"""Show an allocation key in words, and change it component by component."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.membership.models import OrganisationKind
from extranet.money.forms.budgets import ConfirmForm
from extranet.money.forms.keys import FORMS, ComponentForm, NamedMember, component_values
from extranet.money.policy import EDIT_BUDGET
from extranet.money.queries.deelnemers import Deelnemer, deelnemers_of
from extranet.money.queries.versions import VersionFacts
from extranet.money.rules import (
    AllocationKey,
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
from extranet.money.services.keys import put_component
from extranet.money.services.keys import remove_component as remove
from extranet.money.views.blueprint import blueprint
from extranet.money.views.opening import draft_to_change, draft_to_show
from extranet.web.access import requires
from extranet.web.database import read_session, unit_of_work

KEY = "/begroting/<int:year>/versies/<int:number>/verdeelsleutel"


@dataclass(frozen=True, slots=True)
class ComponentKind:
    """A component as the pages speak of it: its place in the address, its name, what it does."""

    slug: str
    component: type[Component]
    title: Text
    help: Text

    @property
    def distributes(self) -> bool:
        """Tell whether it is a way to share, of which a key has one at most."""
        return issubclass(self.component, Distribution)


# In the order in which they work.
KINDS = (
    ComponentKind(
        "vaste-bijdragen",
        FixedSum,
        Text("Fixed sums"),
        Text("What a province or a water board pays, whatever the rest comes to."),
    ),
    ComponentKind(
        "vaste-voet",
        FixedFoot,
        Text("Fixed foot"),
        Text("The same amount from each member, before the rest is shared."),
    ),
    ComponentKind(
        "inwoners",
        DivisionByInhabitants,
        Text("By inhabitants"),
        Text("What is left of the total, divided by number of inhabitants."),
    ),
    ComponentKind(
        "tarief",
        RatePerInhabitant,
        Text("A rate per inhabitant"),
        Text("The rate makes the total; a reserve line closes the gap with the budget."),
    ),
    ComponentKind(
        "gelijke-delen",
        EqualShare,
        Text("Equal shares"),
        Text("What is left of the total, the same for each member."),
    ),
    ComponentKind(
        "gewichten",
        CustomWeights,
        Text("Agreed weights"),
        Text("What is left of the total, by weights that the members agreed."),
    ),
    ComponentKind(
        "maximum",
        Cap,
        Text("Maximum"),
        Text("The most that a member pays; the others take over the rest."),
    ),
)
BY_SLUG: Mapping[str, ComponentKind] = {kind.slug: kind for kind in KINDS}


@blueprint.get(KEY)
@requires(EDIT_BUDGET)
def key(year: int, number: int) -> str:
    """Show the allocation key of a draft, with what can be added and changed."""
    draft = draft_to_show(read_session(), year, number)
    present = {component.kind: component for component in draft.key.components}
    return render_template(
        "money/key.html",
        version=draft,
        present=list(zip(_in(present), draft.key_texts, strict=True)),
        ways=[kind for kind in KINDS if kind.distributes and kind not in _in(present)],
        extras=[kind for kind in KINDS if not kind.distributes and kind not in _in(present)],
        form=ConfirmForm(data={"version": draft.counter}),
    )


@blueprint.get(f"{KEY}/<slug>")
@requires(EDIT_BUDGET)
def component_form(year: int, number: int, slug: str) -> str:
    """Show a component of the key to add or change."""
    draft, kind = draft_to_show(read_session(), year, number), _kind(slug)
    values = component_values(_present(draft.key, kind)) | {"version": draft.counter}
    form = _form_class(draft, kind)(data=values)
    return render_template("money/component_form.html", form=form, version=draft, kind=kind)


@blueprint.post(f"{KEY}/<slug>")
@requires(EDIT_BUDGET)
def component(year: int, number: int, slug: str) -> Response | tuple[str, int]:
    """Add or change a component of the key."""
    draft_shown, kind = draft_to_show(read_session(), year, number), _kind(slug)
    form = _form_class(draft_shown, kind)()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            draft, actor = draft_to_change(session, year, number)
            present = _present(AllocationKey.from_data(draft.allocation_key), kind)
            empty: dict[str, object] = dict.fromkeys(field.name for field in form)
            form.expect(draft.version, empty | component_values(present))
            put_component(session, version=draft, component=form.component(), actor=actor)
            return redirect(url_for(".key", year=year, number=number))
    return render_template(
        "money/component_form.html", form=form, version=draft_shown, kind=kind
    ), 422


@blueprint.post(f"{KEY}/<slug>/verwijderen")
@requires(EDIT_BUDGET)
def remove_component(year: int, number: int, slug: str) -> Response:
    """Take a component out of the key."""
    form, kind = ConfirmForm(), _kind(slug)
    form.validate()
    with unit_of_work() as session:
        draft, actor = draft_to_change(session, year, number)
        form.expect(draft.version, {})
        remove(session, version=draft, kind=kind.component.kind, actor=actor)
    flash(gettext("The component is removed from the key."))
    return redirect(url_for(".key", year=year, number=number))


def _kind(slug: str) -> ComponentKind:
    if slug not in BY_SLUG:
        raise NotFound(Text("There is no such component."))
    return BY_SLUG[slug]


def _in(present: Mapping[str, Component]) -> Sequence[ComponentKind]:
    return [kind for kind in KINDS if kind.component.kind in present]


def _present(key: AllocationKey, kind: ComponentKind) -> Component | None:
    return next((one for one in key.components if one.kind == kind.component.kind), None)


def _form_class(draft: VersionFacts, kind: ComponentKind) -> type[ComponentForm]:
    found = sorted(deelnemers_of(read_session(), draft), key=_provinces_first)
    members = [NamedMember(one.code, one.name) for one in found]
    return FORMS[kind.component.kind](members)


def _provinces_first(one: Deelnemer) -> tuple[bool, str]:
    """Put the few that usually have a figure of their own before the municipalities."""
    return one.kind == OrganisationKind.GEMEENTE, one.name
