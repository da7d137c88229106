"""How the agreement of an owner stands, for its own pages and for the domain above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extranet.agreements.models import (
    OPEN_STATES,
    Agreement,
    AgreementVersion,
    Consent,
    VersionState,
)
from extranet.agreements.queries.parties import (
    PartyLine,
    parties_by_version,
    standing_from,
)
from extranet.agreements.queries.versions import VersionFacts, versions_of
from extranet.agreements.rules import CONSENTING, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentAgreement:
    """An agreement with the version in force and the one that is to follow, with their parties.

    `versions` are all of them, newest first; `coming` is a draft or was sent.
    """

    versions: tuple[VersionFacts, ...]
    in_force: VersionFacts | None
    coming: VersionFacts | None
    parties: Mapping[int, tuple[PartyLine, ...]]

    @property
    def shown(self) -> VersionFacts:
        """Return the version to show first: in force, else to come, else the newest."""
        return self.in_force or self.coming or self.versions[0]

    def standing(self, version: VersionFacts) -> Standing:
        """Return where the answers to the version in force or to come stand."""
        return standing_from(self.parties.get(version.id, ()))


_CONSENTED = (
    select(Consent.organisation_id)
    .join(AgreementVersion, AgreementVersion.id == Consent.version_id)
    .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
    .where(
        Agreement.region_id == bindparam("region_id"),
        Agreement.owner == bindparam("owner"),
        AgreementVersion.state == VersionState.IN_FORCE,
        Consent.answer.in_(sorted(CONSENTING)),
    )
)


def find_agreement(session: Session, *, region_id: int, owner: str) -> CurrentAgreement | None:
    """Return the agreement of an owner in two statements, None when there is none yet."""
    versions = versions_of(session, region_id=region_id, owner=owner)
    if not versions:
        return None
    in_force = next((one for one in versions if one.is_in_force), None)
    coming = next((one for one in versions if one.state in OPEN_STATES), None)
    wanted = [one.id for one in (in_force, coming) if one] or [versions[0].id]
    return CurrentAgreement(
        versions=versions,
        in_force=in_force,
        coming=coming,
        parties=parties_by_version(session, wanted),
    )


def consented_organisations(session: Session, *, region_id: int, owner: str) -> frozenset[int]:
    """Return the organisations that consented to the version in force, by number."""
    return frozenset(session.scalars(_CONSENTED, {"region_id": region_id, "owner": owner}))
