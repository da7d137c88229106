"""Make plustaken in the coalitions of an alliance, with who takes part and with money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from extranet.clock import now
from extranet.coalitions.models import Coalition, Plustaak, PlustaakParticipation
from extranet.membership.models import Organisation

FROM = date(2026, 1, 1)


def make_plustaak(
    session: Session,
    *,
    coalition: Coalition,
    parties: Iterable[Organisation] = (),
    plugin: str = "infoavond",
    **values: object,
) -> Plustaak:
    """Make a plustaak that is on, in which these take part from the first day of 2026 on."""
    plustaak = Plustaak(coalition_id=coalition.id, plugin=plugin, enabled_at=now(session), **values)
    session.add(plustaak)
    session.flush()
    for party in parties:
        take_part(session, plustaak, party)
    return plustaak


def take_part(
    session: Session,
    plustaak: Plustaak,
    organisation: Organisation,
    *,
    from_date: date = FROM,
    until_date: date | None = None,
) -> PlustaakParticipation:
    """Let an organisation take part in a plustaak."""
    made = PlustaakParticipation(
        plustaak_id=plustaak.id,
        organisation_id=organisation.id,
        from_date=from_date,
        until_date=until_date,
    )
    session.add(made)
    session.flush()
    return made
