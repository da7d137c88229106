"""Bring versions into force: when the last party consents, or when the agreed date comes."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.agreements.events import AgreementInForce
from extranet.agreements.models import (
    Agreement,
    AgreementVersion,
    Consent,
    Party,
    VersionState,
)
from extranet.agreements.queries.parties import parties_of, standing_from
from extranet.agreements.queries.versions import lock_version
from extranet.agreements.rules import CONSENTING, force_day, state_after
from extranet.agreements.services.drafts import write_down
from extranet.events import emit

_PARTIES = (
    select(func.count())
    .select_from(Party)
    .where(Party.version_id == AgreementVersion.id)
    .correlate(AgreementVersion)
    .scalar_subquery()
)
_CONSENTS = (
    select(func.count())
    .select_from(Consent)
    .where(Consent.version_id == AgreementVersion.id, Consent.answer.in_(sorted(CONSENTING)))
    .correlate(AgreementVersion)
    .scalar_subquery()
)
_DUE = (
    select(Agreement.region_id, Agreement.owner, AgreementVersion.number)
    .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
    .where(
        AgreementVersion.state == VersionState.SENT,
        AgreementVersion.in_force_from <= bindparam("day"),
        _PARTIES == _CONSENTS,
    )
    .order_by(AgreementVersion.id)
)


class Place(TypedDict):
    """What every event of an agreement says."""

    region_id: int
    owner: str
    agreement_id: int
    version_id: int
    number: int


def place_of(session: Session, version: AgreementVersion) -> Place:
    """Return whose agreement a version is of, as events say it."""
    agreement = session.get_one(Agreement, version.agreement_id)
    return {
        "region_id": agreement.region_id,
        "owner": agreement.owner,
        "agreement_id": agreement.id,
        "version_id": version.id,
        "number": version.number,
    }


def bring_into_force(session: Session, day: date) -> int:
    """Bring every sent version into force whose day has come, and return how many there were.

    For a daily job; running it twice changes nothing more.
    """
    due = session.execute(_DUE, {"day": day}).all()
    count = 0
    for row in due:
        _, version = lock_version(
            session, region_id=row.region_id, owner=row.owner, number=row.number
        )
        count += settle(session, version, day=day, actor=None)
    return count


def settle(session: Session, version: AgreementVersion, *, day: date, actor: Actor | None) -> bool:
    """Bring a version into force when all parties consented and its day has come; tell whether."""
    if version.in_force_from is None:
        return False
    standing = standing_from(parties_of(session, version.id))
    state = state_after(version.state, standing, in_force_from=version.in_force_from, day=day)
    starts = force_day(standing, version.in_force_from)
    if state == version.state or starts is None:
        return False
    before = session.scalar(
        select(AgreementVersion).where(
            AgreementVersion.agreement_id == version.agreement_id,
            AgreementVersion.state == VersionState.IN_FORCE,
        )
    )
    if before is not None:
        before.state = VersionState.SUPERSEDED
        session.flush()
    version.state, version.in_force_on = VersionState.IN_FORCE, starts
    session.get_one(Agreement, version.agreement_id).title = version.title
    session.flush()
    write_down(
        session,
        version,
        "agreement.brought_into_force",
        actor=actor,
        after={"in_force_on": starts.isoformat()},
    )
    emit(session, AgreementInForce(in_force_on=starts, **place_of(session, version)))
    return True
