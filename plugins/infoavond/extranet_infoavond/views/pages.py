"""A municipality's public page, as its own seats make, open and close it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

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
from extranet_infoavond.forms.signups import PageForm
from extranet_infoavond.models import Evening, Page
from extranet_infoavond.policy import WRITE_OWN
from extranet_infoavond.queries.locking import locked_evening
from extranet_infoavond.queries.public import NO_PAGE
from extranet_infoavond.queries.settings import number_of
from extranet_infoavond.queries.signups import find_page
from extranet_infoavond.services import pages
from extranet_infoavond.views.blueprint import blueprint
from extranet_infoavond.views.here import acting_fields, evening_here, own_here, refuse_switched
from extranet_infoavond.views.place import current_names, public_address
from extranet_infoavond.wording import LEGAL_BASES, Text

Shown = str | tuple[str, int] | Response
ADDRESS = "/<int:evening_id>/pagina"


@blueprint.get(ADDRESS)
@requires(WRITE_OWN)
def page_form(evening_id: int) -> str:
    """Show the page of one's own municipality: its address, and what may still be missing."""
    page = _own_page(evening_id)
    days = number_of(read_session(), current_place(), "retention_days")
    data: dict[str, object] = {"keep_days": days, "version": "0"}
    if page is not None:
        data = {name: getattr(page, name) for name in ("legal_basis", "keep_days", "version")}
    return _show(evening_id, page, PageForm(data=data))


@blueprint.post(ADDRESS)
@requires(WRITE_OWN)
def save_page(evening_id: int) -> Shown:
    """Make the page, or change on what ground and how long it keeps sign-ups."""
    form = PageForm()
    page = _own_page(evening_id)
    if form.validate():
        with form.refusals():
            _save(evening_id, form)
        if not form.errors:
            flash(written(Text("The public page is saved.")))
            return redirect(url_for("infoavond.page_form", evening_id=evening_id))
    return _show(evening_id, page, form), 422


@blueprint.post(f"{ADDRESS}/openen")
@requires(WRITE_OWN)
def open_page(evening_id: int) -> Response:
    """Let residents sign up."""
    with _own_page_to_change(evening_id) as (session, evening, page):
        pages.open_page(
            session,
            current_place(),
            evening,
            page,
            names=current_names(session),
            address=public_address(page.slug),
            actor=current_actor(),
        )
    flash(written(Text("Residents can sign up now.")))
    return redirect(url_for("infoavond.page_form", evening_id=evening_id))


@blueprint.post(f"{ADDRESS}/sluiten")
@requires(WRITE_OWN)
def close_page(evening_id: int) -> Response:
    """Let nobody sign up any more."""
    with _own_page_to_change(evening_id) as (session, evening, page):
        pages.close_page(session, evening, page, actor=current_actor())
    flash(written(Text("Nobody can sign up any more. Who did keeps their place.")))
    return redirect(url_for("infoavond.page_form", evening_id=evening_id))


@blueprint.post(f"{ADDRESS}/verwijderen")
@requires(WRITE_OWN)
def drop_page(evening_id: int) -> Response:
    """Take the page and its address away, while nobody signed up."""
    with _own_page_to_change(evening_id) as (session, evening, page):
        pages.drop_page(session, current_place(), evening, page, actor=current_actor())
    flash(written(Text("The page is gone. Its address does not work any more.")))
    return redirect(url_for("infoavond.page_form", evening_id=evening_id))


@contextmanager
def _own_page_to_change(evening_id: int) -> Iterator[tuple[Session, Evening, Page]]:
    """Open a unit of work on the page of the municipality that the actor acts for.

    Its evening is locked. Refuses a button that was shown for another organisation.
    """
    refuse_switched()
    with unit_of_work() as session:
        evening = locked_evening(session, current_place(), evening_id)
        organisation_id = pages.own_organisation(session, evening, current_actor())
        yield session, evening, _required(find_page(session, evening.id, organisation_id))


def _save(evening_id: int, form: PageForm) -> None:
    place, actor = current_place(), current_actor()
    basis, keep_days = str(form.legal_basis.data), int(form.keep_days.data or 0)
    with unit_of_work() as session:
        evening = locked_evening(session, place, evening_id)
        page = find_page(session, evening.id, pages.own_organisation(session, evening, actor))
        shown = {"legal_basis": page.legal_basis, "keep_days": page.keep_days} if page else {}
        form.expect(page.version if page is not None else 0, shown)
        if page is None:
            pages.make_page(session, place, evening, basis=basis, keep_days=keep_days, actor=actor)
        else:
            pages.change_page(session, evening, page, basis=basis, keep_days=keep_days, actor=actor)


def _own_page(evening_id: int) -> Page | None:
    evening = evening_here(evening_id)
    return find_page(read_session(), evening.id, own_here(evening))


def _required(page: Page | None) -> Page:
    if page is None:
        raise NotFound(NO_PAGE)
    return page


def _show(evening_id: int, page: Page | None, form: PageForm) -> str:
    evening = evening_here(evening_id)
    link = public_address(page.slug) if page else ""
    return render_template(
        "infoavond/page_form.html",
        evening=evening,
        page=page,
        form=form,
        sent=acting_fields(),
        link=link,
        bases=LEGAL_BASES,
        missing=pages.missing_for_opening(
            read_session(),
            current_place(),
            evening,
            names=current_names(read_session()),
            address=link,
            actor=current_actor(),
        ),
    )
