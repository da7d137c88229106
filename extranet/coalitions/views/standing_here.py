"""Where the reader stands: the coalition of the address, to look at or to change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from extranet.access import Actor, CoalitionRef, OrganisationRef, RegionRef
from extranet.coalitions.models import Coalition
from extranet.coalitions.queries.workspace import lock_coalition
from extranet.errors import NotFound
from extranet.i18n import Text
from extranet.web.access import current_actor
from extranet.web.database import unit_of_work
from extranet.web.forms import Form

NO_PAGE = Text("This page does not exist.")


def stands_in() -> tuple[Actor, RegionRef, OrganisationRef]:
    """Return the actor with the region and organisation that they act in."""
    actor = current_actor()
    if actor.region is None or actor.organisation is None:
        raise NotFound(NO_PAGE)
    return actor, actor.region, actor.organisation


def current_coalition() -> CoalitionRef:
    """Return the coalition of the address; the access rule saw to it that there is one."""
    coalition = current_actor().coalition
    if coalition is None:
        raise NotFound(NO_PAGE)
    return coalition


@contextmanager
def changing(form: Form) -> Iterator[tuple[Session, Coalition]]:
    """Open a unit of work on the coalition of the address, locked for everybody else."""
    with form.refusals(), unit_of_work() as session:
        yield session, lock_coalition(session, current_coalition().id)
