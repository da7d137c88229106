"""How the agreement of an owner stands, for its own pages and for the domain above."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
    organisations_by_id,
    parties_by_version,
    standing_from,
)
from extranet.agreements.queries.versions import VersionFacts, versions_of
from extranet.agreements.rules import CONSENTING, Standing, held_up_by
from extranet.i18n import Text

KEEPER = Text("Who keeps the agreement")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementBlocker:
    """Why an agreement does not hold yet: what, what solves it, who can, and on which page."""

    what: Text
    solved_by: Text
    who: Text
    endpoint: str


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


def waiting_for(session: Session, *, region_id: int, owner: str) -> tuple[PartyLine, ...]:
    """Return the parties that still have to answer the version that was sent, by name."""
    found = find_agreement(session, region_id=region_id, owner=owner)
    if found is None or found.coming is None or not found.coming.is_sent:
        return ()
    return tuple(party for party in found.parties[found.coming.id] if party.answer is None)


def blockers_of(
    session: Session, *, region_id: int, owner: str, participants: Collection[int] = ()
) -> tuple[AgreementBlocker, ...]:
    """Return what keeps an agreement from holding, none when it does.

    It holds when a version is in force and every participant, by number of organisation,
    consented to that version.
    """
    found = find_agreement(session, region_id=region_id, owner=owner)
    if found is None:
        return (_by_keeper(Text("There is no agreement yet."), Text("Write the agreement.")),)
    if found.in_force is not None:
        consented = {
            party.organisation_id
            for party in found.parties[found.in_force.id]
            if party.answer in CONSENTING
        }
        return _missing(session, set(participants) - consented)
    if found.coming is None:
        what = Text("Version %(number)s was withdrawn.", number=found.versions[0].number)
        return (_by_keeper(what, Text("Start a new version and send it.")),)
    if found.coming.is_draft:
        what = Text("The agreement is a draft.")
        return (_by_keeper(what, Text("Send it to the parties."), "agreements.send_form"),)
    return _unanswered(found, found.coming)


def _by_keeper(
    what: Text, solved_by: Text, endpoint: str = "agreements.agreement"
) -> AgreementBlocker:
    return AgreementBlocker(what=what, solved_by=solved_by, who=KEEPER, endpoint=endpoint)


def _unanswered(found: CurrentAgreement, version: VersionFacts) -> tuple[AgreementBlocker, ...]:
    standing = found.standing(version)
    if standing.is_complete:
        what = Text("All parties consented, but the agreed date has not come.")
        on = Text("It comes into force on %(day)s.", day=version.in_force_from)
        return (_by_keeper(what, on),)
    names = [answer.name for answer in (*standing.declined, *standing.waiting)]
    return tuple(
        AgreementBlocker(
            what=what,
            solved_by=Text("Record the consent of %(name)s.", name=name),
            who=Text("A representative of %(name)s", name=name),
            endpoint="agreements.agreement",
        )
        for what, name in zip(held_up_by(standing), names, strict=True)
    )


def _missing(session: Session, organisation_ids: set[int]) -> tuple[AgreementBlocker, ...]:
    if not organisation_ids:
        return ()
    return tuple(
        _by_keeper(
            Text(
                "%(name)s takes part, but did not consent to the version in force.", name=one.name
            ),
            Text("Make %(name)s a party to a new version.", name=one.name),
        )
        for one in organisations_by_id(session, organisation_ids)
    )
