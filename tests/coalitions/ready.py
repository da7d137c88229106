"""Bring a plustaak as far as going live: agreement in force, budget adopted, participants."""

from __future__ import annotations

from sqlalchemy.orm import Session

from extranet.coalitions.models import Plustaak
from extranet.coalitions.queries.contract_budget import purse_of
from extranet.money.rules import AllocationKey, EqualShare
from extranet.money.services.households import Participation, open_household, set_participants
from tests.coalitions.alliances import Alliance
from tests.coalitions.contracts import answer, send, write
from tests.coalitions.plustaken import FROM, make_plustaak
from tests.factories import make_body
from tests.money.budgets import Place, make_adopted

PARTIES = ("Weert", "Venray", "Beesel")


def agree(session: Session, made: Alliance, plustaak: Plustaak) -> None:
    """Let the three consent to an agreement, which comes into force."""
    parties = [made.organisations[name] for name in PARTIES]
    write(session, made.region, plustaak, parties)
    send(session, made.region, plustaak)
    for one in parties:
        answer(session, made.region, plustaak, one)


def adopt(session: Session, made: Alliance, plustaak: Plustaak) -> None:
    """Adopt a budget that the three share."""
    parties = [made.organisations[name] for name in PARTIES]
    household = open_household(session, purse=purse_of(session, plustaak), name="Infoavonden")
    set_participants(
        session,
        household=household,
        periods=[Participation(organisation_id=one.id, from_date=FROM) for one in parties],
    )
    body = make_body(session, region=made.region)
    place = Place(region=made.region, members=made.organisations, body=body, snapshot=None)
    key = AllocationKey([EqualShare()])
    make_adopted(session, place, costs=(100_01, 0, 0, 7), key=key, purse=household.purse)


def make_ready(session: Session, made: Alliance, **values: object) -> Plustaak:
    """Make a plustaak of the three that nothing keeps from going live."""
    parties = [made.organisations[name] for name in PARTIES]
    plustaak = make_plustaak(session, coalition=made.coalition, parties=parties, **values)
    agree(session, made, plustaak)
    adopt(session, made, plustaak)
    return plustaak
