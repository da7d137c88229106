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

from babel.dates import format_date
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from extranet.paths import data_dir

LOCALES = ("nl", "en")
DEFAULT_LOCALE = "nl"


class Text:
    """A message with its values, not yet in any language.

    Two texts are equal when message and values are. Values may be texts themselves; days, decimals
    and `Euros` are written as the reader's language does, everything else as it is.
    """

    __slots__ = ("msgid", "params")

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


def translate(text: Text | object, locale: str) -> str:
    """Return a text in the language of `locale`; anything else is taken as it reads.

    What libraries hand over (a validator's message) is a string, or becomes one, in the reader's
    language already.
    """
    if not isinstance(text, Text):
        return str(text)
    message = catalogue(locale).ugettext(text.msgid)
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
