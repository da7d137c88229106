"""Messages as values, and the catalogues that turn them into Dutch or English at the edge.

A service raises `Text("At least %(n)s municipalities are needed.", n=3)`; only a page, a mail or
a letter knows the reader's language. Source strings are English; Dutch is the default on screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import ClassVar

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from extranet.paths import data_dir

LOCALES = ("nl", "en")
DEFAULT_LOCALE = "nl"


class Text:
    """A message with its values, not yet in any language.

    Two texts are equal when message and values are. Values may be texts themselves; days, decimals
    and `Euros` are written as the reader's language does, everything else as it is.
    A plugin's texts are of a class of its own, whose `folder` holds the catalogues with its words.
    """

    __slots__ = ("msgid", "params")
    folder: ClassVar[Path | None] = None

    def __init__(self, msgid: str, /, **params: object) -> None:
        """Keep the English source string and the values of its placeholders."""
        self.msgid = msgid
        self.params: Mapping[str, object] = params

    def __eq__(self, other: object) -> bool:
        """Compare by message and values."""
        if not isinstance(other, Text):
            return NotImplemented
        return self.msgid == other.msgid and dict(self.params) == dict(other.params)

    def __hash__(self) -> int:
        """Hash by the message; equal texts have equal messages."""
        return hash(self.msgid)

    def __repr__(self) -> str:
        """Show the message and its values."""
        return f"Text({self.msgid!r}, {dict(self.params)!r})"

    def __str__(self) -> str:
        """Render in the source language, for logs and tracebacks."""
        return translate(self, "en")


@dataclass(frozen=True, slots=True)
class Euros:
    """An amount of money inside a text, in whole cents."""

    cents: int


@cache
def catalogue(locale: str) -> NullTranslations:
    """Return the core's catalogue for a locale; an unknown locale reads as the default one."""
    wanted = locale if locale in LOCALES else DEFAULT_LOCALE
    return Translations.load(data_dir("translations"), [wanted])


@cache
def own_catalogue(folder: Path, locale: str) -> NullTranslations:
    """Return a plugin's catalogue for a locale, read from its `.po`; empty when it has none."""
    wanted = locale if locale in LOCALES else DEFAULT_LOCALE
    source = folder / wanted / "LC_MESSAGES" / "messages.po"
    if not source.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=wanted))
    compiled.seek(0)
    return Translations(compiled)


def message_of(msgid: str, locale: str, folder: Path | None = None) -> str:
    """Return a source string in a language; what the core says, no plugin says otherwise."""
    message = catalogue(locale).ugettext(msgid)
    if folder is not None and message == msgid:
        message = own_catalogue(folder, locale).ugettext(msgid)
    return str(message)


def messages_of(one: str, more: str, n: int, locale: str, folder: Path | None = None) -> str:
    """Return a source string with its number in a language, as `message_of` does."""
    message = catalogue(locale).ungettext(one, more, n)
    if folder is not None and message in {one, more}:
        message = own_catalogue(folder, locale).ungettext(one, more, n)
    return str(message)


def translate(text: Text | object, locale: str) -> str:
    """Return a text in the language of `locale`; anything else is taken as it reads.

    What libraries hand over (a validator's message) is a string, or becomes one, in the reader's
    language already.
    """
    if not isinstance(text, Text):
        return str(text)
    message = message_of(text.msgid, locale, text.folder)
    if not text.params:
        return message
    return message % {name: _written(value, locale) for name, value in text.params.items()}


def _written(value: object, locale: str) -> object:
    if isinstance(value, Text):
        return translate(value, locale)
    if isinstance(value, date):
        return format_date(value, "d MMMM y", locale)
    if isinstance(value, Euros):
        amount = Decimal(value.cents).scaleb(-2)
        return "€\N{NO-BREAK SPACE}" + format_decimal(amount, "#,##0.00", locale)
    if isinstance(value, Decimal):
        return format_decimal(value, locale=locale)
    return value
