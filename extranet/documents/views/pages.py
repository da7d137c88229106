"""One document: what is known about it, its versions, and their content."""

from __future__ import annotations

from flask import Response, render_template

from extranet.documents.queries.documents import get_document, get_version, versions_of
from extranet.documents.rules.media import PREVIEWS
from extranet.documents.rules.names import extension_of
from extranet.documents.views.place import place_of_address
from extranet.documents.views.serving import send_document
from extranet.documents.wording import (
    CONFIDENTIALITIES,
    WOO_CATEGORIES,
    WOO_DECISIONS,
    size_text,
)
from extranet.web.database import read_session


def document(document_id: int) -> str:
    """Show one document."""
    session, place = read_session(), place_of_address()
    found = get_document(session, place.sight, document_id)
    return render_template(
        "documents/document.html",
        place=place,
        row=found,
        versions=versions_of(session, place.sight, document_id),
        confidentialities=CONFIDENTIALITIES,
        categories=WOO_CATEGORIES,
        decisions=WOO_DECISIONS,
        previews=PREVIEWS,
        size=size_text,
        extension=extension_of,
    )


def download(document_id: int, number: int) -> Response:
    """Give a version to keep."""
    sight = place_of_address().sight
    found = get_version(read_session(), sight, document_id, number)
    return send_document(found, as_preview=False)


def preview(document_id: int, number: int) -> Response:
    """Show a version in the browser, where that is safe."""
    sight = place_of_address().sight
    found = get_version(read_session(), sight, document_id, number)
    return send_document(found, as_preview=True)
