"""The forms with which the region admin starts, ends and corrects memberships."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, cast

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField

from extranet.membership.forms.fields import NEEDED, PICKED, AtMost, LineField
from extranet.membership.queries.wording import PARTS
from extranet.membership.rules.periods import Publication, Terms
from extranet.web.forms import DateField, Form, VersionedForm, choices

WHERE = _l("For example: Staatscourant 2026, 1234.")


class Values(TypedDict):
    """What somebody filled in to start a membership."""

    terms: Terms
    is_centrum: bool


class StartForm(Form):
    """Make an organisation a member."""

    kind = RadioField(_l("Takes part as"), [PICKED], choices=choices(PARTS))
    is_centrum = BooleanField(_l("This member is the centrum"))
    from_date = DateField(_l("First day as a member"), [NEEDED])
    joining_published_on = DateField(_l("Joining published on"))
    joining_publication = LineField(_l("Published in"), [AtMost(200)], description=WHERE)

    def ask_publication(self) -> None:
        """Show the publication as something to fill in; the service decides whether it is."""
        for field in (self.joining_published_on, self.joining_publication):
            field.flags.required = True

    def values(self) -> Values:
        """Return what was filled in; the form is valid."""
        terms = Terms(
            kind=self.kind.data,
            from_date=cast("date", self.from_date.data),
            joining=Publication(
                on=self.joining_published_on.data, place=self.joining_publication.data
            ),
        )
        return {"terms": terms, "is_centrum": bool(self.is_centrum.data)}


class EndForm(VersionedForm):
    """Give a membership its last day."""

    until_date = DateField(_l("Last day as a member"), [NEEDED])
    leaving_published_on = DateField(_l("Leaving published on"))
    leaving_publication = LineField(_l("Published in"), [AtMost(200)], description=WHERE)

    def ask_publication(self) -> None:
        """Show the publication as something to fill in; the service decides whether it is."""
        for field in (self.leaving_published_on, self.leaving_publication):
            field.flags.required = True

    def last_day(self) -> date:
        """Return the last day; the form is valid."""
        return cast("date", self.until_date.data)

    def publication(self) -> Publication:
        """Return when and where leaving was published."""
        return Publication(on=self.leaving_published_on.data, place=self.leaving_publication.data)


class CorrectForm(VersionedForm):
    """Put right what was recorded of a membership."""

    kind = RadioField(_l("Takes part as"), [PICKED], choices=choices(PARTS))
    from_date = DateField(_l("First day as a member"), [NEEDED])
    joining_published_on = DateField(_l("Joining published on"))
    joining_publication = LineField(_l("Joining published in"), [AtMost(200)], description=WHERE)
    until_date = DateField(_l("Last day as a member"))
    leaving_published_on = DateField(_l("Leaving published on"))
    leaving_publication = LineField(_l("Leaving published in"), [AtMost(200)], description=WHERE)

    def terms(self) -> Terms:
        """Return what was filled in; the form is valid."""
        return Terms(
            kind=self.kind.data,
            from_date=cast("date", self.from_date.data),
            until_date=self.until_date.data,
            joining=Publication(
                on=self.joining_published_on.data, place=self.joining_publication.data
            ),
            leaving=Publication(
                on=self.leaving_published_on.data, place=self.leaving_publication.data
            ),
        )


class CentrumForm(VersionedForm):
    """Confirm that a member becomes the centrum."""
