"""What the forms of this plugin share: a line of text, a time of day, and demands in our words."""

from __future__ import annotations

import re
from datetime import time

from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, ValidationError
from wtforms.widgets import TextInput

from extranet.api import lazy, written
from extranet_infoavond.wording import Text

FILL_IN = lazy(Text("Fill this in."))
NOT_BLANK = DataRequired(FILL_IN)
NEEDED = InputRequired(FILL_IN)
CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[.:]?([0-5][0-9])")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def stripped(value: str | None) -> str:
    """Return what was typed without spaces around it, and with plain line ends."""
    return (value or "").replace("\r\n", "\n").strip()


class AtMost:
    """Refuse a text of more than so many characters, in our own words."""

    def __init__(self, length: int) -> None:
        """Keep the greatest length."""
        self._length = length

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Raise a validation error when the text is too long."""
        if len(field.data or "") > self._length:
            raise ValidationError(written(Text("Use at most %(n)s characters.", n=self._length)))


def an_email(_form: BaseForm, field: Field) -> None:
    """Refuse what is filled in and is no e-mail address."""
    if field.data and not EMAIL.fullmatch(field.data):
        raise ValidationError(written(Text("Write an e-mail address such as naam@gemeente.nl.")))


class ClockField(Field):
    """A time of day, typed as 19.30, 19:30 or 1930; `data` is a time or None."""

    widget = TextInput()
    data: time | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H.%M}" if isinstance(self.data, time) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a time; what is none is an error in words."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        match = CLOCK.fullmatch(text)
        if match is None:
            raise ValidationError(written(Text("Write the time as hours and minutes: 19.30.")))
        self.data = time(int(match[1]), int(match[2]))
