"""Who takes part in the plustaken of a coalition, and how each stands against the threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from extranet.agreements.models import Agreement, AgreementVersion, Consent, VersionState
from extranet.agreements.rules import CONSENTING
from extranet.coalitions.models import Plustaak, PlustaakParticipation
from extranet.coalitions.queries.parties import participants_of
from extranet.coalitions.rules.owners import owner_of
from extranet.coalitions.rules.threshold import Party, Standing, count
from extranet.membership.models import Organisation, Region

Successor = aliased(Organisation)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlustaakParty:
    """An organisation in a plustaak, from–until (its last day).

    `consented` says whether it counts: it consented to the version in force of the agreement or,
    before there is one, its consent to the coalition is recorded.
    """

    plustaak_id: int
    organisation_id: int
    code: str
    name: str
    kind: str
    from_date: date
    until_date: date | None
    successor_code: str | None
    successor_from: date | None
    consented: bool = False

    def takes_part_on(self, day: date) -> bool:
        """Tell whether it takes part on a day."""
        return self.from_date <= day and not self.has_left(day)

    def has_left(self, day: date) -> bool:
        """Tell whether its last day lies before a day."""
        return self.until_date is not None and self.until_date < day

    @property
    def party(self) -> Party:
        """Return the participant as the rule of the threshold sees it."""
        return Party(
            code=self.code,
            kind=self.kind,
            consented=self.consented,
            from_date=self.from_date,
            until_date=self.until_date,
            successor_code=self.successor_code,
            ended_on=self.successor_from,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Everybody who takes part in a plustaak, did or will; `by_agreement` says who counts."""

    everybody: tuple[PlustaakParty, ...]
    needed: int
    by_agreement: bool

    def standing(self, day: date) -> Standing:
        """Return how many municipalities count on a day."""
        return count([one.party for one in self.everybody], needed=self.needed, day=day)

    def without(self, organisation_id: int, *, after: date) -> Parties:
        """Return the parties as they are when an organisation leaves after a day."""
        changed = (
            replace(one, until_date=min(after, one.until_date or after))
            if one.organisation_id == organisation_id and not one.has_left(after)
            else one
            for one in self.everybody
        )
        return replace(self, everybody=tuple(changed))

    def current(self, day: date) -> tuple[PlustaakParty, ...]:
        """Return who takes part on a day or later."""
        return tuple(one for one in self.everybody if not one.has_left(day))

    def former(self, day: date) -> tuple[PlustaakParty, ...]:
        """Return who has left by a day."""
        return tuple(one for one in self.everybody if one.has_left(day))

    def running(self, day: date) -> tuple[PlustaakParty, ...]:
        """Return who takes part on a day."""
        return tuple(one for one in self.everybody if one.takes_part_on(day))


_PARTIES = (
    select(
        PlustaakParticipation.plustaak_id,
        PlustaakParticipation.organisation_id,
        Organisation.code,
        Organisation.name,
        Organisation.kind,
        PlustaakParticipation.from_date,
        PlustaakParticipation.until_date,
        Successor.code.label("successor_code"),
        Organisation.successor_from,
    )
    .join(Plustaak, Plustaak.id == PlustaakParticipation.plustaak_id)
    .join(Organisation, Organisation.id == PlustaakParticipation.organisation_id)
    .outerjoin(Successor, Successor.id == Organisation.successor_id)
    .where(Plustaak.coalition_id == bindparam("coalition_id"))
    .order_by(Organisation.name, PlustaakParticipation.from_date)
)
_PLUSTAKEN = select(Plustaak.id).where(Plustaak.coalition_id == bindparam("coalition_id"))
_CONSENTED = (
    select(Agreement.owner, Consent.organisation_id, Consent.answer)
    .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
    .outerjoin(Consent, Consent.version_id == AgreementVersion.id)
    .where(
        Agreement.region_id == bindparam("region_id"),
        Agreement.owner.in_(bindparam("owners", expanding=True)),
        AgreementVersion.state == VersionState.IN_FORCE,
    )
)
_NEEDED = select(Region.threshold).where(Region.id == bindparam("region_id"))


def parties_by_plustaak(
    session: Session, *, region_id: int, coalition_id: int, day: date
) -> Mapping[int, Parties]:
    """Return the parties of every plustaak of a coalition, in the same few statements for ten.

    Consent to the coalition counts of who takes part in it, or did until the day before.
    """
    numbers = session.scalars(_PLUSTAKEN, {"coalition_id": coalition_id}).all()
    found: dict[int, list[PlustaakParty]] = {number: [] for number in numbers}
    for row in session.execute(_PARTIES, {"coalition_id": coalition_id}).mappings():
        found[row["plustaak_id"]].append(PlustaakParty(**row))
    agreed = _agreed(session, region_id, list(numbers))
    yesterday = day - timedelta(days=1)
    joined = {
        one.organisation_id
        for one in participants_of(session, coalition_id, day=yesterday)
        if one.consented_on is not None
    }
    needed = session.scalars(_NEEDED, {"region_id": region_id}).one()
    return {
        number: Parties(
            everybody=tuple(
                replace(one, consented=one.organisation_id in agreed.get(number, joined))
                for one in parties
            ),
            needed=needed,
            by_agreement=number in agreed,
        )
        for number, parties in found.items()
    }


def _agreed(session: Session, region_id: int, numbers: list[int]) -> dict[int, set[int]]:
    """Return who consented to the version in force, by plustaak; without one it is left out."""
    owners = {owner_of(number): number for number in numbers}
    agreed: dict[int, set[int]] = {}
    for row in session.execute(_CONSENTED, {"region_id": region_id, "owners": list(owners)}):
        consented = agreed.setdefault(owners[row.owner], set())
        if row.answer in CONSENTING:
            consented.add(row.organisation_id)
    return agreed
