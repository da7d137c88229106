"""Who takes part in a plustaak, and whether it is live."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from extranet.clock import today
from extranet.coalitions.models import Plustaak, PlustaakParticipation, PlustaakState
from extranet.membership.models import Organisation
from extranet.plugins.contributions import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An organisation that takes part in a plustaak."""

    organisation_id: int
    code: str
    name: str
    kind: str


def participants_of(
    session: Session, place: Place, *, day: date | None = None
) -> list[Participant]:
    """Return who takes part in the plustaak on a day (today unless given), by name."""
    day = day or today(session)
    rows = session.execute(
        select(Organisation.id, Organisation.code, Organisation.name, Organisation.kind)
        .join(PlustaakParticipation, PlustaakParticipation.organisation_id == Organisation.id)
        .where(
            PlustaakParticipation.plustaak_id == place.plustaak_id,
            PlustaakParticipation.from_date <= day,
            or_(
                PlustaakParticipation.until_date.is_(None),
                PlustaakParticipation.until_date >= day,
            ),
        )
        .distinct()
        .order_by(Organisation.name)
    )
    return [
        Participant(organisation_id=row.id, code=row.code, name=row.name, kind=row.kind)
        for row in rows
    ]


def organisation_names(session: Session, organisation_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of organisations by number, also of those that take part no longer."""
    rows = session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(set(organisation_ids)))
    )
    return {row.id: row.name for row in rows}


def is_live(session: Session, place: Place) -> bool:
    """Tell whether the plustaak may spend money and let something out today; not while frozen."""
    live_since = session.scalar(
        select(Plustaak.live_since).where(
            Plustaak.id == place.plustaak_id,
            Plustaak.state == PlustaakState.ON,
            Plustaak.frozen_on.is_(None),
        )
    )
    return live_since is not None and live_since <= today(session)


def kinds_of(session: Session, codes: Collection[str]) -> list[str]:
    """Return what sort of organisation each of these is."""
    return list(session.scalars(select(Organisation.kind).where(Organisation.code.in_(codes))))


def organisation_code_of(session: Session, organisation_id: int) -> str:
    """Return the code of an organisation."""
    return session.get_one(Organisation, organisation_id).code
