"""A plugin's own words: texts with a catalogue of their own, and their reading at the edge."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

from flask_babel import LazyString

from extranet.i18n import Text, translate
from extranet.web.jinja import current_locale


def translations_of(module: str) -> Path:
    """Return the folder with the catalogues of the package that a module is in.

    A plugin gives it to its own class of texts: `folder = translations_of(__name__)`.
    """
    package = sys.modules[module.partition(".")[0]]
    return Path(package.__file__ or "").parent / "translations"


def written(text: Text) -> str:
    """Return a text in the language of who is looking, for a flash or a file."""
    return translate(text, current_locale())


def lazy(text: Text) -> str:
    """Return a text that is put into words when it is shown: for labels of forms."""
    return cast(str, LazyString(lambda: written(text)))
