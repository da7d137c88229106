"""Files of every kind, and documents made of them."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Mapping

from sqlalchemy.orm import Session

from extranet.documents.models import Confidentiality, Document
from extranet.documents.rules.uploads import Upload, read_upload
from extranet.documents.services.documents import DocumentValues, add_document
from extranet.files import FileStore
from extranet.membership.models import Body, Region
from tests.factories import make_body

CONTENT_TYPES = "[Content_Types].xml"
ODF = "application/vnd.oasis.opendocument."


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip file of parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def open_xml(main_part: str, **more: bytes) -> bytes:
    return packed({CONTENT_TYPES: b"<Types/>", main_part: b"<x/>", **more})


def open_document(kind: str) -> bytes:
    return packed({"mimetype": (ODF + kind).encode(), "content.xml": b"<x/>"})


# One good file of every kind, by extension.
GOOD: Mapping[str, bytes] = {
    "pdf": b"%PDF-1.7\n%%EOF\n",
    "docx": open_xml("word/document.xml"),
    "xlsx": open_xml("xl/workbook.xml"),
    "pptx": open_xml("ppt/presentation.xml"),
    "odt": open_document("text"),
    "ods": open_document("spreadsheet"),
    "odp": open_document("presentation"),
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "jpg": b"\xff\xd8\xff\xe0",
    "jpeg": b"\xff\xd8\xff\xe1",
    "txt": "Eén regel\r\n".encode(),
    "csv": "\ufeffnaam;aantal\nVenlo;3\n".encode(),
    "ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
}


def make_upload(content: bytes = GOOD["txt"], name: str = "Notitie.txt") -> Upload:
    """Return a file as it may come in."""
    return read_upload(io.BytesIO(content), name=name, most_megabytes=1)


def make_document(
    session: Session,
    *,
    files: FileStore,
    region: Region,
    owner: str = "",
    title: str = "Notitie",
    confidentiality: Confidentiality = Confidentiality.MEMBERS,
    body: Body | None = None,
    upload: Upload | None = None,
    **values: object,
) -> Document:
    """Make a document with one version, written by a body of the region."""
    body = body or make_body(session, region=region)
    if confidentiality == Confidentiality.CONFIDENTIAL:
        values = {"imposed_by_body_id": body.id, "confidentiality_ground": "Artikel 87", **values}
    return add_document(
        session,
        files=files,
        region_id=region.id,
        owner=owner,
        values=DocumentValues(
            title=title, confidentiality=confidentiality, **{"body_id": body.id, **values}
        ),
        upload=upload or make_upload(),
        token=secrets.token_urlsafe(24),
        actor=None,
    )


def keys_of(files: FileStore) -> set[str]:
    """Return the keys of every file in a store."""
    return {file.key for batch in files.files() for file in batch}
