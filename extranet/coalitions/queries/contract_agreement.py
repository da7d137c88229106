"""The first contract of a plustaak: an agreement in force to which every participant consented.

Going live asks this; it never asks what the articles say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Row, bindparam, or_, select
from sqlalchemy.orm import Session

from extranet.agreements.queries.current import (
    CurrentAgreement,
    find_agreement,
)
from extranet.agreements.queries.parties import PartyLine
from extranet.agreements.queries.versions import VersionFacts
from extranet.clock import today
from extranet.coalitions.models import PlustaakParticipation
from extranet.coalitions.queries.contract_budget import OnePlustaak, purse_of
from extranet.membership.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementStanding:
    """How the agreement of a plustaak stands, by the version that counts.

    That is the one in force, else the one that is sent or a draft; with none of these (nothing was
    written, or all of it withdrawn) the state is 'none'. `in_force_from` is the date agreed,
    `in_force_on` the day since which it is in force. `waiting` are the names of whom the contract
    waits for: the parties without an answer, and the participants of today that are no party or
    did not consent; `declined` the parties that declined. `parties_differ` says that the parties
    are others than who takes part, today or later.
    """

    state: Literal["none", "draft", "sent", "in_force"]
    number: int | None = None
    in_force_from: date | None = None
    in_force_on: date | None = None
    waiting: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    parties_differ: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether the contract holds: in force, and every participant consented to it."""
        return self.state == "in_force" and not self.waiting


_NOT_LEFT = (
    select(Organisation.id, Organisation.name, PlustaakParticipation.from_date)
    .join(PlustaakParticipation, PlustaakParticipation.organisation_id == Organisation.id)
    .where(
        PlustaakParticipation.plustaak_id == bindparam("plustaak_id"),
        or_(
            PlustaakParticipation.until_date.is_(None),
            PlustaakParticipation.until_date >= bindparam("day"),
        ),
    )
    .order_by(Organisation.name, Organisation.id, PlustaakParticipation.from_date)
)


def participants_today(session: Session, plustaak: OnePlustaak) -> Mapping[int, str]:
    """Return who takes part in a plustaak today: the name by number, in the order of the names."""
    day = today(session)
    return {row.id: row.name for row in _not_left(session, plustaak) if row.from_date <= day}


def participants_to_be(session: Session, plustaak: OnePlustaak) -> Mapping[int, str]:
    """Return who is to be a party: who takes part today or from a later day on, by name.

    Who is to join consents to a new version before that day.
    """
    return {row.id: row.name for row in _not_left(session, plustaak)}


def agreement_standing(session: Session, plustaak: OnePlustaak) -> AgreementStanding:
    """Return how the agreement of a plustaak stands against what going live asks of it."""
    found = _find(session, plustaak)
    if found is None:
        return AgreementStanding(state="none")
    version = found.in_force or found.coming
    if version is None:
        return AgreementStanding(state="none", number=found.shown.number)
    takers = _not_left(session, plustaak)
    day = today(session)
    parties = found.parties[version.id]
    return AgreementStanding(
        state="in_force" if version.is_in_force else "sent" if version.is_sent else "draft",
        number=version.number,
        in_force_from=version.in_force_from,
        in_force_on=version.in_force_on,
        waiting=_waiting(
            version, parties, {row.id: row.name for row in takers if row.from_date <= day}
        ),
        declined=tuple(one.name for one in found.standing(version).declined),
        parties_differ={one.organisation_id for one in parties} != {row.id for row in takers},
    )


def _find(session: Session, plustaak: OnePlustaak) -> CurrentAgreement | None:
    purse = purse_of(session, plustaak)
    return find_agreement(session, region_id=purse.region_id, owner=purse.owner)


def _not_left(session: Session, plustaak: OnePlustaak) -> Sequence[Row[int, str, date]]:
    values = {"plustaak_id": plustaak.id, "day": today(session)}
    return session.execute(_NOT_LEFT, values).all()


def _waiting(
    version: VersionFacts, parties: Iterable[PartyLine], participants: Mapping[int, str]
) -> tuple[str, ...]:
    """Return the names of whom a version waits for; nobody is asked about a draft."""
    if version.is_draft:
        return ()
    answers = {one.organisation_id: one.answer for one in parties}
    silent = {one.name for one in parties if one.answer is None}
    strangers = {name for number, name in participants.items() if number not in answers}
    return tuple(sorted(silent | strangers))
