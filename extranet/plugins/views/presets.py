"""Presets: sets of plugins under a name, to allow at once in a coalition."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from extranet.plugins.forms import ConfirmForm, PresetForm
from extranet.plugins.policy import ALLOW_PLUGINS
from extranet.plugins.queries.administration import presets_of
from extranet.plugins.services.allowing import allow_preset, drop_preset, keep_preset
from extranet.plugins.views.administration import Page, blueprint
from extranet.plugins.views.here import current_host, current_region, title_of
from extranet.plugins.wording import written
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work


@blueprint.get("/pakketten")
@requires(ALLOW_PLUGINS)
def presets() -> Page:
    """Show the presets, and a form for a new one."""
    return _presets_page(_offered(PresetForm()))


@blueprint.post("/pakketten")
@requires(ALLOW_PLUGINS)
def make_preset() -> Page:
    """Keep a preset."""
    form = _offered(PresetForm())
    if form.validate():
        with unit_of_work() as session:
            keep_preset(
                session,
                region_id=current_region().id,
                name=str(form.name.data).strip(),
                plugins=form.plugins.data or (),
                actor=current_actor(),
            )
        flash(_("The preset is kept."))
        return redirect(url_for("plugin_admin.presets"))
    return _presets_page(form), 422


@blueprint.post("/pakketten/<int:preset_id>/weg")
@requires(ALLOW_PLUGINS)
def remove_preset(preset_id: int) -> Page:
    """Forget a preset."""
    ConfirmForm().validate()
    with unit_of_work() as session:
        drop_preset(
            session, region_id=current_region().id, preset_id=preset_id, actor=current_actor()
        )
    flash(_("The preset is gone. What it allowed stays allowed."))
    return redirect(url_for("plugin_admin.presets"))


@blueprint.post("/pakketten/toepassen")
@requires(ALLOW_PLUGINS)
def apply_preset() -> Page:
    """Let a coalition use every plugin of a preset; nothing goes on by it."""
    ConfirmForm().validate()
    with unit_of_work() as session:
        allow_preset(
            session,
            region_id=current_region().id,
            preset_id=request.form.get("preset", type=int) or 0,
            coalition_id=request.form.get("coalition", type=int) or 0,
            known=current_host().plugins.keys(),
            actor=current_actor(),
        )
    flash(_("The coalition may use the plugins of the preset now."))
    return redirect(url_for("plugin_admin.matrix"))


def _offered(form: PresetForm) -> PresetForm:
    form.plugins.choices = [
        (plugin.name, written(plugin.manifest.title))
        for plugin in current_host().plugins.values()
        if not plugin.is_module
    ]
    return form


def _presets_page(form: PresetForm) -> str:
    found = presets_of(read_session(), current_region().id)
    titles = {name: title_of(name) for preset in found for name in preset.plugins}
    return render_template("plugin_admin/presets.html", form=form, presets=found, titles=titles)
