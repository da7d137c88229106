"""Send a draft to its parties, remind them, take it back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.agreements.events import AgreementSent, AgreementWithdrawn
from extranet.agreements.models import Agreement, AgreementVersion, VersionState
from extranet.agreements.queries.articles import articles_of, text_of
from extranet.agreements.queries.parties import parties_of
from extranet.agreements.queries.plans import Plan, plan_reminding, plan_sending
from extranet.agreements.queries.recipients import Recipient
from extranet.agreements.queries.versions import VersionFacts, get_version
from extranet.agreements.rules import fingerprint
from extranet.agreements.services.drafts import check_draft, check_sent, write_down
from extranet.agreements.services.force import place_of
from extranet.agreements.services.mails import ASKED, REMINDED, tell
from extranet.agreements.services.parties import refresh_names
from extranet.clock import now
from extranet.errors import Conflict, InvalidInput
from extranet.events import emit
from extranet.i18n import Text

NOT_WHAT_YOU_SAW = Text(
    "The text, the parties or the people who get the mail changed while you had this page open. "
    "Look at it again before you send it."
)


def send_version(
    session: Session,
    *,
    version: AgreementVersion,
    address: str,
    actor: Actor | None,
    seen: str | None = None,
) -> tuple[Recipient, ...]:
    """Send a draft to its parties and return who gets a mail; its text is frozen from now on.

    `address` is where it can be read; `seen` the mark of the plan that somebody confirmed, None
    where nobody looked. Raises InvalidInput for the first blocker, Conflict when the version is no
    draft or the plan is not what was seen.
    """
    check_draft(version)
    plan = _checked(plan_sending(session, _facts(session, version)), seen)
    refresh_names(session, version)
    facts = _facts(session, version)
    text = text_of(facts, articles_of(session, version.id), parties_of(session, version.id))
    version.fingerprint = fingerprint(text)
    version.state = VersionState.SENT
    version.sent_at = now(session)
    version.sent_by = actor.person_id if actor else None
    session.flush()
    write_down(
        session,
        version,
        "agreement.sent",
        actor=actor,
        after={
            "parties": [party.name for party in plan.asked],
            "people_told": len(plan.recipients),
            "fingerprint": version.fingerprint,
        },
    )
    tell(session, plan=plan, template=ASKED, address=address)
    emit(session, AgreementSent(**place_of(session, version)))
    return plan.recipients


def remind(
    session: Session,
    *,
    version: AgreementVersion,
    address: str,
    actor: Actor | None,
    seen: str | None = None,
) -> tuple[Recipient, ...]:
    """Remind the parties that have not answered, once a day at most; return who gets a mail."""
    check_sent(version)
    plan = _checked(plan_reminding(session, _facts(session, version)), seen)
    version.reminded_at = now(session)
    session.flush()
    write_down(
        session,
        version,
        "agreement.reminded",
        actor=actor,
        after={
            "parties": [party.name for party in plan.asked],
            "people_told": len(plan.recipients),
        },
    )
    tell(session, plan=plan, template=REMINDED, address=address)
    return plan.recipients


def withdraw_version(
    session: Session, *, version: AgreementVersion, reason: str, actor: Actor | None
) -> None:
    """Take a sent version back: nobody has to answer it, what was in force stays in force."""
    check_sent(version)
    if not reason.strip():
        raise InvalidInput({"reason": Text("Say why you withdraw this version.")})
    version.state = VersionState.WITHDRAWN
    version.withdrawn_at = now(session)
    version.withdrawn_reason = reason
    session.flush()
    write_down(session, version, "agreement.withdrawn", actor=actor, after={"reason": reason})
    emit(session, AgreementWithdrawn(**place_of(session, version)))


def _checked(plan: Plan, seen: str | None) -> Plan:
    if plan.blockers:
        raise InvalidInput({"": plan.blockers[0]})
    if seen is not None and seen != plan.seen:
        raise Conflict(NOT_WHAT_YOU_SAW)
    return plan


def _facts(session: Session, version: AgreementVersion) -> VersionFacts:
    agreement = session.get_one(Agreement, version.agreement_id)
    return get_version(
        session, region_id=agreement.region_id, owner=agreement.owner, number=version.number
    )
