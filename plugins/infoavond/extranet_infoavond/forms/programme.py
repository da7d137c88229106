"""The form of a part of the programme."""

from __future__ import annotations

from datetime import time

from wtforms import StringField, TextAreaField

from extranet.api import VersionedForm, lazy
from extranet_infoavond.forms.fields import NEEDED, NOT_BLANK, AtMost, ClockField, stripped
from extranet_infoavond.services.programme import ItemValues
from extranet_infoavond.wording import Text


class ItemForm(VersionedForm):
    """What happens, when, and who speaks."""

    starts_at = ClockField(
        lazy(Text("Begins at")), [NEEDED], description=lazy(Text("For example 19.30."))
    )
    title = StringField(lazy(Text("What happens")), [NOT_BLANK, AtMost(160)], filters=[stripped])
    speaker = StringField(
        lazy(Text("Speaker")),
        [AtMost(160)],
        filters=[stripped],
        description=lazy(Text("A name with a function. It stands in the letter.")),
    )
    about = TextAreaField(
        lazy(Text("What it is about")),
        [AtMost(2000)],
        filters=[stripped],
        description=lazy(Text("For the public page; it does not stand in the letter.")),
        render_kw={"rows": 4},
    )

    def values(self) -> ItemValues:
        """Return what was filled in; the form is valid."""
        return ItemValues(
            starts_at=self.starts_at.data or time(0),
            title=str(self.title.data),
            speaker=str(self.speaker.data),
            about=str(self.about.data),
        )
