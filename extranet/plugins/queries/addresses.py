"""What the address of a public page stands for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.coalitions.models import Coalition, CoalitionState, Plustaak, PlustaakState
from extranet.plugins.contributions import Place
from extranet.plugins.models import PublicAddress


def find_address(
    session: Session, *, plugin: str, slug: str, day: date
) -> tuple[Place, str] | None:
    """Return the place and the subject of a public address; None unless its plustaak is live.

    Going live is what lets something out (product rule 2), so before it no public page exists.
    """
    row = session.execute(
        select(
            Coalition.region_id,
            Plustaak.coalition_id,
            Plustaak.id.label("plustaak_id"),
            PublicAddress.subject,
        )
        .join(Plustaak, Plustaak.id == PublicAddress.plustaak_id)
        .join(Coalition, Coalition.id == Plustaak.coalition_id)
        .where(
            PublicAddress.plugin == plugin,
            PublicAddress.slug == slug,
            Plustaak.plugin == plugin,
            Plustaak.state == PlustaakState.ON,
            Plustaak.live_since <= day,
            Coalition.state != CoalitionState.CLOSED,
        )
    ).one_or_none()
    if row is None:
        return None
    place = Place(
        plugin=plugin,
        region_id=row.region_id,
        coalition_id=row.coalition_id,
        plustaak_id=row.plustaak_id,
    )
    return place, row.subject
