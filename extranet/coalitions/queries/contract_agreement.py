"""The first contract of a plustaak: an agreement in force to which every participant consented.

Going live asks this; it never asks what the articles say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from extranet.agreements.queries.current import CurrentAgreement, find_agreement
from extranet.agreements.queries.versions import VersionFacts
from extranet.agreements.rules import CONSENTING
from extranet.clock import today
from extranet.coalitions.models import PlustaakParticipation
from extranet.coalitions.queries.contract_budget import OnePlustaak, purse_of
from extranet.membership.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementStanding:
    """How the agreement of a plustaak stands, by the version that counts.

    That is the one in force, else the one that is sent or a draft; with none of these (nothing was
    written, or all of it withdrawn) the state is 'none'. `waiting` are the names of whom the
    contract waits for: the parties without an answer, and the participants of today that are no
    party or did not consent; `declined` the parties that declined. `parties_differ` says that the
    parties are others than the participants of today.
    """

    state: Literal["none", "draft", "sent", "in_force"]
    number: int | None = None
    in_force_on: date | None = None
    waiting: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    parties_differ: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether the contract holds: in force, and every participant consented to it."""
        return self.state == "in_force" and not self.waiting


_TODAY = (
    select(Organisation.id, Organisation.name)
    .join(PlustaakParticipation, PlustaakParticipation.organisation_id == Organisation.id)
    .where(
        PlustaakParticipation.plustaak_id == bindparam("plustaak_id"),
        PlustaakParticipation.from_date <= bindparam("day"),
        or_(
            PlustaakParticipation.until_date.is_(None),
            PlustaakParticipation.until_date >= bindparam("day"),
        ),
    )
    .order_by(Organisation.name, Organisation.id)
)


def participants_today(session: Session, plustaak: OnePlustaak) -> Mapping[int, str]:
    """Return who takes part in a plustaak today: the name by number, in the order of the names."""
    rows = session.execute(_TODAY, {"plustaak_id": plustaak.id, "day": today(session)})
    return {row.id: row.name for row in rows}


def agreement_standing(session: Session, plustaak: OnePlustaak) -> AgreementStanding:
    """Return how the agreement of a plustaak stands against what going live asks of it."""
    participants = participants_today(session, plustaak)
    found = _find(session, plustaak)
    if found is None:
        return AgreementStanding(state="none")
    if found.in_force is not None:
        return _in_force(found, found.in_force, participants)
    if found.coming is None:
        return AgreementStanding(state="none", number=found.shown.number)
    return _coming(found, found.coming, participants)


def counted_participants(session: Session, plustaak: OnePlustaak) -> frozenset[int]:
    """Return the participants of today that consented to the version in force, by number."""
    found = _find(session, plustaak)
    if found is None or found.in_force is None:
        return frozenset()
    return _consented(found, found.in_force) & participants_today(session, plustaak).keys()


def _find(session: Session, plustaak: OnePlustaak) -> CurrentAgreement | None:
    purse = purse_of(session, plustaak)
    return find_agreement(session, region_id=purse.region_id, owner=purse.owner)


def _consented(found: CurrentAgreement, version: VersionFacts) -> frozenset[int]:
    return frozenset(
        party.organisation_id for party in found.parties[version.id] if party.answer in CONSENTING
    )


def _parties(found: CurrentAgreement, version: VersionFacts) -> frozenset[int]:
    return frozenset(party.organisation_id for party in found.parties[version.id])


def _in_force(
    found: CurrentAgreement, version: VersionFacts, participants: Mapping[int, str]
) -> AgreementStanding:
    consented = _consented(found, version)
    return AgreementStanding(
        state="in_force",
        number=version.number,
        in_force_on=version.in_force_on,
        waiting=tuple(name for number, name in participants.items() if number not in consented),
        parties_differ=_parties(found, version) != participants.keys(),
    )


def _coming(
    found: CurrentAgreement, version: VersionFacts, participants: Mapping[int, str]
) -> AgreementStanding:
    parties, standing = _parties(found, version), found.standing(version)
    silent = {one.name for one in standing.waiting} if version.is_sent else set()
    strangers = {name for number, name in participants.items() if number not in parties}
    return AgreementStanding(
        state="sent" if version.is_sent else "draft",
        number=version.number,
        waiting=tuple(sorted(silent | strangers)) if version.is_sent else (),
        declined=tuple(one.name for one in standing.declined),
        parties_differ=parties != participants.keys(),
    )
