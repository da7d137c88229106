"""The house styles: all of them to look at, one's own to change."""

from __future__ import annotations

from dataclasses import fields

from flask import Response, flash, redirect, url_for

from extranet.api import (
    NotFound,
    current_actor,
    current_place,
    read_session,
    render_template,
    requires,
    unit_of_work,
    written,
)
from extranet_infoavond.forms.evenings import ConfirmForm
from extranet_infoavond.forms.styles import LogoForm, StyleForm
from extranet_infoavond.policy import VIEW, WRITE_OWN, own_organisation_id, writes_own
from extranet_infoavond.queries.styles import (
    StyleLine,
    find_style,
    get_logo,
)
from extranet_infoavond.queries.styles import (
    list_styles as lines_of,
)
from extranet_infoavond.rules.styles import LARGEST_LOGO
from extranet_infoavond.services import styles as services
from extranet_infoavond.views.blueprint import blueprint
from extranet_infoavond.views.place import (
    Answer,
    acting_organisation,
    current_names,
    present_values,
)
from extranet_infoavond.wording import Text

FORM_FIELDS = tuple(field.name for field in fields(services.StyleValues))


@blueprint.get("/huisstijl")
@requires(VIEW)
def list_styles() -> Answer:
    """Show the house style of each municipality that takes part."""
    actor = current_actor()
    return render_template(
        "infoavond/list_styles.html",
        rows=lines_of(read_session(), current_place()),
        own=own_organisation_id(actor) if writes_own(actor) else 0,
    )


@blueprint.get("/huisstijl/<int:organisation_id>/logo")
@requires(VIEW)
def logo(organisation_id: int) -> Response:
    """Give a municipality's logo; the browser may not take it for anything but a picture."""
    content, media_type = get_logo(read_session(), current_place(), organisation_id)
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, content_type=media_type, headers=headers)


@blueprint.get("/huisstijl/wijzigen")
@requires(WRITE_OWN)
def style_form() -> Answer:
    """Show the house style of one's own municipality to change."""
    line = _own_line()
    first = {"sender": line.name, "version": 0}
    return _style_page(StyleForm(obj=line.style, data=first))


@blueprint.post("/huisstijl/wijzigen")
@requires(WRITE_OWN)
def save_style() -> Answer:
    """Change the house style of one's own municipality."""
    form, own = StyleForm(), acting_organisation()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            style = find_style(session, current_place(), own)
            form.expect(style.version if style else 0, present_values(style, FORM_FIELDS))
            place, names, actor = current_place(), current_names(session), current_actor()
            services.save_style(session, place, values=form.values(), names=names, actor=actor)
            flash(written(Text("The house style is saved.")))
            return redirect(url_for("infoavond.list_styles"))
    return _style_page(form), 422


@blueprint.get("/huisstijl/logo")
@requires(WRITE_OWN)
def logo_form() -> Answer:
    """Show the logo of one's own municipality, to choose another."""
    return _logo_page(LogoForm(data={"version": _version()}))


@blueprint.post("/huisstijl/logo")
@requires(WRITE_OWN)
def save_logo() -> Answer:
    """Take a logo in."""
    form = LogoForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            form.expect(_version(), {})
            # One byte more than is taken tells a file that is too large.
            content = form.logo.data.read(LARGEST_LOGO + 1) if form.logo.data else b""
            services.save_logo(session, current_place(), content=content, actor=current_actor())
            flash(written(Text("The logo is saved.")))
            return redirect(url_for("infoavond.list_styles"))
    return _logo_page(form), 422


@blueprint.post("/huisstijl/logo/verwijderen")
@requires(WRITE_OWN)
def remove_logo() -> Answer:
    """Remove the logo of one's own municipality."""
    form = ConfirmForm()
    form.validate()
    form.expect(_version(), {})
    with unit_of_work() as session:
        services.remove_logo(session, current_place(), actor=current_actor())
    flash(written(Text("The logo is removed.")))
    return redirect(url_for("infoavond.list_styles"))


def _version() -> int:
    style = find_style(read_session(), current_place(), acting_organisation())
    return style.version if style else 0


def _own_line() -> StyleLine:
    """Return the municipality that the actor acts for; raise NotFound when it takes no part."""
    own = acting_organisation()
    for line in lines_of(read_session(), current_place()):
        if line.organisation_id == own:
            return line
    raise NotFound(services.NOT_A_PARTICIPANT)


def _style_page(form: StyleForm) -> str:
    return render_template("infoavond/style_form.html", line=_own_line(), form=form)


def _logo_page(form: LogoForm) -> str:
    return render_template("infoavond/logo_form.html", line=_own_line(), form=form)
