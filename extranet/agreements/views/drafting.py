"""Write a draft: what it says, who its parties are, start one and throw one away."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.agreements import forms
from extranet.agreements.models import AgreementVersion
from extranet.agreements.policy import VIEW_AGREEMENT
from extranet.agreements.queries.articles import articles_of
from extranet.agreements.queries.parties import parties_of
from extranet.agreements.queries.plans import plan_sending
from extranet.agreements.queries.versions import VersionFacts, versions_of
from extranet.agreements.rules import SUBJECT_WORDS
from extranet.agreements.services import creating
from extranet.agreements.services.parties import set_parties
from extranet.agreements.views.blueprint import blueprint
from extranet.agreements.views.place import (
    draft_to_change,
    draft_to_show,
    place_to_edit,
)
from extranet.errors import Conflict, InvalidInput, NotFound
from extranet.i18n import Text
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work

Page = str | tuple[str, int] | Response


@blueprint.get("/concept")
@requires(VIEW_AGREEMENT)
def draft() -> Page:
    """Show the draft to work on."""
    session, shown, place = read_session(), draft_to_show(), place_to_edit()
    parties = parties_of(session, shown.id)
    return render_template(
        "agreements/draft.html",
        place=place,
        form=forms.ConfirmForm(data={"version": shown.version}),
        version=shown,
        articles=articles_of(session, shown.id),
        parties=parties,
        difference=place.difference(parties),
        blockers=plan_sending(session, shown).blockers,
        subject_words=SUBJECT_WORDS,
    )


@blueprint.get("/concept/inleiding")
@requires(VIEW_AGREEMENT)
def describe_form() -> Page:
    """Show what the draft says beside its articles, to change."""
    shown = draft_to_show()
    return _describe_page(forms.DescribeForm(obj=shown), shown)


@blueprint.post("/concept/inleiding")
@requires(VIEW_AGREEMENT)
def describe() -> Page:
    """Change what the draft says beside its articles."""
    form = forms.DescribeForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            found = draft_to_change(session)
            form.expect(found.version, _present(found))
            values = _description(form)
            creating.describe_draft(
                session, version=found, description=values, actor=current_actor()
            )
            flash(_("The draft is changed."))
            return redirect(url_for(".draft"))
    return _describe_page(form, draft_to_show()), 422


@blueprint.post("/concept/partijen")
@requires(VIEW_AGREEMENT)
def take_parties() -> Page:
    """Make those who take part now the parties of the draft."""
    place, form = place_to_edit(), forms.ConfirmForm()
    form.validate()
    if not place.participants:
        raise Conflict(Text("Nobody takes part yet, so the agreement has no parties."))
    with unit_of_work() as session:
        found, wanted = draft_to_change(session), place.participants
        form.expect(found.version, {})
        set_parties(session, version=found, organisation_ids=wanted, actor=current_actor())
    flash(_("The parties are those who take part now."))
    return redirect(url_for(".draft"))


@blueprint.get("/nieuwe-versie")
@requires(VIEW_AGREEMENT)
def new_version_form() -> Page:
    """Ask what a new version starts from and what it is to change."""
    form = _sources(forms.NewVersionForm())
    return render_template("agreements/new_version_form.html", form=form, place=place_to_edit())


@blueprint.post("/nieuwe-versie")
@requires(VIEW_AGREEMENT)
def new_version() -> Page:
    """Start a new version."""
    place, form = place_to_edit(), _sources(forms.NewVersionForm())
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            creating.start_version(
                session,
                region_id=place.region_id,
                owner=place.owner,
                source=form.source.data,
                note=str(form.note.data),
                actor=current_actor(),
            )
            return redirect(url_for(".draft"))
    return render_template("agreements/new_version_form.html", form=form, place=place), 422


@blueprint.get("/concept/weggooien")
@requires(VIEW_AGREEMENT)
def discard_form() -> Page:
    """Ask whether the draft must go."""
    return _discard_page(forms.ConfirmForm(data={"version": draft_to_show().version}))


@blueprint.post("/concept/weggooien")
@requires(VIEW_AGREEMENT)
def discard() -> Page:
    """Throw the draft away."""
    form = forms.ConfirmForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            found = draft_to_change(session)
            form.expect(found.version, _present(found))
            creating.discard_draft(session, version=found, actor=current_actor())
            flash(_("The draft is thrown away."))
            return redirect(url_for(".agreement"))
    return _discard_page(form), 422


def _describe_page(form: forms.DescribeForm, shown: VersionFacts) -> str:
    if shown.number == 1:
        del form.note
    return render_template(
        "agreements/describe_form.html", form=form, place=place_to_edit(), version=shown
    )


def _description(form: forms.DescribeForm) -> creating.Description:
    return creating.Description(
        title=str(form.title.data),
        intro=str(form.intro.data),
        note=str(form.note.data),
        in_force_from=form.in_force_from.data,
    )


def _present(found: AgreementVersion) -> Mapping[str, object]:
    """Return what stands there now, for who edited an older draft."""
    day = found.in_force_from
    return {
        "title": found.title,
        "intro": found.intro,
        "in_force_from": f"{day:%d-%m-%Y}" if day else "",
        "note": found.note,
    }


def _sources(form: forms.NewVersionForm) -> forms.NewVersionForm:
    """Offer the versions to start from: in force first, then the newest."""
    place = place_to_edit()
    versions = versions_of(read_session(), region_id=place.region_id, owner=place.owner)
    if not versions:
        raise NotFound(Text("This page does not exist."))
    offered = sorted(versions, key=lambda one: not one.is_in_force)
    form.source.choices = [
        (one.number, _("Version %(number)s", number=one.number)) for one in offered
    ]
    return form


def _discard_page(form: forms.ConfirmForm) -> str:
    shown = draft_to_show()
    if shown.number == 1:
        raise InvalidInput({"": Text("The first version stays. Change it instead.")})
    return render_template(
        "agreements/discard_form.html", form=form, place=place_to_edit(), version=shown
    )
