"""The programme of an evening."""

from __future__ import annotations

from dataclasses import fields

from flask import flash, redirect, url_for

from extranet.api import (
    current_actor,
    current_place,
    read_session,
    render_template,
    requires,
    unit_of_work,
    written,
)
from extranet_infoavond.forms.evenings import ConfirmForm
from extranet_infoavond.forms.programme import ItemForm
from extranet_infoavond.models import Evening, ProgrammeItem
from extranet_infoavond.policy import PLAN
from extranet_infoavond.queries.evenings import get_evening
from extranet_infoavond.queries.programme import get_item, mark_of
from extranet_infoavond.services import programme as services
from extranet_infoavond.views.blueprint import blueprint
from extranet_infoavond.views.place import Answer, current_names, present_values, shown_evening
from extranet_infoavond.wording import Text

FORM_FIELDS = tuple(field.name for field in fields(services.ItemValues))


@blueprint.get("/<int:evening_id>/programma/nieuw")
@requires(PLAN)
def add_item_form(evening_id: int) -> Answer:
    """Ask for a part of the programme."""
    return _form_page(ItemForm(), shown_evening(evening_id), None)


@blueprint.post("/<int:evening_id>/programma/nieuw")
@requires(PLAN)
def add_item(evening_id: int) -> Answer:
    """Add a part to the programme."""
    form = ItemForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            place, found = current_place(), get_evening(session, current_place(), evening_id)
            names, actor = current_names(session), current_actor()
            services.add_item(session, place, found, values=form.values(), names=names, actor=actor)
            flash(written(Text("The part is added to the programme.")))
            return redirect(url_for("infoavond.evening", evening_id=evening_id))
    return _form_page(form, shown_evening(evening_id), None), 422


@blueprint.get("/<int:evening_id>/programma/<int:item_id>")
@requires(PLAN)
def change_item_form(evening_id: int, item_id: int) -> Answer:
    """Show a part of the programme to change."""
    found = shown_evening(evening_id)
    item = get_item(read_session(), found, item_id)
    return _form_page(ItemForm(obj=item, data={"version": mark_of(item)}), found, item)


@blueprint.post("/<int:evening_id>/programma/<int:item_id>")
@requires(PLAN)
def change_item(evening_id: int, item_id: int) -> Answer:
    """Change a part of the programme."""
    form = ItemForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            place, found = current_place(), get_evening(session, current_place(), evening_id)
            item, values = get_item(session, found, item_id), form.values()
            form.expect(mark_of(item), present_values(item, FORM_FIELDS))
            names, actor = current_names(session), current_actor()
            services.change_item(
                session, place, found, item, values=values, names=names, actor=actor
            )
            flash(written(Text("The programme is changed.")))
            return redirect(url_for("infoavond.evening", evening_id=evening_id))
    found = shown_evening(evening_id)
    return _form_page(form, found, get_item(read_session(), found, item_id)), 422


@blueprint.get("/<int:evening_id>/programma/<int:item_id>/verwijderen")
@requires(PLAN)
def remove_item_form(evening_id: int, item_id: int) -> Answer:
    """Say what removing a part changes."""
    return _remove_page(evening_id, item_id, ConfirmForm())


@blueprint.post("/<int:evening_id>/programma/<int:item_id>/verwijderen")
@requires(PLAN)
def remove_item(evening_id: int, item_id: int) -> Answer:
    """Remove a part of the programme."""
    form = ConfirmForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            place, actor = current_place(), current_actor()
            found = get_evening(session, place, evening_id)
            item = get_item(session, found, item_id)
            form.expect(mark_of(item), {})
            services.remove_item(session, place, found, item, actor=actor)
            flash(written(Text("The part is removed from the programme.")))
            return redirect(url_for("infoavond.evening", evening_id=evening_id))
    return _remove_page(evening_id, item_id, form), 422


def _form_page(form: ItemForm, evening: Evening, item: ProgrammeItem | None) -> str:
    return render_template("infoavond/item_form.html", form=form, evening=evening, item=item)


def _remove_page(evening_id: int, item_id: int, form: ConfirmForm) -> str:
    found = shown_evening(evening_id)
    item = get_item(read_session(), found, item_id)
    if not form.is_submitted():
        form.version.data = str(mark_of(item))
    return render_template("infoavond/remove_item_form.html", form=form, evening=found, item=item)
