"""Give the agreement of a test its owner: a plustaak in a coalition of its parties."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.agreements.models import Agreement
from extranet.coalitions.models import Coalition, Participation
from extranet.coalitions.rules.owners import owner_of
from tests.agreements.agreements import OWNER, Agreed
from tests.coalitions.plustaken import make_plustaak
from tests.factories import make_seat

HOME = "/noord/coalities/groen/infoavond/overeenkomst"
ADDRESS = f"http://localhost{HOME}"
PLUSTAAK_ID = int(OWNER.partition(":")[2])


def make_coalition(
    session: Session, agreed: Agreed, *, plustaak_id: int = PLUSTAAK_ID
) -> Coalition:
    """Make the coalition `groen` of all municipalities, led from a seat at the first one.

    Its plustaak `infoavond`, in which all of them take part, gets the agreement as its own.
    """
    first = next(iter(agreed.members.values()))
    seat = make_seat(
        session, region=agreed.region, organisation=first, role=Role.OFFICIAL, title="Trekker"
    )
    coalition = Coalition(
        region_id=agreed.region.id,
        slug="groen",
        name="Groen",
        state="active",
        proposed_by_id=first.id,
        proposed_on=date(2026, 1, 1),
        lead_seat_id=seat.id,
    )
    session.add(coalition)
    session.flush()
    session.add_all(
        Participation(coalition_id=coalition.id, organisation_id=number, from_date=date(2026, 1, 1))
        for number in agreed.ids
    )
    make_plustaak(session, coalition=coalition, parties=agreed.members.values(), id=plustaak_id)
    session.execute(
        update(Agreement)
        .where(Agreement.region_id == agreed.region.id)
        .values(owner=owner_of(plustaak_id))
    )
    return coalition


def seen_on(page: str) -> str:
    """Return what a page says that was seen, as its form carries it."""
    return page.split('name="version"')[1].split('value="')[1].split('"', maxsplit=1)[0]
