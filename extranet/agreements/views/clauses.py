"""The region admin's pages about the model clauses that agreements start from."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.agreements import forms
from extranet.agreements.policy import EDIT_CLAUSES
from extranet.agreements.queries.clauses import RegionClause, clauses_of, get_clause
from extranet.agreements.rules import SUBJECT_WORDS, Clause
from extranet.agreements.services.clauses import change_clause, restore_clause
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.web.access import current_actor, requires
from extranet.web.database import read_session, unit_of_work

blueprint = Blueprint("agreement_clauses", __name__, url_prefix="/<region>/beheer/modelbepalingen")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(EDIT_CLAUSES)
def clauses() -> Page:
    """Show the model clauses of the region."""
    return render_template(
        "agreement_clauses/clauses.html",
        found=clauses_of(read_session(), region_id=_region_id()),
        subject_words=SUBJECT_WORDS,
    )


@blueprint.get("/<subject>")
@requires(EDIT_CLAUSES)
def change_form(subject: str) -> Page:
    """Show a model clause to change."""
    found = _found(subject)
    return _change_page(forms.ArticleForm(obj=found.clause, version=found.version), found)


@blueprint.post("/<subject>")
@requires(EDIT_CLAUSES)
def change(subject: str) -> Page:
    """Change a model clause."""
    form = forms.ArticleForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            found = get_clause(session, region_id=_region_id(), subject=subject)
            form.expect(found.version, _present(found.clause))
            values = _values(subject, form)
            change_clause(session, region_id=_region_id(), values=values, actor=current_actor())
            flash(_("The model clause is changed."))
            return redirect(url_for(".clauses"))
    return _change_page(form, _found(subject)), 422


@blueprint.get("/<subject>/terugzetten")
@requires(EDIT_CLAUSES)
def restore_form(subject: str) -> Page:
    """Ask whether the words of the program must come back."""
    found = _found(subject)
    form = forms.ConfirmForm(data={"version": found.version})
    return render_template("agreement_clauses/restore_form.html", form=form, found=found)


@blueprint.post("/<subject>/terugzetten")
@requires(EDIT_CLAUSES)
def restore(subject: str) -> Page:
    """Return to the words of the program."""
    form = forms.ConfirmForm()
    form.validate()
    with unit_of_work() as session:
        found = get_clause(session, region_id=_region_id(), subject=subject)
        form.expect(found.version, _present(found.clause))
        restore_clause(session, region_id=_region_id(), subject=subject, actor=current_actor())
        flash(_("The model clause has its first words back."))
    return redirect(url_for(".clauses"))


def _region_id() -> int:
    region = current_actor().region
    if region is None:
        raise NotFound(Text("This page does not exist."))
    return region.id


def _found(subject: str) -> RegionClause:
    return get_clause(read_session(), region_id=_region_id(), subject=subject)


def _values(subject: str, form: forms.ArticleForm) -> Clause:
    return Clause(
        subject=subject,
        title=str(form.title.data),
        body=str(form.body.data),
        law=str(form.law.data),
    )


def _present(clause: Clause) -> Mapping[str, object]:
    """Return what stands there now, for who changed older words."""
    return {"title": clause.title, "body": clause.body, "law": clause.law}


def _change_page(form: forms.ArticleForm, found: RegionClause) -> str:
    return render_template(
        "agreement_clauses/change_form.html", form=form, found=found, subject_words=SUBJECT_WORDS
    )
