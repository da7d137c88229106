"""The forms about an evening."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from extranet.api import DateField, VersionedForm, lazy
from extranet_infoavond.forms.fields import NEEDED, NOT_BLANK, AtMost, ClockField, stripped
from extranet_infoavond.services.evenings import EveningValues
from extranet_infoavond.wording import Text

MOST_PLACES = 2000


class EveningForm(VersionedForm):
    """An evening; where and when may be filled in later."""

    title = StringField(
        lazy(Text("Title")),
        [NOT_BLANK, AtMost(120)],
        filters=[stripped],
        description=lazy(
            Text("Residents read it in the letter, so without the name of the region.")
        ),
    )
    hosts = SelectMultipleField(
        lazy(Text("Host municipalities")),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=lazy(Text("Each of them invites its own residents, in its own name.")),
    )
    held_on = DateField(lazy(Text("Day")), [Optional()])
    starts_at = ClockField(
        lazy(Text("Begins at")), [Optional()], description=lazy(Text("For example 19.30."))
    )
    ends_at = ClockField(lazy(Text("Ends at")), [Optional()])
    venue = StringField(lazy(Text("Venue")), [AtMost(120)], filters=[stripped])
    street = StringField(lazy(Text("Street and number")), [AtMost(120)], filters=[stripped])
    town = StringField(lazy(Text("Place")), [AtMost(80)], filters=[stripped])
    capacity = IntegerField(
        lazy(Text("Number of places")),
        [
            NEEDED,
            NumberRange(
                1, MOST_PLACES, lazy(Text("Fill in a number from 1 to %(n)s.", n=MOST_PLACES))
            ),
        ],
        description=lazy(Text("How many people fit, of all hosts together.")),
    )

    def offer(self, municipalities: Iterable[tuple[int, str]]) -> EveningForm:
        """Offer these municipalities as hosts."""
        self.hosts.choices = list(municipalities)
        return self

    def values(self) -> EveningValues:
        """Return what was filled in; the form is valid."""
        return EveningValues(
            title=str(self.title.data),
            held_on=self.held_on.data,
            starts_at=self.starts_at.data,
            ends_at=self.ends_at.data,
            venue=str(self.venue.data),
            street=str(self.street.data),
            town=str(self.town.data),
            capacity=int(self.capacity.data or 0),
        )


class ConfirmForm(VersionedForm):
    """Nothing but a yes, to the version that the page showed."""
