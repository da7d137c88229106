"""What residents fill in, what a municipality says about its page, and who came."""

from __future__ import annotations

import re

from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from extranet.api import Form, VersionedForm, lazy
from extranet_infoavond.rules.contracts import LONGEST_DAYS
from extranet_infoavond.services.signups import Resident
from extranet_infoavond.wording import KINDS, LEGAL_BASES, Text

MOST_PEOPLE = 10
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NEEDED = lazy(Text("Fill this in."))
PEOPLE = lazy(Text("Use a number from 1 to %(n)s.", n=MOST_PEOPLE))


class SignUpForm(Form):
    """A resident signs up; `ticket` makes a form that is sent twice count once."""

    name = StringField(
        lazy(Text("What is your name?")),
        [DataRequired(NEEDED), Length(max=120)],
        description=lazy(Text("So that we know who comes.")),
    )
    company = StringField(
        lazy(Text("Name of your farm or company")),
        [Length(max=120)],
        description=lazy(Text("So that we know for which farms we prepare the evening.")),
    )
    email = StringField(
        lazy(Text("Your e-mail address")),
        [Length(max=254)],
        description=lazy(Text("So that we can tell you when something changes.")),
    )
    phone = StringField(
        lazy(Text("Your phone number")),
        [Length(max=40)],
        description=lazy(Text("For a change on the day itself.")),
    )
    people = IntegerField(
        lazy(Text("With how many people do you come?")),
        [InputRequired(NEEDED), NumberRange(1, MOST_PEOPLE, PEOPLE)],
        default=1,
        description=lazy(Text("You included. The room has a fixed number of seats.")),
    )
    interest = SelectField(
        lazy(Text("What are you most interested in?")),
        choices=[("", lazy(Text("No preference"))), *((k, lazy(t)) for k, t in KINDS.items())],
        default="",
        description=lazy(Text("So that the speakers can tune their stories to it.")),
    )
    remark = TextAreaField(
        lazy(Text("A question or remark")),
        [Length(max=500)],
        description=lazy(Text("For example a question for a speaker, or help that you need.")),
    )
    # No person sees this field; a program that fills in forms does not know that.
    website = StringField(lazy(Text("Leave this empty")))
    ticket = HiddenField()

    def validate_email(self, field: StringField) -> None:
        """Refuse what is no address; nothing at all is fine."""
        if text_of(field) and not EMAIL.fullmatch(text_of(field)):
            raise ValidationError(
                lazy(Text("This is no e-mail address. Write it as name@example.nl."))
            )

    def validate_website(self, field: StringField) -> None:
        """Refuse a form that a program filled in."""
        if text_of(field):
            raise ValidationError(lazy(Text("Leave this field empty and send the form again.")))

    def resident(self) -> Resident:
        """Return what was filled in."""
        return Resident(
            name=text_of(self.name),
            people=int(self.people.data or 1),
            company=text_of(self.company),
            email=text_of(self.email),
            phone=text_of(self.phone),
            interest=text_of(self.interest),
            remark=text_of(self.remark),
        )


class PageForm(VersionedForm):
    """On what ground and how long a municipality keeps the sign-ups."""

    legal_basis = RadioField(
        lazy(Text("On what ground do you keep the sign-ups?")),
        [InputRequired(NEEDED)],
        choices=[(key, lazy(text)) for key, text in LEGAL_BASES.items()],
        description=lazy(
            Text("Your municipality decides. Ask your privacy officer when in doubt.")
        ),
    )
    keep_days = IntegerField(
        lazy(Text("How many days after the evening do you keep them?")),
        [
            InputRequired(NEEDED),
            NumberRange(
                1, LONGEST_DAYS, lazy(Text("Use a number from 1 to %(n)s.", n=LONGEST_DAYS))
            ),
        ],
        description=lazy(Text("After that day the program erases them by itself.")),
    )


class CameForm(Form):
    """How many came with a sign-up; empty takes it back."""

    came = IntegerField(
        lazy(Text("Number that came")),
        [Optional(), NumberRange(0, 20, lazy(Text("Use a number from 0 to %(n)s.", n=20)))],
    )


class WalkInForm(Form):
    """Somebody who came without signing up; `newest` tells a form that is sent twice."""

    name = StringField(lazy(Text("Name")), [DataRequired(NEEDED), Length(max=120)])
    company = StringField(lazy(Text("Farm or company")), [Length(max=120)])
    people = IntegerField(
        lazy(Text("Number of people")),
        [InputRequired(NEEDED), NumberRange(1, MOST_PEOPLE, PEOPLE)],
        default=1,
    )
    newest = HiddenField()


def text_of(field: StringField | SelectField) -> str:
    """Return what was typed without surrounding spaces."""
    return str(field.data or "").strip()
