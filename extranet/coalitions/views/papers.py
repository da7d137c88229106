"""The documents of a coalition: the pages of `documents` under the coalition's own address."""

from __future__ import annotations

from flask import url_for

from extranet.access import CoalitionRole, permits
from extranet.coalitions.models import CoalitionState
from extranet.coalitions.policy import VIEW_COALITION, WORK, reads_of
from extranet.coalitions.views.standing_here import current_coalition, stands_in
from extranet.documents.views import documents_blueprint
from extranet.documents.views.place import Place
from extranet.i18n import Text


def coalition_place() -> Place:
    """Return the coalition of the address as a place of documents.

    Participants and guests read what is meant for participants; members of the region that look in
    read what is for members. A closed coalition is an archive: nobody edits.
    """
    actor, region, _organisation = stands_in()
    coalition = current_coalition()
    region_step = (region.name, url_for("overview.home"))
    coalition_step = (coalition.name, url_for("workspace.overview"))
    is_guest = CoalitionRole.GUEST in actor.coalition_roles
    return Place(
        region_id=region.id,
        owner=f"coalition:{coalition.id}",
        name=coalition.name,
        confidentialities=reads_of(actor),
        may_edit=coalition.state != CoalitionState.CLOSED and permits(actor, WORK),
        explanation=Text(
            "Participants and guests of this coalition read what is for participants; other "
            "members of the region read what is for members."
        ),
        trail=(coalition_step,) if is_guest else (region_step, coalition_step),
    )


blueprint = documents_blueprint(
    "coalition_documents",
    url_prefix="/<region>/coalities/<coalition>/documenten",
    view=VIEW_COALITION,
    edit=WORK,
    place=coalition_place,
)
