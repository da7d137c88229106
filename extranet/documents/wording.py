"""The values of documents in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from extranet.documents.models import Confidentiality, WooDecision
from extranet.i18n import Text

CONFIDENTIALITIES: Mapping[str, Text] = {
    Confidentiality.PUBLIC: Text("Public"),
    Confidentiality.MEMBERS: Text("All members"),
    Confidentiality.PARTICIPANTS: Text("Participants"),
    Confidentiality.CONFIDENTIAL: Text("Confidential"),
}
WOO_DECISIONS: Mapping[str, Text] = {
    WooDecision.NOT_DECIDED: Text("Not decided yet"),
    WooDecision.PUBLISH: Text("Make public"),
    WooDecision.PARTLY: Text("Make public in part"),
    WooDecision.REFUSE: Text("Do not make public"),
}
# The categories of Woo article 3.3 that a collaboration of governments makes, by paragraph.
WOO_CATEGORIES: Mapping[str, Text] = {
    "": Text("None of these"),
    "2c": Text("Papers of a council or general board (2c)"),
    "2d": Text("Agenda or list of decisions of an executive board (2d)"),
    "2e": Text("Advice (2e)"),
    "2f": Text("Covenant or agreement (2f)"),
    "2g": Text("Year plan or yearly report (2g)"),
    "2j": Text("Research report (2j)"),
}


def size_text(size_bytes: int) -> Text:
    """Return the size of a file as people read it, never zero."""
    if size_bytes < 1_000_000:
        return Text("%(n)s\N{NO-BREAK SPACE}kB", n=max(1, (size_bytes + 500) // 1000))
    megabytes = (Decimal(size_bytes) / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Text("%(n)s\N{NO-BREAK SPACE}MB", n=megabytes)
