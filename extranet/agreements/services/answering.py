"""Record what a party said to a sent version, and correct it until it is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.agreements.events import PartyConsented, PartyDeclined
from extranet.agreements.models import AgreementVersion, Consent, Party
from extranet.agreements.rules import ANSWERS, CONSENTING
from extranet.agreements.services.drafts import check_sent, write_down
from extranet.agreements.services.force import place_of, settle
from extranet.clock import now, today
from extranet.errors import InvalidInput, NotFound
from extranet.events import emit
from extranet.i18n import Text

NO_PARTY = Text("This organisation is no party to this version.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInput:
    """An answer: what a body decided, when, and where that can be read.

    `remark` is the remark that goes with consent, or the reason to decline.
    """

    answer: str
    remark: str
    body_name: str
    decided_on: date
    evidence: str


def record_answer(
    session: Session,
    *,
    version: AgreementVersion,
    organisation_id: int,
    values: AnswerInput,
    actor: Actor | None,
) -> Consent:
    """Record what a party said, or correct it; the version may come into force by it.

    Raises Conflict when the version is not asked any more, NotFound for who is no party,
    InvalidInput by field for an answer that lacks its remark, its body or its evidence.
    """
    check_sent(version)
    party = session.get(Party, (version.id, organisation_id))
    if party is None:
        raise NotFound(NO_PARTY)
    _check(session, values)
    consent = session.get(Consent, (version.id, organisation_id))
    before = _written(consent) if consent else {}
    if consent is None:
        consent = Consent(version_id=version.id, organisation_id=organisation_id)
        session.add(consent)
    for name, value in asdict(values).items():
        setattr(consent, name, value)
    consent.recorded_by = actor.person_id if actor else None
    consent.recorded_for_id = actor.organisation.id if actor and actor.organisation else None
    consent.recorded_at = now(session)
    session.flush()
    _log(session, version, about=party.name, before=before, after=_written(consent), actor=actor)
    _tell(session, version, consent)
    settle(session, version, day=today(session), actor=actor)
    return consent


def _log(
    session: Session,
    version: AgreementVersion,
    *,
    about: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    actor: Actor | None,
) -> None:
    """Write an answer in the log, a corrected one with what it was."""
    write_down(
        session,
        version,
        "agreement.answer_corrected" if before else "agreement.answered",
        actor=actor,
        about=about,
        before={name: value for name, value in before.items() if value != after[name]},
        after={name: value for name, value in after.items() if value != before.get(name)},
    )


def _tell(session: Session, version: AgreementVersion, consent: Consent) -> None:
    place, organisation_id = place_of(session, version), consent.organisation_id
    if consent.answer in CONSENTING:
        has_remark = bool(consent.remark)
        emit(
            session,
            PartyConsented(organisation_id=organisation_id, has_remark=has_remark, **place),
        )
    else:
        emit(session, PartyDeclined(organisation_id=organisation_id, **place))


def _check(session: Session, values: AnswerInput) -> None:
    wrong: dict[str, Text] = {}
    if values.answer not in ANSWERS:
        wrong["answer"] = Text("Choose an answer.")
    if values.answer == "decline" and not values.remark:
        wrong["remark"] = Text("Say why your organisation declines.")
    if values.answer == "remark" and not values.remark:
        wrong["remark"] = Text("Write the remark.")
    if values.answer == "consent" and values.remark:
        wrong["answer"] = Text(
            "You wrote a remark. Choose “Consents with a remark”, or leave the remark out."
        )
    if values.decided_on > today(session):
        wrong["decided_on"] = Text("This day is yet to come. Record the decision once it is made.")
    if not values.body_name:
        wrong["body_name"] = Text("Fill in which body decided.")
    if not values.evidence:
        wrong["evidence"] = Text("Say where the decision can be read.")
    if wrong:
        raise InvalidInput(wrong)


def _written(consent: Consent) -> Mapping[str, object]:
    return {
        "answer": consent.answer,
        "remark": consent.remark,
        "body": consent.body_name,
        "decided_on": consent.decided_on.isoformat(),
        "evidence": consent.evidence,
    }
