"""The form of a budget line, with an amount and VAT for each of the four years."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from extranet.money.models import LineKind, VatTreatment
from extranet.money.queries.wording import LINE_KINDS, VAT_TREATMENTS
from extranet.money.services.lines import LineInput
from extranet.web.forms import CentsField, VersionedForm, choices, optional_text

NO_SOURCE = 0


class LineForm(VersionedForm):
    """A line; a new one has an empty version."""

    name = StringField(
        _l("Name"), validators=[DataRequired(message=_l("Give the line a name.")), Length(max=160)]
    )
    kind = RadioField(
        _l("Kind"),
        description=_l("A reserve above zero adds to it, below zero takes from it."),
        choices=choices(LINE_KINDS),
        validators=[DataRequired(message=_l("Choose what kind of line this is."))],
    )
    lasting = RadioField(
        _l("Structural or incidental"),
        choices=[
            ("structural", _l("Structural: it comes back every year")),
            ("incidental", _l("Incidental: it stops")),
        ],
        validators=[DataRequired(message=_l("Choose structural or incidental."))],
    )
    net_0 = CentsField()
    vat_0 = CentsField()
    net_1 = CentsField()
    vat_1 = CentsField()
    net_2 = CentsField()
    vat_2 = CentsField()
    net_3 = CentsField()
    vat_3 = CentsField()
    vat_treatment = SelectField(
        _l("VAT"),
        choices=choices(VAT_TREATMENTS),
        validators=[DataRequired(message=_l("Choose how VAT works for this line."))],
    )
    funding_source = SelectField(_l("Funding source"), coerce=int)
    explanation = TextAreaField(_l("Explanation"), validators=[Length(max=1000)])

    def prepare(self, years: Sequence[int], sources: Sequence[tuple[int, str]]) -> None:
        """Name the amounts after the years and offer the funding sources."""
        for at, year in enumerate(years):
            self[f"net_{at}"].label.text = gettext("%(year)s without VAT", year=year)
            self[f"vat_{at}"].label.text = gettext("VAT in %(year)s", year=year)
        self.funding_source.choices = [(NO_SOURCE, gettext("None")), *sources]

    def line(self) -> LineInput:
        """Return the line that was filled in; an amount left empty is nothing."""
        return LineInput(
            name=optional_text(self.name.data),
            kind=LineKind(self.kind.data),
            net=self._amounts("net"),
            vat=self._amounts("vat"),
            is_structural=self.lasting.data == "structural",
            vat_treatment=VatTreatment(self.vat_treatment.data),
            funding_source_id=self.funding_source.data or None,
            explanation=optional_text(self.explanation.data),
        )

    def _amounts(self, name: str) -> tuple[int, ...]:
        return tuple(self[f"{name}_{at}"].data or 0 for at in range(4))


def line_values(line: LineInput) -> dict[str, object]:
    """Return the fields of the form for a stored line."""
    return {
        "name": line.name,
        "kind": line.kind.value,
        "lasting": "structural" if line.is_structural else "incidental",
        "vat_treatment": line.vat_treatment.value,
        "funding_source": line.funding_source_id or NO_SOURCE,
        "explanation": line.explanation,
        **{f"net_{at}": cents for at, cents in enumerate(line.net)},
        **{f"vat_{at}": cents for at, cents in enumerate(line.vat)},
    }
