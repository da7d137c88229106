"""Make the agreement of a plustaak and bring it as far as a test wants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from extranet.agreements.queries.versions import lock_version
from extranet.agreements.services.answering import AnswerInput, record_answer
from extranet.agreements.services.creating import Description, create_from_template, describe_draft
from extranet.agreements.services.sending import send_version
from extranet.coalitions.models import Plustaak
from extranet.coalitions.rules.owners import owner_of
from extranet.membership.models import Organisation, Region

DECIDED = date(2026, 11, 20)
AGREED = date(2026, 11, 1)


def write(
    session: Session, region: Region, plustaak: Plustaak, parties: Iterable[Organisation]
) -> None:
    """Write the draft of an agreement between these parties."""
    create_from_template(
        session,
        region_id=region.id,
        owner=owner_of(plustaak.id),
        title="Infoavonden",
        clauses=("subject", "leaving"),
        parties=[one.id for one in parties],
        actor=None,
    )


def send(
    session: Session, region: Region, plustaak: Plustaak, *, number: int = 1, day: date = AGREED
) -> None:
    """Agree on a date and send a draft."""
    _, version = lock_version(
        session, region_id=region.id, owner=owner_of(plustaak.id), number=number
    )
    note = "Een gemeente erbij." if number > 1 else ""
    values = Description(title="Infoavonden", in_force_from=day, note=note)
    describe_draft(session, version=version, description=values, actor=None)
    send_version(session, version=version, address="http://localhost/", actor=None)


def answer(
    session: Session,
    region: Region,
    plustaak: Plustaak,
    party: Organisation,
    *,
    said: str = "consent",
    number: int = 1,
) -> None:
    """Record what a party says, consent unless told; the last one brings it into force."""
    _, version = lock_version(
        session, region_id=region.id, owner=owner_of(plustaak.id), number=number
    )
    values = AnswerInput(
        answer=said,
        remark="" if said == "consent" else "Niet zo.",
        body_name="College",
        decided_on=DECIDED,
        evidence="Besluitenlijst 20 november 2026, punt 4",
    )
    record_answer(session, version=version, organisation_id=party.id, values=values, actor=None)
