"""Files on their way out: as a download, or shown by a browser that may do nothing with them."""

from __future__ import annotations

from flask import Response

from extranet.documents.queries.documents import VersionLine
from extranet.documents.rules.media import PREVIEWS
from extranet.documents.rules.names import disposition
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.web.files import get_files

# Even what a browser takes for a page can load nothing, run nothing and reach nothing of ours.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def send_document(version: VersionLine, *, as_preview: bool) -> Response:
    """Return the content of a version, piece by piece; who may see it was asked before.

    A preview of a kind that no browser shows safely does not exist.
    """
    if as_preview and version.media_type not in PREVIEWS:
        raise NotFound(Text("There is no preview of this kind of file. You can download it."))
    response = Response(get_files().read(version.storage_key))
    response.content_type = content_type(version.media_type)
    response.content_length = version.size_bytes
    kind = "inline" if as_preview else "attachment"
    response.headers["Content-Disposition"] = disposition(kind, version.file_name)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def content_type(media_type: str) -> str:
    """Return a media type as it is sent; text was checked to be UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
