"""Adding, changing and withdrawing documents."""

from __future__ import annotations

from typing import BinaryIO, TypeVar, cast

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from extranet.config import Config
from extranet.documents import forms
from extranet.documents.queries.choices import body_choices, organisation_choices
from extranet.documents.queries.documents import get_document, lock_document
from extranet.documents.rules.media import ACCEPTED
from extranet.documents.rules.uploads import Upload, read_upload
from extranet.documents.services import documents as services
from extranet.documents.services.versions import add_version as keep_version
from extranet.documents.views.place import place_of_address
from extranet.membership.forms.fields import typed_values
from extranet.web.access import current_actor
from extranet.web.database import read_session, unit_of_work
from extranet.web.files import get_files

Page = str | tuple[str, int] | Response
F = TypeVar("F", bound=forms.DocumentForm)


def add_form() -> Page:
    """Ask for a new document."""
    return _add_page(_offered(forms.AddDocumentForm()))


def add() -> Page:
    """Add a document with its file; the same form sent twice adds one."""
    form, place = _offered(forms.AddDocumentForm()), place_of_address()
    if form.validate():
        with form.refusals():
            upload = _upload(form)
            with unit_of_work() as session:
                added = services.add_document(
                    session,
                    files=get_files(),
                    region_id=place.region_id,
                    owner=place.owner,
                    values=form.values(),
                    upload=upload,
                    token=str(form.upload_token.data),
                    actor=current_actor(),
                )
            flash(_("The document is added."))
            return redirect(url_for(".document", document_id=added.id))
    form.ask_file_again()
    if form.is_stale:
        form.upload_token.data = forms.new_token()
    return _add_page(form), 422


def change_form(document_id: int) -> Page:
    """Show what is known about a document, to change."""
    return _change_page(_filled(document_id), document_id)


def change(document_id: int) -> Page:
    """Change what is known about a document."""
    form = _offered(forms.DocumentForm())
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            found = lock_document(session, place_of_address().sight, document_id)
            form.expect(found.version, typed_values(_filled(document_id)))
            services.change_document(
                session, document=found, values=form.values(), actor=current_actor()
            )
            flash(_("The document is changed."))
            return redirect(url_for(".document", document_id=document_id))
    return _change_page(form, document_id), 422


def add_version_form(document_id: int) -> Page:
    """Ask for a later version of a document."""
    return _version_page(forms.VersionForm(), document_id)


def add_version(document_id: int) -> Page:
    """Add a version; the ones before it stay."""
    form = forms.VersionForm()
    if form.validate():
        with form.refusals():
            upload = _upload(form)
            with unit_of_work() as session:
                keep_version(
                    session,
                    files=get_files(),
                    document=lock_document(session, place_of_address().sight, document_id),
                    upload=upload,
                    token=str(form.upload_token.data),
                    note=str(form.note.data),
                    actor=current_actor(),
                )
            flash(_("The version is added."))
            return redirect(url_for(".document", document_id=document_id))
    form.ask_file_again()
    return _version_page(form, document_id), 422


def withdraw_form(document_id: int) -> Page:
    """Ask why a document is withdrawn, and say what that does."""
    row = get_document(read_session(), place_of_address().sight, document_id)
    return _withdraw_page(forms.WithdrawForm(data={"version": row.version}), document_id)


def withdraw(document_id: int) -> Page:
    """Withdraw a document."""
    form = forms.WithdrawForm()
    if form.validate():
        with form.refusals(), unit_of_work() as session:
            found = lock_document(session, place_of_address().sight, document_id)
            form.expect(found.version, {})
            services.withdraw_document(
                session, document=found, reason=form.reason.data, actor=current_actor()
            )
            flash(_("The document is withdrawn."))
            return redirect(url_for(".document", document_id=document_id))
    return _withdraw_page(form, document_id), 422


def restore(document_id: int) -> Page:
    """Put a withdrawn document back."""
    with unit_of_work() as session:
        found = lock_document(session, place_of_address().sight, document_id)
        services.restore_document(session, document=found, actor=current_actor())
    flash(_("The document is in use again."))
    return redirect(url_for(".document", document_id=document_id))


def _upload(form: forms.FileForm) -> Upload:
    """Return the file of a form, checked; what is wrong with it is said beside its field."""
    sent = cast(FileStorage, form.file.data)
    return read_upload(
        cast(BinaryIO, sent.stream),
        name=sent.filename or "",
        most_megabytes=_config().upload_megabytes,
    )


def _config() -> Config:
    return cast(Config, current_app.extensions["extranet_config"])


def _offered(form: F) -> F:
    session, place = read_session(), place_of_address()
    form.offer(
        bodies=body_choices(session, place.region_id),
        organisations=organisation_choices(session, place.region_id),
        confidentialities=place.confidentialities,
        explanation=place.explanation,
    )
    return form


def _filled(document_id: int) -> forms.DocumentForm:
    """Return the form as the document stands now."""
    row = get_document(read_session(), place_of_address().sight, document_id)
    numbers = ("body_id", "organisation_id", "imposed_by_body_id")
    chosen = {name: getattr(row, name) or forms.NONE for name in numbers}
    return _offered(forms.DocumentForm(formdata=None, obj=row, data=chosen))


def _add_page(form: forms.AddDocumentForm) -> str:
    return render_template(
        "documents/add_form.html",
        form=form,
        place=place_of_address(),
        accepted=ACCEPTED,
        most=_config().upload_megabytes,
    )


def _change_page(form: forms.DocumentForm, document_id: int) -> str:
    place = place_of_address()
    row = get_document(read_session(), place.sight, document_id)
    return render_template("documents/change_form.html", form=form, place=place, row=row)


def _version_page(form: forms.VersionForm, document_id: int) -> str:
    place = place_of_address()
    return render_template(
        "documents/add_version_form.html",
        form=form,
        place=place,
        row=get_document(read_session(), place.sight, document_id),
        accepted=ACCEPTED,
        most=_config().upload_megabytes,
    )


def _withdraw_page(form: forms.WithdrawForm, document_id: int) -> str:
    place = place_of_address()
    row = get_document(read_session(), place.sight, document_id)
    return render_template("documents/withdraw_form.html", form=form, place=place, row=row)
