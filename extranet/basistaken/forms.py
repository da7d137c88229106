"""The forms of the basistaken."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from extranet.basistaken.models import TaskState
from extranet.basistaken.rules import STATE_WORDS
from extranet.i18n import Text, translate
from extranet.web.forms import DateField, Form, VersionedForm
from extranet.web.jinja import current_locale

NEEDED = InputRequired(_l("Fill this in."))
NOT_BLANK = DataRequired(_l("Fill this in."))
LONGEST_NAME = 120
LONGEST_TEXT = 4000


class AtMost:
    """Refuse a text of more than so many characters, in our own words."""

    def __init__(self, length: int) -> None:
        """Keep the greatest length."""
        self._length = length

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Raise a validation error when the text is too long."""
        if len(field.data or "") > self._length:
            raise ValidationError(
                translate(Text("Use at most %(n)s characters.", n=self._length), current_locale())
            )


def stripped(value: str | None) -> str:
    """Return what was typed without spaces around it."""
    return (value or "").strip()


class TaskForm(VersionedForm):
    """A basistaak: what it is for, who works on it, when."""

    name = StringField(_l("Name"), [NOT_BLANK, AtMost(LONGEST_NAME)], filters=[stripped])
    aim = TextAreaField(
        _l("Aim"),
        [NOT_BLANK, AtMost(LONGEST_TEXT)],
        filters=[stripped],
        description=_l("What the members get from it, in two or three sentences."),
        render_kw={"rows": 5},
    )
    state = SelectField(_l("State"), [NEEDED])
    body_id = SelectField(_l("Ontwikkelgroep or other body"), [Optional()], coerce=int)
    chair_seat_id = SelectField(
        _l("Chair"),
        [Optional()],
        coerce=int,
        description=_l("A seat, not a person: who sits on it chairs the basistaak."),
    )
    starts_on = DateField(_l("First day"), [Optional()])
    ends_on = DateField(_l("Last day"), [Optional()])

    def offer(self, *, bodies: list[tuple[int, str]], seats: list[tuple[int, str]]) -> TaskForm:
        """Fill the choices in; 0 stands for none."""
        locale = current_locale()
        nobody = (0, translate(Text("None"), locale))
        self.state.choices = [
            (state.value, translate(STATE_WORDS[state.value], locale)) for state in TaskState
        ]
        self.body_id.choices = [nobody, *bodies]
        self.chair_seat_id.choices = [nobody, *seats]
        return self


class NoteForm(Form):
    """A note of progress."""

    noted_on = DateField(_l("Day"), [NEEDED])
    text = TextAreaField(
        _l("What happened"),
        [NOT_BLANK, AtMost(LONGEST_TEXT)],
        filters=[stripped],
        render_kw={"rows": 4},
    )


class LinesForm(VersionedForm):
    """The budget lines that pay for a basistaak."""

    line_keys = SelectMultipleField(
        _l("Budget lines"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
