"""Make PDF documents with Typst that are PDF/UA-1 and PDF/A-2a at once.

A template is a file under `templates/` that reads its title, language and data from `sys.inputs`;
data never becomes Typst source, so nothing in it can be run. Only the font that this program
brings along and the ones inside Typst are used: a document looks the same on every machine.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final

import typst

from extranet.errors import ExtranetError, InvalidInput, Unavailable
from extranet.i18n import Text
from extranet.paths import data_dir
from extranet.publishing.characters import printable

MEDIA_TYPE = "application/pdf"

log = logging.getLogger(__name__)

_FONT: Final = "Source Sans Pro"
_STANDARDS: Final[list[typst.PDFStandard]] = ["ua-1", "a-2a"]
_IN_NO_FONT: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_FORBIDDEN: Final = re.compile(r'codepoint `"(.+?)"`')
_ESCAPED: Final = re.compile(r"\\u\{(\w+)\}")  # how Typst writes a character that has no shape


def render_pdf(
    template: str,
    data: Mapping[str, object],
    *,
    title: str,
    language: str,
    created: datetime | None = None,
) -> bytes:
    """Return the document that a template (`money/contribution_letter.typ`) makes of the data.

    `data` holds strings, numbers, booleans, None, and lists and mappings of those. `language` is
    the code of the text's language (`nl`), `created` an aware UTC moment; with it the same data
    give the same bytes. Safe to call from several threads at once.

    Raises ValueError without a title, which PDF/UA requires; InvalidInput when the data hold a
    character that cannot be printed; Unavailable when the document cannot be made otherwise.
    """
    if not title.strip():
        raise ValueError("a PDF document needs a title")
    templates = data_dir("templates")
    try:
        return typst.compile(
            templates / template,
            root=templates,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={
                "title": printable(title),
                "language": language,
                "data": json.dumps(_printable(data)),
            },
            pdf_standards=_STANDARDS,
            # A PDF knows no smaller part of time than a second.
            timestamp=created.replace(microsecond=0) if created else None,
        )
    except RuntimeError as error:  # TypstError is one, so is a template that is not there
        raise _explained(error, template) from error


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts to set text in, read from disk once; raise Unavailable without ours."""
    folder = files("font_source_sans_pro").joinpath("files")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
    if _FONT not in fonts.families():
        raise Unavailable(Text("The font for PDF documents is missing from this installation."))
    return fonts


def _printable(data: object) -> object:
    """Return the data with every text cleaned of characters that no document may hold."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, Mapping):
        return {key: _printable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_printable(value) for value in data]
    return data


def _explained(error: RuntimeError, template: str) -> ExtranetError:
    """Return what went wrong in words for the reader; the log gets Typst's own."""
    reason = error.message if isinstance(error, typst.TypstError) else str(error)
    character = _IN_NO_FONT.search(reason) or _FORBIDDEN.search(reason)
    if character:
        message = Text(
            "The character “%(character)s” cannot be printed in a PDF. Leave it out or write it "
            "in another way.",
            character=_ESCAPED.sub(lambda match: f"U+{match[1].upper()}", character[1]),
        )
        return InvalidInput({"": message})
    log.error("Typst could not make %s: %s", template, reason)
    return Unavailable(Text("The PDF document cannot be made now. The administrator can see why."))
