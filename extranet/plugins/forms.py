"""The forms about plugins; the one of settings is made from what the plugin declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from extranet.i18n import Text
from extranet.plugins.manifest import Setting, SettingValue
from extranet.plugins.services.settings import Settings
from extranet.plugins.wording import lazy, written
from extranet.web.forms import DateField, Form, optional_text

LONGEST_NAME = 80


class NumberField(Field):
    """A whole number; `data` is the number or None."""

    widget = TextInput()
    data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a whole number; what is none is an error in words."""
        text = optional_text(valuelist[0] if valuelist else "")
        self.data = None
        if not text.removeprefix("-").isdecimal() or len(text) > 9:
            raise ValidationError(written(Text("Write a whole number.")))
        self.data = int(text)


class ConfirmForm(Form):
    """A form that says yes to what its page explains."""


class PurgeForm(Form):
    """The confirmation of what cannot be undone: the plugin's name, typed."""

    typed = StringField(_l("Type the name of the plugin to confirm"))


class PresetForm(Form):
    """A set of plugins under a name."""

    name = StringField(_l("Name"), [DataRequired(_l("Fill this in.")), Length(max=LONGEST_NAME)])
    plugins = SelectMultipleField(
        _l("Plugins"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


def settings_form(declared: Iterable[Setting], present: Settings) -> Form:
    """Return the form of declared settings, filled with what holds now."""
    declared = list(declared)
    fields = {setting.key: _field_of(setting) for setting in declared}
    form = type("SettingsForm", (Form,), fields)
    return cast(Form, form(data={setting.key: present[setting.key] for setting in declared}))


def typed_settings(form: Form, declared: Iterable[Setting]) -> Mapping[str, SettingValue]:
    """Return what was filled in, by key, as the settings take it."""
    return {setting.key: form[setting.key].data for setting in declared}


def _field_of(setting: Setting) -> Any:
    label = lazy(setting.title)
    words: dict[str, Any] = {"description": lazy(setting.help)} if setting.help else {}
    if setting.choices:
        choices = [(value, lazy(title)) for value, title in setting.choices]
        return SelectField(label, choices=choices, **words)
    if isinstance(setting.default, bool):
        return BooleanField(label, **words)
    if isinstance(setting.default, int):
        return NumberField(label, **words)
    if isinstance(setting.default, date):
        return DateField(label, [DataRequired(_l("Fill this in."))], **words)
    if setting.lines > 1:
        return TextAreaField(label, render_kw={"rows": setting.lines}, **words)
    return StringField(label, filters=[optional_text], **words)
