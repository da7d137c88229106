"""The form of a funding source."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from extranet.money.models import Certainty, FundingKind
from extranet.money.queries.wording import FUNDING_KINDS
from extranet.money.services.funding import FundingInput
from extranet.web.fields import PickField
from extranet.web.forms import DateField, VersionedForm, choices, optional_text

# The sectors of the Tijdelijke regeling CDOKE (Stcrt. 2023, 6282), in its own words.
CDOKE_SECTORS = ("gebouwde omgeving", "elektriciteit", "mobiliteit", "industrie", "overig")


class FundingForm(VersionedForm):
    """A funding source; a new one has an empty version."""

    name = StringField(
        _l("Name"),
        validators=[DataRequired(message=_l("Give the funding source a name.")), Length(max=120)],
    )
    kind = PickField(
        _l("Kind"),
        choices=choices(FUNDING_KINDS),
    )
    sector = SelectField(
        _l("Sector"),
        description=_l("For CDOKE only: it is accounted for by sector."),
        choices=[("", _l("None")), *((sector, sector) for sector in CDOKE_SECTORS)],
    )
    certainty = RadioField(
        _l("How certain it is"),
        choices=[
            (Certainty.COMMITTED.value, _l("Committed: there is a decision or a letter")),
            (Certainty.EXPECTED.value, _l("Expected: promised, not decided")),
            (Certainty.UNCERTAIN.value, _l("Uncertain: it may not come")),
        ],
        validators=[DataRequired(message=_l("Choose how certain the money is."))],
    )
    ends_on = DateField(_l("Last day"))
    conditions = TextAreaField(
        _l("Conditions"),
        description=_l("What the money may be spent on, and how it is accounted for."),
        validators=[Length(max=1000)],
    )

    def source(self) -> FundingInput:
        """Return the source that was filled in."""
        return FundingInput(
            name=optional_text(self.name.data),
            kind=FundingKind(self.kind.data),
            certainty=Certainty(self.certainty.data),
            ends_on=self.ends_on.data,
            sector=self.sector.data or "",
            conditions=optional_text(self.conditions.data),
        )


def funding_values(source: FundingInput) -> dict[str, object]:
    """Return the fields of the form for a stored source."""
    return {
        "name": source.name,
        "kind": source.kind.value,
        "sector": source.sector,
        "certainty": source.certainty.value,
        "ends_on": source.ends_on,
        "conditions": source.conditions,
    }
