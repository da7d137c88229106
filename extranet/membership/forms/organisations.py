"""The forms with which the operator keeps the national list of organisations."""

from __future__ import annotations

from typing import TypedDict

from flask_babel import lazy_gettext as _l

from extranet.membership.forms.fields import NEEDED, AtMost, LineField
from extranet.membership.queries.wording import KINDS
from extranet.web.fields import PickField
from extranet.web.forms import DateField, VersionedForm, choices


class Values(TypedDict):
    """What somebody filled in of an organisation."""

    name: str
    kind: str
    code: str


class OrganisationForm(VersionedForm):
    """An organisation with its official code."""

    name = LineField(_l("Name"), [NEEDED, AtMost(120)])
    kind = PickField(_l("Kind"), choices=choices(KINDS))
    code = LineField(
        _l("Official code"),
        [NEEDED, AtMost(40)],
        description=_l(
            "gm:0983 for a municipality, pv:31 for a province, ws:0665 for a water board, "
            "kvk:12345678 for everybody else."
        ),
    )

    def values(self) -> Values:
        """Return what was filled in; the form is valid."""
        return {"name": self.name.data, "kind": self.kind.data, "code": self.code.data}


class SuccessorForm(VersionedForm):
    """Which organisation takes another one over (herindeling); empty takes the record away."""

    successor_code = LineField(_l("Official code of the successor"), [AtMost(40)])
    successor_from = DateField(_l("First day of the successor"))
