"""Forms for versions of a budget and for adopting one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from extranet.web.fields import PickField, YearField
from extranet.web.forms import DateField, Form, VersionedForm

NAME_NEEDED = _l("Give this version a title.")
WHY_NEEDED = _l("Say why the budget changes.")
YEAR_NEEDED = _l("Write the year in four figures, for example 2027.")


class CreateBudgetForm(Form):
    """The first version of a year's budget."""

    year = YearField(_l("Year"), validators=[InputRequired(message=YEAR_NEEDED)])
    title = StringField(
        _l("Title"),
        description=_l("As people will call it, for example “Budget 2028 to 2031”."),
        validators=[DataRequired(message=NAME_NEEDED), Length(max=120)],
    )
    copy = RadioField(
        _l("Start with"),
        choices=[
            ("last_year", _l("The lines and the key of the year before, with what it foresaw")),
            ("empty", _l("Nothing: an empty budget")),
        ],
        default="last_year",
        validators=[DataRequired(message=_l("Choose what to start with."))],
    )


class CreateVersionForm(Form):
    """A change of a budget (begrotingswijziging)."""

    title = StringField(
        _l("Title"),
        description=_l("For example “First budget change”."),
        validators=[DataRequired(message=NAME_NEEDED), Length(max=120)],
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Why the budget changes. The members read this."),
        validators=[DataRequired(message=WHY_NEEDED), Length(max=1000)],
    )


class DescribeVersionForm(VersionedForm):
    """The title of a draft and the reason for it."""

    title = StringField(
        _l("Title"), validators=[DataRequired(message=NAME_NEEDED), Length(max=120)]
    )
    reason = TextAreaField(_l("Reason"), validators=[Length(max=1000)])

    def ask_reason(self) -> None:
        """Make the reason something to fill in, as it is for who starts a change."""
        self.reason.validators = [DataRequired(message=WHY_NEEDED), *self.reason.validators]
        self.reason.flags.required = True


class ChoosePopulationForm(VersionedForm):
    """The release and the reference date; the view fills in the choices."""

    population = RadioField(
        _l("Population figures"),
        validators=[DataRequired(message=_l("Choose one of the releases."))],
    )


class ConfirmForm(VersionedForm):
    """A question that is answered with a button."""


class AdoptForm(VersionedForm):
    """Which body decided, when, and where that can be read; `version` is the plan that was seen."""

    body = PickField(_l("Body that decided"), coerce=int)
    adopted_on = DateField(
        _l("Date of the decision"), validators=[InputRequired(message=_l("Fill in the date."))]
    )
    evidence = StringField(
        _l("Where the decision can be read"),
        description=_l("For example the list of decisions, with date and item."),
        validators=[
            DataRequired(message=_l("Say where the decision can be read.")),
            Length(max=500),
        ],
    )
