"""Evenings as pages show them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.api import NotFound, Place
from extranet_infoavond.models import Evening
from extranet_infoavond.wording import Text

NO_EVENING = Text("There is no such evening.")


def evenings_of(session: Session, place: Place) -> Sequence[Evening]:
    """Return the evenings of a plustaak, the first one first, those without a day last."""
    return session.scalars(
        select(Evening)
        .where(Evening.plustaak_id == place.plustaak_id)
        .order_by(Evening.held_on.is_(None), Evening.held_on, Evening.id)
    ).all()


def get_evening(session: Session, place: Place, evening_id: int) -> Evening:
    """Return an evening of a plustaak; raise NotFound when it has none such."""
    evening = session.scalar(
        select(Evening).where(Evening.id == evening_id, Evening.plustaak_id == place.plustaak_id)
    )
    if evening is None:
        raise NotFound(NO_EVENING)
    return evening
