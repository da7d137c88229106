"""The lead's pages about plustaken: what is on, what can be, and whom to ask for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from extranet.access import permits
from extranet.coalitions.models import Coalition, Plustaak
from extranet.coalitions.services import plustaken as services
from extranet.errors import NotFound
from extranet.i18n import DEFAULT_LOCALE, Text, translate
from extranet.plugins.addresses import address_of
from extranet.plugins.contributions import Place
from extranet.plugins.forms import ConfirmForm, PurgeForm, settings_form, typed_settings
from extranet.plugins.listening import why_not_allowed
from extranet.plugins.manifest import Setting, SettingLevel
from extranet.plugins.policy import PURGE_PLUGIN, SWITCH_PLUSTAKEN, VIEW_PLUSTAKEN
from extranet.plugins.queries.administration import known_titles, plustaken_of
from extranet.plugins.queries.allowances import allowed_in_coalition
from extranet.plugins.services.exporting import export_of
from extranet.plugins.services.settings import save_settings, settings_of
from extranet.plugins.views.here import (
    NO_PAGE,
    current_coalition,
    current_host,
    current_region,
    get_plugin,
    title_of,
)
from extranet.plugins.views.wording import STATE_KINDS, STATES
from extranet.publishing.downloads import download
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work

blueprint = Blueprint("plustaken", __name__, url_prefix="/<region>/coalities/<coalition>/plustaken")
Page = str | tuple[str, int] | AnyResponse


class _Both(TypedDict):
    coalition: Coalition
    plustaak: Plustaak


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakLine:
    """A plustaak of the coalition, or a plugin that could become one."""

    name: str
    title: Text | str
    summary: Text | None
    state: str
    is_here: bool
    is_live: bool
    has_settings: bool
    url: str


@blueprint.get("/")
@requires(VIEW_PLUSTAKEN)
def plustaken() -> Page:
    """Show what is on, what can be switched on, and what is not allowed and whom to ask."""
    session, region, coalition = read_session(), current_region(), current_coalition()
    allowed = allowed_in_coalition(session, region.id, coalition.id)
    lines = _lines(session)
    return render_template(
        "plustaken/plustaken.html",
        started=[line for line in lines if line.state],
        available=[line for line in lines if not line.state and line.name in allowed],
        others=[line for line in lines if not line.state and line.name not in allowed],
        whom=why_not_allowed(session, region.id),
        prefix=url_for("plustaken.plustaken"),
        states=STATES,
        state_kinds=STATE_KINDS,
        switches=permits(current_actor(), SWITCH_PLUSTAKEN),
    )


@blueprint.get("/<name>")
@requires(SWITCH_PLUSTAKEN)
def switch_form(name: str) -> Page:
    """Show what can be done with a plustaak, and what each does."""
    return _switch_page(name, ConfirmForm(), PurgeForm())


@blueprint.post("/<name>/aan")
@requires(SWITCH_PLUSTAKEN)
def enable(name: str) -> Page:
    """Switch a plugin on."""
    form = ConfirmForm()
    form.validate()
    with form.refusals(), unit_of_work() as session:
        services.enable_plustaak(
            session, coalition=_coalition(session), plugin=name, actor=current_actor()
        )
    return _answer(name, form, _("It is on."))


@blueprint.post("/<name>/uit")
@requires(SWITCH_PLUSTAKEN)
def disable(name: str) -> Page:
    """Switch a plugin off."""
    form = ConfirmForm()
    form.validate()
    with unit_of_work() as session:
        services.disable_plustaak(session, actor=current_actor(), **_both(session, name))
    return _answer(name, form, _("It is off. What it kept is still there."))


@blueprint.get("/<name>/export.zip")
@requires(SWITCH_PLUSTAKEN)
def export(name: str) -> Page:
    """Give what the plugin kept here, as an archive that opens without this program."""
    plustaak = _known(name)
    place = Place(
        plugin=name,
        region_id=current_region().id,
        coalition_id=plustaak.coalition_id,
        plustaak_id=plustaak.id,
    )
    file_name = f"{current_coalition().slug}-{name}.zip"
    title = f"{translate(title_of(name), DEFAULT_LOCALE)}, {current_coalition().name}"
    content = export_of(read_session(), place, title=title)
    return download(content, "application/zip", file_name)


@blueprint.post("/<name>/archiveren")
@requires(SWITCH_PLUSTAKEN)
def archive(name: str) -> Page:
    """Close a plustaak."""
    form = ConfirmForm()
    form.validate()
    with unit_of_work() as session:
        services.archive_plustaak(session, actor=current_actor(), **_both(session, name))
    return _answer(name, form, _("It is archived."))


@blueprint.post("/<name>/heropenen")
@requires(SWITCH_PLUSTAKEN)
def reopen(name: str) -> Page:
    """Open an archived plustaak again; it stays off."""
    form = ConfirmForm()
    form.validate()
    with unit_of_work() as session:
        services.reopen_plustaak(session, actor=current_actor(), **_both(session, name))
    return _answer(name, form, _("It is open again, and still off."))


@blueprint.post("/<name>/wissen")
@requires(PURGE_PLUGIN)
def purge(name: str) -> Page:
    """Delete what a plugin kept here, after its name was typed."""
    form = PurgeForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            typed = str(form.typed.data)
            both = _both(session, name)
            services.purge_plustaak(session, typed=typed, actor=current_actor(), **both)
    if form.errors:
        return _switch_page(name, ConfirmForm(), form), 422
    flash(_("What the plugin kept in this coalition is deleted."))
    return redirect(url_for("plustaken.plustaken"))


@blueprint.get("/<name>/instellingen")
@requires(SWITCH_PLUSTAKEN)
def settings_page(name: str) -> Page:
    """Show the settings of a plustaak, to change."""
    place, declared = _place_of(name), _declared(name)
    form = settings_form(declared, settings_of(read_session(), place, declared))
    return render_template(
        "plustaken/settings_page.html", form=form, title=title_of(name), name=name
    )


@blueprint.post("/<name>/instellingen")
@requires(SWITCH_PLUSTAKEN)
def change_settings(name: str) -> Page:
    """Change the settings of a plustaak."""
    place, declared, actor = _place_of(name), _declared(name), current_actor()
    form = settings_form(declared, settings_of(read_session(), place, declared))
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            values = typed_settings(form, declared)
            save_settings(session, place, declared=declared, values=values, actor=actor)
        if not form.errors:
            flash(_("The settings are saved."))
            return redirect(url_for("plustaken.switch_form", name=name))
    page = "plustaken/settings_page.html"
    return render_template(page, form=form, title=title_of(name), name=name), 422


def _lines(session: Session) -> list[PlustaakLine]:
    """Return what was started here, in order of name, and what else there is."""
    host, started = current_host(), plustaken_of(session, current_coalition().id)
    titles = known_titles(session)
    here = {name for name, plugin in host.plugins.items() if not plugin.is_module}
    return [_line(name, started.get(name), titles) for name in sorted(here | started.keys())]


def _line(name: str, plustaak: Plustaak | None, titles: dict[str, str]) -> PlustaakLine:
    plugin = current_host().find(name)
    title = plugin.manifest.title if plugin else titles.get(name, name)
    entries = plugin.navigation if plugin else ()
    return PlustaakLine(
        name=name,
        title=title,
        summary=plugin.manifest.summary if plugin else None,
        state=plustaak.state if plustaak else "",
        is_here=plugin is not None,
        is_live=bool(plustaak and plustaak.live_since),
        has_settings=bool(plugin and _declared(name)),
        url=address_of(entries[0].endpoint) if entries and plustaak else "",
    )


def _declared(name: str) -> list[Setting]:
    return [
        setting
        for setting in get_plugin(name).manifest.settings
        if SettingLevel.PLUSTAAK in setting.levels
    ]


def _known(name: str) -> Plustaak:
    found = plustaken_of(read_session(), current_coalition().id).get(name)
    if found is None:
        raise NotFound(NO_PAGE)
    return found


def _place_of(name: str) -> Place:
    plustaak = _known(name)
    return Place(
        plugin=name,
        region_id=current_region().id,
        coalition_id=plustaak.coalition_id,
        plustaak_id=plustaak.id,
    )


def _coalition(session: Session) -> Coalition:
    return session.get_one(Coalition, current_coalition().id, with_for_update=True)


def _both(session: Session, name: str) -> _Both:
    coalition = _coalition(session)
    plustaak = services.get_plustaak(session, coalition_id=coalition.id, plugin=name)
    return {"coalition": coalition, "plustaak": plustaak}


def _answer(name: str, form: ConfirmForm, words: str) -> Page:
    if form.errors:
        return _switch_page(name, form, PurgeForm()), 422
    flash(words)
    return redirect(url_for("plustaken.plustaken"))


def _switch_page(name: str, form: ConfirmForm, purge_form: PurgeForm) -> str:
    session = read_session()
    started = plustaken_of(session, current_coalition().id).get(name)
    if started is None and (name not in current_host().plugins or get_plugin(name).is_module):
        raise NotFound(NO_PAGE)
    allowed = allowed_in_coalition(session, current_region().id, current_coalition().id)
    is_allowed = name in allowed
    return render_template(
        "plustaken/switch_form.html",
        line=_line(name, started, known_titles(session)),
        is_allowed=is_allowed,
        whom="" if is_allowed else why_not_allowed(session, current_region().id),
        form=form,
        purge_form=purge_form,
        purges=permits(current_actor(), PURGE_PLUGIN),
        states=STATES,
        state_kinds=STATE_KINDS,
    )
