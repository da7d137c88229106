"""The region admin's pages about plugins: the list, and one plugin with its settings."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.errors import NotFound
from extranet.outbox.services import retry_job
from extranet.plugins.forms import ConfirmForm, PurgeForm, settings_form, typed_settings
from extranet.plugins.manifest import Setting, SettingLevel
from extranet.plugins.policy import ALLOW_PLUGINS, PURGE_PLUGIN
from extranet.plugins.queries.administration import (
    Known,
    coalitions_with,
    known_plugins,
    parked_jobs,
)
from extranet.plugins.services import modules
from extranet.plugins.services.settings import save_settings, settings_of
from extranet.plugins.views.here import (
    NO_PAGE,
    current_host,
    current_region,
    get_plugin,
    quality_of,
    region_place,
    title_of,
)
from extranet.plugins.views.lines import line_of, plugin_lines
from extranet.plugins.views.wording import RULES, STATES, STATUSES
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work

blueprint = Blueprint("plugin_admin", __name__, url_prefix="/<region>/beheer/plugins")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(ALLOW_PLUGINS)
def plugins() -> Page:
    """Show every plugin: how it is, what it keeps about whom, and where it is on."""
    known = known_plugins(read_session(), current_region().id)
    return render_template("plugin_admin/plugins.html", lines=plugin_lines(known))


@blueprint.get("/<name>")
@requires(ALLOW_PLUGINS)
def plugin(name: str) -> Page:
    """Show one plugin."""
    return _page(name)


@blueprint.get("/<name>/instellingen")
@requires(ALLOW_PLUGINS)
def settings_page(name: str) -> Page:
    """Show the settings of a plugin in the region, to change."""
    declared = _declared(name)
    present = settings_of(read_session(), region_place(name), get_plugin(name).manifest.settings)
    form = settings_form(declared, present)
    return render_template(
        "plugin_admin/settings_page.html", form=form, title=title_of(name), name=name
    )


@blueprint.post("/<name>/instellingen")
@requires(ALLOW_PLUGINS)
def change_settings(name: str) -> Page:
    """Change the settings of a plugin in the region."""
    declared, place, actor = _declared(name), region_place(name), current_actor()
    present = settings_of(read_session(), place, get_plugin(name).manifest.settings)
    form = settings_form(declared, present)
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            values = typed_settings(form, declared)
            save_settings(session, place, declared=declared, values=values, actor=actor)
        if not form.errors:
            flash(_("The settings are saved."))
            return redirect(url_for("plugin_admin.plugin", name=name))
    page = "plugin_admin/settings_page.html"
    return render_template(page, form=form, title=title_of(name), name=name), 422


@blueprint.post("/<name>/aan")
@requires(ALLOW_PLUGINS)
def enable(name: str) -> Page:
    """Switch a module on in the region."""
    if not get_plugin(name).is_module:
        raise NotFound(NO_PAGE)
    form = ConfirmForm()
    form.validate()
    with form.refusals(), unit_of_work() as session:
        modules.enable_module(session, place=region_place(name), actor=current_actor())
    return _answer(name, form, _("The module is on."))


@blueprint.post("/<name>/uit")
@requires(ALLOW_PLUGINS)
def disable(name: str) -> Page:
    """Switch a module off in the region; its code may be gone."""
    form = ConfirmForm()
    form.validate()
    with unit_of_work() as session:
        modules.disable_module(session, place=region_place(name), actor=current_actor())
    return _answer(name, form, _("The module is off. What it kept is still there."))


@blueprint.post("/<name>/wissen")
@requires(PURGE_PLUGIN)
def purge(name: str) -> Page:
    """Delete what a module kept for the region, after its name was typed."""
    form = PurgeForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            modules.purge_module(
                session,
                place=region_place(name),
                typed=str(form.typed.data),
                actor=current_actor(),
            )
    return _answer(name, form, _("What the module kept for this region is deleted."))


@blueprint.post("/<name>/taken/<int:job_id>")
@requires(ALLOW_PLUGINS)
def retry(name: str, job_id: int) -> Page:
    """Let a parked job of this region be tried again."""
    if job_id not in {job.id for job in parked_jobs(read_session(), current_region().id)}:
        raise NotFound(NO_PAGE)
    form = ConfirmForm()
    form.validate()
    with unit_of_work() as session:
        retry_job(session, job_id=job_id)
    return _answer(name, form, _("The job is tried again."))


def _answer(name: str, form: ConfirmForm | PurgeForm, words: str) -> Page:
    if form.errors:
        return _page(name, form), 422
    flash(words)
    return redirect(url_for("plugin_admin.plugin", name=name))


def _page(name: str, form: ConfirmForm | PurgeForm | None = None) -> str:
    session, region = read_session(), current_region()
    every = known_plugins(session, region.id)
    if (
        name not in every
        and name not in current_host().faults
        and current_host().find(name) is None
    ):
        raise NotFound(NO_PAGE)
    line = line_of(name, every.get(name, Known()))
    found = get_plugin(name) if line.is_here else None
    return render_template(
        "plugin_admin/plugin.html",
        line=line,
        plugin=found,
        quality=quality_of(found) if found else None,
        coalitions=coalitions_with(session, region.id, name),
        states=STATES,
        rules=RULES,
        statuses=STATUSES,
        form=form,
        purge_form=form if isinstance(form, PurgeForm) else PurgeForm(),
        confirm_form=ConfirmForm(),
        has_settings=bool(found and _declared(name)),
    )


def _declared(name: str) -> list[Setting]:
    return [
        setting
        for setting in get_plugin(name).manifest.settings
        if SettingLevel.REGION in setting.levels
    ]
