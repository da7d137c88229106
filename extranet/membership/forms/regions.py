"""The forms of a region's settings, its bodies, and of the operator's new regions."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from extranet.membership.forms.fields import (
    NEEDED,
    AtMost,
    CountField,
    LineField,
)
from extranet.membership.queries.wording import BODY_KINDS, LEGAL_FORMS
from extranet.membership.services.regions import LOWEST_THRESHOLD, RegionSettings
from extranet.web.fields import PickField
from extranet.web.forms import DateField, Form, VersionedForm, choices

LETTERHEAD = (
    "sender_name",
    "sender_address",
    "sender_place",
    "sender_phone",
    "sender_email",
    "sender_number",
    "signatory_name",
    "signatory_function",
)


class BodyValues(TypedDict):
    """What somebody filled in of a body; None where it is the region's."""

    name: str
    kind: str
    organisation_id: int | None


class RegionValues(TypedDict):
    """What somebody filled in of a region to be."""

    name: str
    slug: str
    code: str
    legal_form: str
    legal_form_from: date | None


class RegionForm(VersionedForm):
    """What a region admin sets of the region."""

    name = LineField(_l("Name of the region"), [NEEDED, AtMost(120)])
    legal_form = PickField(_l("Legal form"), choices=choices(LEGAL_FORMS))
    legal_form_from = DateField(_l("In this form since"))
    threshold = CountField(
        _l("Municipalities that a coalition needs"), [NEEDED], least=LOWEST_THRESHOLD
    )
    threshold_source = LineField(_l("Article that says so"), [AtMost(200)])
    sender_name = LineField(_l("Name of the sender"), [AtMost(120)])
    sender_address = LineField(_l("Address"), [AtMost(200)])
    sender_place = LineField(_l("Postal code and place"), [AtMost(120)])
    sender_phone = LineField(_l("Telephone"), [AtMost(40)])
    sender_email = LineField(_l("E-mail address"), [AtMost(254)])
    sender_number = LineField(_l("Reference of the sender"), [AtMost(40)])
    signatory_name = LineField(_l("Name of the signatory"), [AtMost(120)])
    signatory_function = LineField(_l("Function of the signatory"), [AtMost(120)])

    def settings(self) -> RegionSettings:
        """Return what was filled in; the form is valid."""
        return RegionSettings(
            **{name: self[name].data for name in RegionSettings.__dataclass_fields__}
        )


class BodyForm(VersionedForm):
    """A body; a college or raad belongs to one member."""

    name = LineField(_l("Name"), [NEEDED, AtMost(120)])
    kind = PickField(_l("Kind"), choices=choices(BODY_KINDS))
    organisation_id = SelectField(
        _l("Belongs to"),
        coerce=int,
        description=_l("Only for a college or a raad; every other body is the region's."),
    )

    def values(self) -> BodyValues:
        """Return what was filled in; the form is valid."""
        return {
            "name": self.name.data,
            "kind": self.kind.data,
            "organisation_id": self.organisation_id.data or None,
        }


class NewRegionForm(Form):
    """A region to be."""

    name = LineField(_l("Name of the region"), [NEEDED, AtMost(120)])
    slug = LineField(
        _l("Address on this site"),
        [NEEDED],
        description=_l("The first part of every address of the region; it stays for good."),
    )
    code = LineField(
        _l("CBS code of the region"),
        [AtMost(20)],
        description=_l("For a RES region: ES01 to ES30."),
    )
    legal_form = PickField(_l("Legal form"), choices=choices(LEGAL_FORMS))
    legal_form_from = DateField(_l("In this form since"))

    def values(self) -> RegionValues:
        """Return what was filled in; the form is valid."""
        return {
            "name": self.name.data,
            "slug": self.slug.data,
            "code": self.code.data,
            "legal_form": self.legal_form.data,
            "legal_form_from": self.legal_form_from.data,
        }
