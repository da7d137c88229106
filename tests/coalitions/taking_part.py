"""Let organisations take part in the plustaak of an alliance, and let them go."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.coalitions.models import Plustaak, PlustaakParticipation
from extranet.coalitions.queries.workspace import lock_coalition
from extranet.coalitions.services import plustaak_participation
from extranet.coalitions.services.plustaken import get_plustaak
from extranet.membership.models import Organisation
from tests.coalitions.alliances import DAY, Alliance
from tests.coalitions.plustaken import make_plustaak
from tests.coalitions.ready import PARTIES


def parties_of(made: Alliance) -> list[Organisation]:
    """Return the three that take part."""
    return [made.organisations[name] for name in PARTIES]


def make_running(session: Session, made: Alliance, **values: object) -> Plustaak:
    """Make a plustaak in which the three take part."""
    return make_plustaak(session, coalition=made.coalition, parties=parties_of(made), **values)


def rows(session: Session) -> list[tuple[int, date, date | None]]:
    """Return every participation in a plustaak."""
    found = session.scalars(
        select(PlustaakParticipation).order_by(
            PlustaakParticipation.organisation_id, PlustaakParticipation.from_date
        )
    )
    return [(one.organisation_id, one.from_date, one.until_date) for one in found]


def add(session: Session, made: Alliance, name: str, *, from_date: date = DAY) -> None:
    """Let one take part."""
    coalition = lock_coalition(session, made.coalition.id)
    plustaak_participation.add(
        session,
        coalition=coalition,
        plustaak=get_plustaak(session, coalition_id=coalition.id, plugin="infoavond"),
        organisation_id=made.organisations[name].id,
        from_date=from_date,
        actor=made.actor(),
    )


def let_go(session: Session, made: Alliance, name: str, until_date: date) -> None:
    """Give one its last day."""
    coalition = lock_coalition(session, made.coalition.id)
    plustaak = get_plustaak(session, coalition_id=coalition.id, plugin="infoavond")
    plustaak_participation.let_go(
        session,
        coalition=coalition,
        plustaak=plustaak,
        participation=plustaak_participation.get_participation(
            session, plustaak=plustaak, organisation_id=made.organisations[name].id
        ),
        until_date=until_date,
        actor=made.actor(),
    )
