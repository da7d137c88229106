"""An archive of documents: one zip file with every version, and an index that says what they are.

Made when a collaboration or a plustaak closes, or to hand documents over to an archive.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO
from urllib.parse import quote

from sqlalchemy.orm import Session

from extranet.clock import AMSTERDAM, day_of, now
from extranet.documents.queries.documents import (
    DocumentLine,
    Sight,
    VersionLine,
    documents_of,
    every_version,
)
from extranet.documents.rules.names import safe_name
from extranet.documents.wording import CONFIDENTIALITIES, WOO_CATEGORIES, WOO_DECISIONS
from extranet.errors import Unavailable
from extranet.files import FileStore
from extranet.i18n import DEFAULT_LOCALE, Text, translate
from extranet.publishing.csv_export import render_csv
from extranet.publishing.html_page import render_html
from extranet.publishing.tables import Column, Table, Value

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/zip"
FOLDER = "documenten"
IN_MEMORY_BYTES = 8 * 1024 * 1024
LONGEST_FOLDER = 60
# The index is for people and programs in the Netherlands, in the words of the archive.
COLUMNS = (
    Column(key="nummer", heading="Nummer", kind="number"),
    Column(key="titel", heading="Titel"),
    Column(key="auteur", heading="Auteur"),
    Column(key="versie", heading="Versie", kind="number"),
    Column(key="datum", heading="Datum", kind="date"),
    Column(key="bestand", heading="Bestand"),
    Column(key="sha256", heading="SHA-256"),
    Column(key="toelichting", heading="Toelichting"),
    Column(key="vertrouwelijkheid", heading="Vertrouwelijkheid"),
    Column(key="opgelegd_door", heading="Opgelegd door"),
    Column(key="grond_vertrouwelijkheid", heading="Grond van de vertrouwelijkheid"),
    Column(key="bewaren_tot_en_met", heading="Bewaren tot en met", kind="date"),
    Column(key="grond_bewaren", heading="Grond van het bewaren"),
    Column(key="woo_categorie", heading="Woo-categorie"),
    Column(key="woo_besluit", heading="Woo-besluit"),
    Column(key="grond_woo", heading="Grond van het Woo-besluit"),
    Column(key="ingetrokken_op", heading="Ingetrokken op", kind="date"),
)
STYLE = (
    b"body { font: 1rem/1.5 sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }\n"
    b"section { border-top: 1px solid; margin-top: 2rem; }\n"
    b"dl > div { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: 0 1rem; }\n"
    b"dd { margin: 0; }\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedVersion:
    """A version with where it lies in the archive, also as a link."""

    version: VersionLine
    path: str

    @property
    def link(self) -> str:
        """Return the path as an address relative to the index."""
        return quote(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedDocument:
    """A document with its versions, newest first."""

    line: DocumentLine
    versions: Sequence[ArchivedVersion]


def archive(
    session: Session,
    sight: Sight,
    *,
    files: FileStore,
    title: str,
    locale: str = DEFAULT_LOCALE,
) -> IO[bytes]:
    """Return a zip file of every document that is seen; the caller closes it.

    A file that is missing or damaged raises Unavailable: an archive is whole, or there is none.
    """
    documents = list(_collected(session, sight))
    day = day_of(now(session))
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - given away
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            values = {
                "title": title,
                "day": day,
                "documents": documents,
                "confidentialities": CONFIDENTIALITIES,
                "categories": WOO_CATEGORIES,
                "decisions": WOO_DECISIONS,
            }
            page = render_html("documents/_archive.html", values, locale=locale)
            packed.writestr("index.html", page)
            packed.writestr("index.css", STYLE)
            packed.writestr("index.csv", render_csv(_index(documents, title, locale)))
            for document in documents:
                for archived in document.versions:
                    _pack(packed, archived, files)
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target


def _collected(session: Session, sight: Sight) -> Iterator[ArchivedDocument]:
    """Yield the documents with their versions, in two statements whatever their number."""
    by_document: dict[int, list[VersionLine]] = {}
    for version in every_version(session, sight):
        by_document.setdefault(version.document_id, []).append(version)
    for line in reversed(documents_of(session, sight)):
        folder = f"{FOLDER}/{line.id:05d} {safe_name(line.title)[:LONGEST_FOLDER].strip(' .')}"
        yield ArchivedDocument(
            line=line,
            versions=[
                ArchivedVersion(
                    version=version, path=f"{folder}/{version.number} {version.file_name}"
                )
                for version in by_document.get(line.id, [])
            ],
        )


def _index(documents: Sequence[ArchivedDocument], title: str, locale: str) -> Table:
    rows = [
        _row(document.line, archived, locale)
        for document in documents
        for archived in document.versions
    ]
    return Table(title=title, columns=COLUMNS, rows=rows)


def _row(line: DocumentLine, archived: ArchivedVersion, locale: str) -> Sequence[Value]:
    version = archived.version
    return (
        line.id,
        line.title,
        line.author,
        version.number,
        day_of(version.uploaded_at),
        archived.path,
        version.sha256,
        version.note,
        translate(CONFIDENTIALITIES[line.confidentiality], locale),
        line.imposed_by or "",
        line.confidentiality_ground,
        line.retention_until,
        line.retention_ground,
        translate(WOO_CATEGORIES[line.woo_category], locale),
        translate(WOO_DECISIONS[line.woo_decision], locale),
        line.woo_ground,
        day_of(line.withdrawn_at) if line.withdrawn_at else None,
    )


def _pack(packed: zipfile.ZipFile, archived: ArchivedVersion, files: FileStore) -> None:
    version = archived.version
    at = version.uploaded_at.astimezone(AMSTERDAM)
    entry = zipfile.ZipInfo(archived.path, (at.year, at.month, at.day, at.hour, at.minute, 0))
    entry.external_attr = 0o644 << 16
    # Documents and pictures are packed already; only text gets smaller.
    is_text = version.media_type.startswith("text/")
    entry.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
    digest = hashlib.sha256()
    with packed.open(entry, "w", force_zip64=True) as part:
        for piece in files.read(version.storage_key):
            digest.update(piece)
            part.write(piece)
    if digest.hexdigest() != version.sha256:
        log.error("file %s is not what was stored", version.storage_key)
        raise Unavailable(
            Text("The file %(name)s is damaged. The operator can put it back.", name=archived.path)
        )
