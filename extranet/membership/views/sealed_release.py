"""Hand a release from its preview to its confirmation without keeping anything on the server.

The page carries the release, compressed and signed with the site's secret. Nobody can change it,
it works on every worker, and after an hour it is worth nothing.
"""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from extranet.errors import InvalidInput
from extranet.i18n import Text
from extranet.membership.rules import Release
from extranet.membership.rules.release_packing import packed, unpacked

ONE_HOUR = 3600
PURPOSE = "population-import"


def seal(release: Release) -> str:
    """Return a release as text for a hidden field."""
    return _serializer().dumps(packed(release))


def unseal(text: str) -> Release:
    """Return the release; raise InvalidInput when the text is not ours or is too old."""
    try:
        return unpacked(_serializer().loads(text, max_age=ONE_HOUR))
    except BadData as error:
        message = Text("The preview is more than an hour old. Choose the files once more.")
        raise InvalidInput({"": message}) from error


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=PURPOSE)
