"""The forms at the doors and of one's own account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, PasswordField, SelectField, StringField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Regexp, ValidationError

from extranet.access import Role
from extranet.i18n import Text
from extranet.people.models import Employment
from extranet.web.fields import PickField
from extranet.web.forms import DateField, Form, VersionedForm

# Messages are values, translated where they are shown; WTForms only passes them on.
NEEDED = InputRequired(Text("Fill this in."))  # type: ignore[arg-type]  # see above
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
NO_ADDRESS = Text("This is not an e-mail address.")
AN_ADDRESS = Regexp(EMAIL, message=NO_ADDRESS)  # type: ignore[arg-type]  # see above


class AtMost:
    """Refuse a text of more than so many characters, in our own words."""

    def __init__(self, length: int) -> None:
        """Keep the greatest length."""
        self._length = length

    def __call__(self, _form: BaseForm, field: Field) -> None:
        """Raise a validation error when the text is too long."""
        if len(field.data or "") > self._length:
            raise ValidationError(Text("Use at most %(n)s characters.", n=self._length))  # type: ignore[arg-type]  # translated where it is shown


class SignInForm(Form):
    """E-mail address and password."""

    email = StringField(_l("E-mail address"), [NEEDED, AtMost(254)])
    password = PasswordField(_l("Password"), [NEEDED, AtMost(256)])
    next = HiddenField()


class CodeForm(Form):
    """A code of the authenticator app, or a recovery code."""

    one_time_code = StringField(_l("Code"), [NEEDED, AtMost(40)])


class AcceptForm(Form):
    """Name and first password of somebody who was invited."""

    name = StringField(_l("Your name"), [NEEDED, AtMost(120)])
    password = PasswordField(_l("Choose a password"), [NEEDED])


class ResetAskForm(Form):
    """Ask for a link to set a new password."""

    email = StringField(_l("E-mail address"), [NEEDED, AtMost(254)])


class ResetForm(Form):
    """Set a new password."""

    password = PasswordField(_l("Choose a password"), [NEEDED])


class PasswordForm(Form):
    """Change one's password."""

    current = PasswordField(_l("Present password"), [NEEDED, AtMost(256)])
    password = PasswordField(_l("New password"), [NEEDED])


class ConfirmForm(Form):
    """One's password once more, before something weighty."""

    current = PasswordField(_l("Present password"), [NEEDED, AtMost(256)])


class DetailsForm(Form):
    """One's own name and language."""

    name = StringField(_l("Your name"), [NEEDED, AtMost(120)])
    locale = SelectField(
        _l("Language"), [NEEDED], choices=[("nl", "Nederlands"), ("en", "English")]
    )


ROLES = [
    (Role.READER, _l("Reader")),
    (Role.OFFICIAL, _l("Official")),
    (Role.CONTACT, _l("Contact")),
    (Role.PORTFOLIO_HOLDER, _l("Portfolio holder")),
    (Role.PROGRAMME_TEAM, _l("Programme team")),
    (Role.CONTROLLER, _l("Controller of the region")),
    (Role.REGION_ADMIN, _l("Region admin")),
]
EMPLOYMENTS = [
    (Employment.PERMANENT, _l("Permanent")),
    (Employment.HIRED, _l("Hired")),
    (Employment.TRAINEE, _l("Trainee")),
]


class ChangeSeatForm(VersionedForm):
    """A seat: its function, in which body, with which role."""

    title = StringField(_l("Function"), [NEEDED, AtMost(120)])
    role = PickField(_l("Role"), choices=ROLES)
    body_id = SelectField(_l("Body"), coerce=int)


class SeatForm(ChangeSeatForm):
    """A new seat, and at which member."""

    organisation_id = PickField(_l("Member"), coerce=int)


class EndSeatForm(VersionedForm):
    """The last day of a seat that closes for good."""

    ended_on = DateField(_l("Last day of the seat"), [NEEDED])


class InviteForm(Form):
    """Invite somebody to a seat."""

    name = StringField(_l("Name"), [NEEDED, AtMost(120)])
    email = StringField(
        _l("E-mail address"),
        [NEEDED, AtMost(254), AN_ADDRESS],
    )
    from_date = DateField(_l("First day"), [NEEDED])
    employment = PickField(_l("Employment"), choices=EMPLOYMENTS)


class AdminInviteForm(InviteForm):
    """Invite a region admin, at the organisation where they work."""

    code = StringField(_l("Official code of their organisation"), [NEEDED, AtMost(40)])


class HandoverForm(VersionedForm):
    """The last day of somebody on a seat, and who comes after."""

    at_once = BooleanField(_l("At once: the access ends now"))
    until = DateField(_l("Last day"))
    successor = SelectField(_l("Successor"), coerce=int)
    employment = SelectField(
        _l("Employment of the successor"), choices=[("", _l("No successor yet")), *EMPLOYMENTS]
    )

    def validate_employment(self, field: Field) -> None:
        """Ask how a successor is employed, and nothing about nobody."""
        if self.successor.data and not field.data:
            raise ValidationError(Text("Choose one."))  # type: ignore[arg-type]  # translated where it is shown

    def validate_until(self, field: DateField) -> None:
        """Ask for the last day, unless it ends at once."""
        if not self.at_once.data and field.data is None and not field.process_errors:
            raise ValidationError(Text("Fill this in."))  # type: ignore[arg-type]  # translated where it is shown


class TenureForm(VersionedForm):
    """Since when, until when and how somebody is employed on a seat."""

    from_date = DateField(_l("First day"), [NEEDED])
    until_date = DateField(_l("Last day"))
    employment = PickField(_l("Employment"), choices=EMPLOYMENTS)
