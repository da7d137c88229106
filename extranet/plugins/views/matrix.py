"""The matrix of plugins and coalitions: who may use what, and what is on, changed as one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from extranet.errors import InvalidInput
from extranet.i18n import Text
from extranet.plugins.forms import ConfirmForm
from extranet.plugins.models import Cell
from extranet.plugins.policy import ALLOW_PLUGINS
from extranet.plugins.queries.administration import (
    COLUMNS,
    Known,
    cells_of,
    coalition_names,
    columns_of,
    known_plugins,
    presets_of,
)
from extranet.plugins.services.allowing import (
    CellChange,
    RegionChange,
    change_allowances,
)
from extranet.plugins.views.administration import Page, blueprint
from extranet.plugins.views.here import current_host, current_region
from extranet.plugins.views.lines import plugin_lines
from extranet.plugins.views.wording import CELLS, EFFECTS
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.paging import asked_key, page_of

REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change that somebody asked for, in words, and as the form carries it."""

    title: Text
    place: str
    effect: Text
    field: str
    before: Cell
    after: Cell


@blueprint.get("/matrix")
@requires(ALLOW_PLUGINS)
def matrix() -> Page:
    """Show the matrix."""
    return _matrix_page(ConfirmForm())


@blueprint.post("/matrix")
@requires(ALLOW_PLUGINS)
def review() -> Page:
    """Say what would change, before anything does."""
    form = ConfirmForm()
    form.validate()
    changes = _changes(request.form)
    if not changes:
        flash(_("You changed nothing."))
        return redirect(url_for("plugin_admin.matrix", na=asked_key()))
    return render_template("plugin_admin/review.html", form=form, changes=changes)


@blueprint.post("/matrix/opslaan")
@requires(ALLOW_PLUGINS)
def save() -> Page:
    """Do every change that was reviewed, or none."""
    form = ConfirmForm()
    form.validate()
    changes = _changes(request.form)
    with form.refusals(), unit_of_work() as session:
        change_allowances(
            session,
            region_id=current_region().id,
            regions=[_region_change(one) for one in changes if one.field.startswith(REGION)],
            cells=[_cell_change(one) for one in changes if not one.field.startswith(REGION)],
            actor=current_actor(),
        )
    if form.errors:
        return _matrix_page(form), 422
    flash(_("The changes are saved."))
    return redirect(url_for("plugin_admin.matrix"))


def _matrix_page(form: ConfirmForm) -> str:
    session, region = read_session(), current_region()
    columns = columns_of(session, region.id, after=asked_key())
    page = page_of(columns, [column.id for column in columns], COLUMNS)
    lines = [line for line in plugin_lines(known_plugins(session, region.id)) if line.is_here]
    return render_template(
        "plugin_admin/matrix.html",
        form=form,
        lines=lines,
        page=page,
        is_first=asked_key() is None,
        cells=cells_of(session, [column.id for column in page.rows]),
        cell_words=CELLS,
        region_cell=_region_cell,
        presets=presets_of(session, region.id),
    )


def _region_cell(known: Known) -> Cell:
    if known.is_on:
        return Cell.ON
    return Cell.MAY if known.is_allowed else Cell.NO


def _changes(typed: Mapping[str, str]) -> list[Change]:
    """Return what differs from what the form was opened with; nonsense is refused."""
    host = current_host()
    asked: list[tuple[str, str, str, Cell, Cell]] = []
    for field, value in typed.items():
        place, _dot, plugin = field.partition(".")
        found = host.find(plugin)
        if found is None or not (place == REGION or place.isdecimal()):
            continue
        before, after = _cell(typed.get(f"was.{field}", "")), _cell(value)
        if before != after and not (place != REGION and found.is_module):
            asked.append((field, place, plugin, before, after))
    names = coalition_names(
        read_session(), [int(place) for _f, place, _p, _b, _a in asked if place != REGION]
    )
    return [
        Change(
            title=host.plugins[plugin].manifest.title,
            place=current_region().name if place == REGION else names.get(int(place), ""),
            effect=_effect(place, before, after),
            field=field,
            before=before,
            after=after,
        )
        for field, place, plugin, before, after in asked
    ]


def _effect(place: str, before: Cell, after: Cell) -> Text:
    if place == REGION and (before, after) == (Cell.NO, Cell.MAY):
        return Text("may be used in the region, in the coalitions that you choose")
    if place == REGION and (before, after) == (Cell.MAY, Cell.NO):
        return Text("may no longer be used in the region; what it kept stays")
    return EFFECTS[before, after]


def _cell(value: str) -> Cell:
    try:
        return Cell(value)
    except ValueError as error:
        raise InvalidInput({"": Text("Choose one of the options.")}) from error


def _region_change(change: Change) -> RegionChange:
    plugin = change.field.partition(".")[2]
    return RegionChange(
        plugin=plugin,
        before=change.before,
        after=change.after,
        is_module=current_host().plugins[plugin].is_module,
    )


def _cell_change(change: Change) -> CellChange:
    coalition, _dot, plugin = change.field.partition(".")
    return CellChange(
        coalition_id=int(coalition), plugin=plugin, before=change.before, after=change.after
    )
