"""The pages of agreements.

The region's model clauses have an address of their own. The pages of one agreement are on
`blueprint`, which the domain above registers under the address of the owner, after it set
`g.agreement_place` (`place.py`).
"""

from __future__ import annotations

from extranet.agreements.policy import EDIT_CLAUSES
from extranet.agreements.views import (  # noqa: F401 - each puts its pages on the blueprint
    answers,
    articles,
    clauses,
    drafting,
    reading,
    sending,
)
from extranet.agreements.views.blueprint import blueprint
from extranet.agreements.views.place import AgreementPlace
from extranet.i18n import Text
from extranet.web.navigation import NavigationEntry

__all__ = ["BLUEPRINTS", "NAVIGATION", "AgreementPlace", "blueprint"]

BLUEPRINTS = (clauses.blueprint,)
NAVIGATION = (
    NavigationEntry(
        title=Text("Model clauses"),
        endpoint="agreement_clauses.clauses",
        permission=EDIT_CLAUSES,
        group=Text("Administration"),
        weight=40,
        covers=frozenset({"agreement_clauses."}),
    ),
)
