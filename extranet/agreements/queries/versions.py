"""The versions of an agreement, by its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extranet.agreements.models import Agreement, AgreementVersion, VersionState
from extranet.errors import NotFound
from extranet.i18n import Text

NO_VERSION = Text("There is no such version of this agreement.")
NO_AGREEMENT = Text("There is no agreement here yet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFacts:
    """A version of an agreement; `fingerprint` is '' for a draft, `version` guards its editing."""

    id: int
    agreement_id: int
    region_id: int
    owner: str
    number: int
    state: str
    title: str
    intro: str
    note: str
    in_force_from: date | None
    in_force_on: date | None
    sent_at: datetime | None
    reminded_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    fingerprint: str
    version: int

    @property
    def is_draft(self) -> bool:
        """Tell whether it can still be edited."""
        return self.state == VersionState.DRAFT

    @property
    def is_sent(self) -> bool:
        """Tell whether it waits for its parties."""
        return self.state == VersionState.SENT

    @property
    def is_in_force(self) -> bool:
        """Tell whether it is the one that holds."""
        return self.state == VersionState.IN_FORCE


_VERSIONS = (
    select(
        AgreementVersion.id,
        AgreementVersion.agreement_id,
        Agreement.region_id,
        Agreement.owner,
        AgreementVersion.number,
        AgreementVersion.state,
        AgreementVersion.title,
        AgreementVersion.intro,
        AgreementVersion.note,
        AgreementVersion.in_force_from,
        AgreementVersion.in_force_on,
        AgreementVersion.sent_at,
        AgreementVersion.reminded_at,
        AgreementVersion.withdrawn_at,
        AgreementVersion.withdrawn_reason,
        AgreementVersion.fingerprint,
        AgreementVersion.version,
    )
    .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
    .where(Agreement.region_id == bindparam("region_id"), Agreement.owner == bindparam("owner"))
    .order_by(AgreementVersion.number.desc())
)
_VERSION = _VERSIONS.where(AgreementVersion.number == bindparam("number"))
_DRAFT = _VERSIONS.where(AgreementVersion.state == VersionState.DRAFT)


def versions_of(session: Session, *, region_id: int, owner: str) -> tuple[VersionFacts, ...]:
    """Return every version of an owner's agreement, newest first; none when there is none."""
    rows = session.execute(_VERSIONS, {"region_id": region_id, "owner": owner}).mappings()
    return tuple(VersionFacts(**row) for row in rows)


def get_version(session: Session, *, region_id: int, owner: str, number: int) -> VersionFacts:
    """Return one version; raise NotFound when the owner's agreement has none such."""
    values = {"region_id": region_id, "owner": owner, "number": number}
    row = session.execute(_VERSION, values).mappings().one_or_none()
    if row is None:
        raise NotFound(NO_VERSION)
    return VersionFacts(**row)


def find_draft(session: Session, *, region_id: int, owner: str) -> VersionFacts | None:
    """Return the draft of an owner's agreement, None when nobody is writing one."""
    row = session.execute(_DRAFT, {"region_id": region_id, "owner": owner}).mappings().one_or_none()
    return None if row is None else VersionFacts(**row)


def lock_agreement(session: Session, *, region_id: int, owner: str) -> Agreement:
    """Return an agreement to change, kept from everybody else until the transaction ends."""
    agreement = session.scalar(
        select(Agreement)
        .where(Agreement.region_id == region_id, Agreement.owner == owner)
        .with_for_update()
    )
    if agreement is None:
        raise NotFound(NO_AGREEMENT)
    return agreement


def lock_version(
    session: Session, *, region_id: int, owner: str, number: int
) -> tuple[Agreement, AgreementVersion]:
    """Return an agreement and one of its versions to change; whoever else wants it waits."""
    agreement = lock_agreement(session, region_id=region_id, owner=owner)
    version = session.scalar(
        select(AgreementVersion)
        .where(AgreementVersion.agreement_id == agreement.id, AgreementVersion.number == number)
        .execution_options(populate_existing=True)
    )
    if version is None:
        raise NotFound(NO_VERSION)
    return agreement, version
