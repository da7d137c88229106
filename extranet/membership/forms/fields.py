"""What the forms of this domain share: fields, and demands in our own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import TextInput

from extranet.i18n import Text
from extranet.web.forms import Form, optional_text


class Needed:
    """Refuse a field in which nothing but spaces stands; it is shown as one to fill in."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __init__(self, message: Text) -> None:
        """Keep the words of the refusal."""
        self._message = message

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Raise a validation error when nothing was filled in, and ask nothing further."""
        given = field.raw_data or ()
        if not any(value.strip() if isinstance(value, str) else value for value in given):
            field.errors = []
            raise StopValidation(self._message)  # type: ignore[arg-type]  # translated where it is shown


NEEDED = Needed(Text("Fill this in."))
PICKED = Needed(Text("Choose one."))


class AtMost:
    """Refuse a text of more than so many characters, in our own words."""

    def __init__(self, length: int) -> None:
        """Keep the greatest length."""
        self._length = length

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Raise a validation error when the text is too long."""
        if len(field.data or "") > self._length:
            raise ValidationError(Text("Use at most %(n)s characters.", n=self._length))  # type: ignore[arg-type]  # translated where it is shown


class LineField(Field):
    """A line of text; `data` has no spaces around it and is '' for nothing."""

    widget = TextInput()
    data: str

    def _value(self) -> str:
        return self.data or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the text without what surrounds it."""
        self.data = optional_text(valuelist[0] if valuelist else "")


class CountField(Field):
    """A whole number of `least` or more; `data` is the number or None."""

    widget = TextInput()
    data: int | None

    def __init__(self, *values: Any, least: int, **options: Any) -> None:
        """Keep the lowest number."""
        super().__init__(*values, **options)
        self._least = least

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a number; what is none, or too low or high, is an error in words."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < self._least:
            raise ValidationError(
                Text("Fill in a whole number of %(n)s or more.", n=self._least)  # type: ignore[arg-type]  # translated where it is shown
            )
        self.data = int(text)


def typed_values(form: Form) -> dict[str, str]:
    """Return what a form's boxes hold, by field name, as somebody would type it."""
    boxes = [field for field in form if field.name not in {"acting", "version"}]
    return {
        field.name: field._value() if hasattr(field, "_value") else str(field.data or "")  # noqa: SLF001 - WTForms' name for the text in a box
        for field in boxes
    }
