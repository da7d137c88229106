"""The parties of versions with what each of them said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from extranet.agreements.models import Consent, Party
from extranet.agreements.rules import Answer, PartyText, Standing, standing_of
from extranet.membership.models import Organisation
from extranet.people.models import Person

ActingFor = aliased(Organisation)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLine:
    """A party of a version; `answer` is None as long as it said nothing.

    `recorder` is who recorded the answer, None for who left; `recorded_for` the organisation that
    they acted for. `consent_version` guards the correction of an answer, 0 where there is none.
    """

    version_id: int
    organisation_id: int
    code: str
    name: str
    answer: str | None
    remark: str
    body_name: str
    decided_on: date | None
    evidence: str
    recorded_at: datetime | None
    recorder: str | None
    recorded_for: str | None
    consent_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChoice:
    """An organisation that can be made a party."""

    id: int
    code: str
    name: str


_PARTIES = (
    select(
        Party.version_id,
        Party.organisation_id,
        Party.code,
        Party.name,
        Consent.answer,
        Consent.remark,
        Consent.body_name,
        Consent.decided_on,
        Consent.evidence,
        Consent.recorded_at,
        Person.name.label("recorder"),
        ActingFor.name.label("recorded_for"),
        Consent.version.label("consent_version"),
    )
    .outerjoin(
        Consent,
        (Consent.version_id == Party.version_id)
        & (Consent.organisation_id == Party.organisation_id),
    )
    .outerjoin(Person, Person.id == Consent.recorded_by)
    .outerjoin(ActingFor, ActingFor.id == Consent.recorded_for_id)
    .where(Party.version_id.in_(bindparam("version_ids", expanding=True)))
    .order_by(Party.version_id, Party.name, Party.code)
)
_CHOICES = (
    select(Organisation.id, Organisation.code, Organisation.name)
    .where(Organisation.id.in_(bindparam("ids", expanding=True)))
    .order_by(Organisation.name, Organisation.code)
)


def parties_by_version(
    session: Session, version_ids: Iterable[int]
) -> dict[int, tuple[PartyLine, ...]]:
    """Return the parties of each version by name, in one statement however many there are."""
    found: dict[int, list[PartyLine]] = {number: [] for number in version_ids}
    if not found:
        return {}
    for row in session.execute(_PARTIES, {"version_ids": list(found)}).mappings():
        texts = {name: row[name] or "" for name in ("remark", "body_name", "evidence")}
        line = PartyLine(**{**row, **texts, "consent_version": row["consent_version"] or 0})
        found[line.version_id].append(line)
    return {number: tuple(lines) for number, lines in found.items()}


def parties_of(session: Session, version_id: int) -> tuple[PartyLine, ...]:
    """Return the parties of a version by name."""
    return parties_by_version(session, [version_id])[version_id]


def standing_from(parties: Iterable[PartyLine]) -> Standing:
    """Return where the answers of these parties stand."""
    return standing_of(
        Answer(
            organisation_id=party.organisation_id,
            name=party.name,
            answer=party.answer,
            remark=party.remark,
            decided_on=party.decided_on,
        )
        for party in parties
    )


def texts_of(parties: Iterable[PartyLine]) -> tuple[PartyText, ...]:
    """Return the parties as the text of a version names them."""
    return tuple(PartyText(code=party.code, name=party.name) for party in parties)


def organisations_by_id(session: Session, ids: Iterable[int]) -> list[OrganisationChoice]:
    """Return the organisations with these numbers by name."""
    rows = session.execute(_CHOICES, {"ids": sorted(ids)}).mappings()
    return [OrganisationChoice(**row) for row in rows]
