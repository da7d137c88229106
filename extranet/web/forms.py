"""The form that every form is made from: our own messages, the acting organisation, the version.

A form carries for whom it was opened (`acting`) and which version it edits. When the version is
an older one, the form comes back with what was typed and, beside it, what stands there now; for
another organisation it is refused with a page that shows what was typed. Nothing typed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from flask import g
from flask_babel import LazyString, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from extranet.errors import Conflict, InvalidInput
from extranet.i18n import Text, translate
from extranet.web.access import find_actor
from extranet.web.fields import has_unseen, in_words
from extranet.web.form_words import FormWords
from extranet.web.jinja import current_locale
from extranet.web.stale import Filled, StaleForm, differences

AMOUNT = re.compile(r"^(-?)(\d{1,3}(?:[.\s]\d{3})*|\d+)(?:,(\d{1,2}))?$")
DATE = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$")
Code = TypeVar("Code", bound=str)
MOST_DIGITS = 12  # of whole euros; the database keeps cents in 64 bits
ISO_DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
# A day outside these is a slip of the pen; close to the ends of the calendar sums would fail.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
NO_AMOUNT = Text("Write the amount as 1.234,56.")
TOO_MUCH = Text("This amount is too large: at most 999.999.999.999,99.")
NO_DATE = Text("Write the date as day-month-year: 31-12-2027.")


def choices(words: Mapping[Code, Text]) -> list[tuple[Code, LazyString]]:
    """Return values with their names as a field offers them, in the reader's language."""
    return [(value, lazy_gettext(text.msgid)) for value, text in words.items()]


def acting_mark() -> str:
    """Return for whom the page was opened, as the form carries it."""
    actor = find_actor()
    if actor is None or actor.region is None or actor.organisation is None:
        return ""
    return f"{actor.region.id}-{actor.organisation.id}"


class Form(FlaskForm):
    """A form of ours; CSRF is checked for the whole application, so not here again."""

    acting = HiddenField(default=acting_mark)
    is_stale = False  # something changed meanwhile, so a page shows the form again
    differences: Sequence[Filled] = ()  # from what stands there now, for a stale form

    class Meta:
        """Leave CSRF to the application-wide check, and speak in our own words."""

        csrf = False

        def get_translations(self, _form: FlaskForm) -> FormWords:
            """Return what the form library asks its messages of."""
            return FormWords()

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check the fields; refuse the form when the acting organisation changed meanwhile."""
        g.form = self
        if self.is_submitted() and self.acting.data != acting_mark():
            raise Conflict(
                Text("You now act for another organisation than when you opened this form.")
            )
        is_valid = bool(super().validate(extra_validators=extra_validators))
        return self._shows_everything() and is_valid

    def _shows_everything(self) -> bool:
        """Refuse what nobody can see in a line, such as a change of the reading direction."""
        hiding = [
            field
            for field in self
            if isinstance(field.data, str)
            and getattr(field.widget, "input_type", "") == "text"
            and has_unseen(field.data)
        ]
        for field in hiding:
            field.errors = [
                *field.errors,
                in_words(Text("This holds a character that nobody can see. Type it yourself.")),
            ]
        return not hiding

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Turn what a service refuses into messages beside the fields; '' is the whole form.

        What changed meanwhile is one of them: the form then carries the version of now, so that
        whoever sends it again means it.
        """
        try:
            yield
        except StaleForm as refusal:
            self._fields["version"].data = str(refusal.version)
            self._come_back(refusal)
            self.differences = refusal.differences
        except Conflict as refusal:
            self._come_back(refusal)
        except InvalidInput as refusal:
            for name, message in refusal.fields.items():
                shown = translate(message, current_locale())
                field = self._fields.get(name)
                if field is None:
                    self.form_errors.append(shown)
                else:
                    field.errors = [*field.errors, shown]

    def _come_back(self, refusal: Conflict) -> None:
        g.is_stale = self.is_stale = True
        self.form_errors.append(translate(refusal.message, current_locale()))


class VersionedForm(Form):
    """A form that edits something: it carries the version that it started from."""

    version = HiddenField()

    def expect(self, current: int, values: Mapping[str, object]) -> None:
        """Raise StaleForm when the thing changed meanwhile; `values` is what it holds, by field."""
        if str(self.version.data) != str(current):
            raise StaleForm(current, differences(self, values))


class DateField(Field):
    """A day, typed as 12-3-2027, 12/3/2027 or 2027-03-12; `data` is a date or None."""

    widget = TextInput()
    data: date | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%d-%m-%Y}" if isinstance(self.data, date) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a day; what is no day is an error in words."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            self.data = parse_date(text)
        except NoSuchDay as error:
            raise ValidationError(in_words(error.message)) from error


class CentsField(Field):
    """An amount in euros, typed as 1.234,56; `data` is whole cents or None."""

    widget = TextInput()
    data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if not isinstance(self.data, int):
            return ""
        sign = "-" if self.data < 0 else ""
        euros, rest = divmod(abs(self.data), 100)
        return f"{sign}{euros:,}".replace(",", ".") + f",{rest:02d}"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read an amount; what is no amount is an error in words."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        self.data = parse_cents(text)
        if self.data is None:
            is_amount = AMOUNT.match(_plain_amount(text)) is not None
            raise ValidationError(in_words(TOO_MUCH if is_amount else NO_AMOUNT))


class NoSuchDay(ValueError):
    """What somebody typed is no day; `message` says why."""

    def __init__(self, message: Text) -> None:
        """Keep the message."""
        super().__init__(message)
        self.message = message


def parse_date(text: str) -> date:
    """Return the day that somebody typed; raise NoSuchDay when it is none."""
    if match := DATE.match(text):
        day, month, year = map(int, match.groups())
    elif match := ISO_DATE.match(text):
        year, month, day = map(int, match.groups())
    else:
        raise NoSuchDay(NO_DATE)
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise NoSuchDay(Text("This day is not on the calendar. Check day and month.")) from error
    if not FIRST_DAY <= found <= LAST_DAY:
        raise NoSuchDay(Text("Check the year: it lies between 1900 and 2200."))
    return found


def parse_cents(text: str) -> int | None:
    """Return an amount that somebody typed in whole cents, None when it is not one."""
    match = AMOUNT.match(_plain_amount(text))
    if match is None:
        return None
    sign, euros, rest = match.groups()
    digits = re.sub(r"[.\s]", "", euros)
    if len(digits) > MOST_DIGITS:
        return None
    amount = int(digits) * 100 + int((rest or "0").ljust(2, "0"))
    return -amount if sign else amount


def _plain_amount(text: str) -> str:
    plain = text.replace("€", "").replace("\N{NO-BREAK SPACE}", " ")
    return plain.replace("\N{MINUS SIGN}", "-").strip().replace("- ", "-")


def optional_text(value: str | None) -> str:
    """Return what was typed without surrounding spaces, '' for nothing."""
    return (value or "").strip()
