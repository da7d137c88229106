"""The list of documents, as a page, as CSV, and with their content as an archive."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request, send_file
from flask_babel import gettext as _

from extranet.clock import day_of
from extranet.documents.models import Confidentiality
from extranet.documents.queries.archive import MEDIA_TYPE, archive
from extranet.documents.queries.documents import Filters, authors_of, count_of, documents_of
from extranet.documents.rules.names import extension_of, safe_name
from extranet.documents.views.place import place_of_address
from extranet.documents.wording import (
    CONFIDENTIALITIES,
    WOO_DECISIONS,
    size_text,
)
from extranet.i18n import translate
from extranet.publishing.downloads import csv_file
from extranet.publishing.tables import Column, Table
from extranet.web.database import read_session
from extranet.web.files import get_files
from extranet.web.jinja import current_locale
from extranet.web.paging import PAGE_SIZE, asked_key, page_of

LONGEST_SEARCH = 100
WITHDRAWN = "ingetrokken"


def list_documents() -> str:
    """Show the documents of this place, newest first."""
    session, place, filters = read_session(), place_of_address(), _filters()
    found = documents_of(
        session, place.sight, filters=filters, after=asked_key(), limit=PAGE_SIZE + 1
    )
    return render_template(
        "documents/list_documents.html",
        place=place,
        page=page_of(found, [line.id for line in found]),
        is_first=asked_key() is None,
        total=count_of(session, place.sight),
        filters=filters,
        asked=_asked(),
        authors=authors_of(session, place.sight),
        words=_offered(place.confidentialities),
        size=size_text,
        extension=extension_of,
    )


def export() -> Response:
    """Give the list, as far as it was narrowed, as CSV."""
    place, locale = place_of_address(), current_locale()
    columns = [
        Column(key="number", heading=_("No."), kind="number"),
        Column(key="title", heading=_("Title")),
        Column(key="author", heading=_("Author")),
        Column(key="confidentiality", heading=_("Who may read it")),
        Column(key="version", heading=_("Version"), kind="number"),
        Column(key="date", heading=_("Date"), kind="date"),
        Column(key="file", heading=_("File")),
        Column(key="keep_until", heading=_("Keep until"), kind="date"),
        Column(key="woo_decision", heading=_("Woo decision")),
        Column(key="withdrawn_on", heading=_("Withdrawn on"), kind="date"),
    ]
    rows = [
        (
            line.id,
            line.title,
            line.author,
            translate(CONFIDENTIALITIES[line.confidentiality], locale),
            line.number,
            day_of(line.uploaded_at),
            line.file_name,
            line.retention_until,
            translate(WOO_DECISIONS[line.woo_decision], locale),
            day_of(line.withdrawn_at) if line.withdrawn_at else None,
        )
        for line in documents_of(read_session(), place.sight, filters=_filters())
    ]
    return csv_file(Table(title=_("Documents"), columns=columns, rows=rows), "documenten")


def pack() -> Response:
    """Give every document of this place with its versions as one zip file, with an index."""
    place = place_of_address()
    packed = archive(
        read_session(), place.sight, files=get_files(), title=place.name, locale=current_locale()
    )
    name = safe_name(f"documenten {place.name}.zip")
    return send_file(packed, mimetype=MEDIA_TYPE, as_attachment=True, download_name=name)


def _asked() -> dict[str, str]:
    """Return what the address narrows the list to, by the names that it uses; nothing is ''."""
    names = ("zoek", "vertrouwelijkheid", "auteur", "stand")
    given = {name: request.args.get(name, "").replace("\0", "").strip() for name in names}
    return {name: text[:LONGEST_SEARCH] for name, text in given.items() if text}


def _filters() -> Filters:
    asked = _asked()
    confidentiality = asked.get("vertrouwelijkheid", "")
    return Filters(
        text=asked.get("zoek", ""),
        confidentiality=confidentiality if confidentiality in CONFIDENTIALITIES else "",
        author=asked.get("auteur", ""),
        is_withdrawn=asked.get("stand", "") == WITHDRAWN,
    )


def _offered(seen: frozenset[Confidentiality]) -> dict[str, Any]:
    return {value: word for value, word in CONFIDENTIALITIES.items() if value in seen}
