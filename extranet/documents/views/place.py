"""Where in the region a page of documents stands, and what somebody may do there.

The pages of documents are the same for the region, a coalition and an agreement. The domain above
that registers them says with a `Place` which documents they are about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import g, url_for

from extranet.access import permits
from extranet.documents.models import Confidentiality
from extranet.documents.policy import EDIT_DOCUMENTS, visible_to
from extranet.documents.queries.documents import Sight
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.web.access import current_actor

OF_REGION = Text(
    "All members: everybody with a seat in this region. Participants: not for who only reads. "
    "Confidential: region admin, programme team and portfolio holders."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose documents a page shows: of a region, and of what in it (`coalition:3`, '' for itself).

    `confidentialities` are those that the reader may see, `explanation` says who sees which,
    `name` is how the owner is called, and `trail` are the breadcrumbs in front of "Documents".
    """

    region_id: int
    owner: str
    name: str
    confidentialities: frozenset[Confidentiality]
    may_edit: bool
    explanation: Text
    trail: tuple[tuple[str, str], ...]

    @property
    def sight(self) -> Sight:
        """Return what may be seen here, as the queries take it."""
        return Sight(
            region_id=self.region_id,
            owners=(self.owner,),
            confidentialities=self.confidentialities,
            with_withdrawn=self.may_edit,
        )


def place_of_address() -> Place:
    """Return the place of this request: the one that was set for it, or the region itself."""
    if "documents_place" not in g:
        g.documents_place = region_place()
    return cast(Place, g.documents_place)


def region_place() -> Place:
    """Return the region itself as a place of documents."""
    actor = current_actor()
    if actor.region is None:
        raise NotFound(Text("This page does not exist."))
    return Place(
        region_id=actor.region.id,
        owner="",
        name=actor.region.name,
        confidentialities=visible_to(actor),
        may_edit=permits(actor, EDIT_DOCUMENTS),
        explanation=OF_REGION,
        trail=((actor.region.name, url_for("overview.home")),),
    )
