"""Fields that ask without answering: a choice that nobody made for you, a year in four figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wtforms import Field, SelectField
from wtforms.fields.choices import Choice  # type: ignore[attr-defined]  # newer than its types
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import TextInput

from extranet.i18n import Text, translate
from extranet.web.form_words import CHOICE
from extranet.web.jinja import current_locale

FIRST_YEAR, LAST_YEAR = 2000, 2100
# What a text may hold unseen: tabs, line ends, and what joins letters in other scripts. Everything
# else that cannot be seen, such as what turns the reading direction, is no part of a name.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


class PickField(SelectField):
    """A choice from a list that has to be made: nothing is chosen beforehand."""

    def __init__(self, *values: Any, **options: Any) -> None:
        """Mark the field as one to fill in."""
        super().__init__(*values, **options)
        self.flags.required = True

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the choice; none is None."""
        self.data = None
        if valuelist and valuelist[0]:
            super().process_formdata(valuelist)

    def iter_choices(self) -> Iterator[Any]:
        """Give the choices, and before them the question as long as none of them is made."""
        offered: list[Any] = list(super().iter_choices())
        if not any(choice.selected for choice in offered):
            yield Choice(value="", label=in_words(Text("Choose")), selected=True, render_kw={})
        yield from offered

    def pre_validate(self, _form: BaseForm) -> None:
        """Refuse a form in which nothing is chosen, or what is not on offer."""
        offered: list[Any] = list(super().iter_choices())
        if not any(choice.selected for choice in offered):
            self.errors = []
            chose_something = any(self.raw_data or ())
            raise StopValidation(in_words(CHOICE if chose_something else Text("Choose one.")))


class YearField(Field):
    """A year in four figures; `data` is the number or None."""

    widget = TextInput()
    data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a year; what is none is an error in words."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
            raise ValidationError(
                in_words(Text("Write the year in four figures, for example 2027."))
            )
        self.data = int(text)


def has_unseen(text: str) -> bool:
    """Tell whether a text holds a character that nobody sees and that has no place in it."""
    return UNSEEN.search(text) is not None


def in_words(message: Text) -> str:
    """Translate a message while a form is being read."""
    return translate(message, current_locale())
