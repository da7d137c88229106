"""What is filled in about an initiative."""

from __future__ import annotations

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from extranet.api import DateField, VersionedForm, lazy
from extranet_infoavond.forms.signups import text_of
from extranet_infoavond.services.initiatives import InitiativeFacts
from extranet_infoavond.wording import KINDS, STAGES, Text

SEEN_BY_ALL = lazy(Text("Everybody in the coalition sees this: no names of residents."))
SEEN_BY_US = lazy(Text("Only your own municipality sees this."))


class InitiativeForm(VersionedForm):
    """An initiative: what it is, who takes it, and who follows it up."""

    kind = SelectField(lazy(Text("Type")), choices=[(k, lazy(t)) for k, t in KINDS.items()])
    stage = SelectField(
        lazy(Text("How far it is")), choices=[(k, lazy(t)) for k, t in STAGES.items()]
    )
    initiator = StringField(
        lazy(Text("Who takes the initiative")), [Length(max=120)], description=SEEN_BY_US
    )
    contact = StringField(
        lazy(Text("How to reach them")), [Length(max=254)], description=SEEN_BY_US
    )
    note = TextAreaField(lazy(Text("Remarks")), [Length(max=1000)], description=SEEN_BY_US)
    owner = StringField(
        lazy(Text("Who follows it up")),
        [Length(max=120)],
        description=lazy(Text("The official or the function at your municipality.")),
    )
    next_step = StringField(lazy(Text("Next step")), [Length(max=300)], description=SEEN_BY_ALL)
    next_on = DateField(lazy(Text("Day of the next step")))

    def facts(self) -> InitiativeFacts:
        """Return what was filled in."""
        return InitiativeFacts(
            kind=text_of(self.kind),
            stage=text_of(self.stage),
            initiator=text_of(self.initiator),
            contact=text_of(self.contact),
            note=text_of(self.note),
            owner=text_of(self.owner),
            next_step=text_of(self.next_step),
            next_on=self.next_on.data,
        )
