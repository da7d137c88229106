"""The guards that a change of an agreement passes first, and how the log names it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from extranet.access import Actor
from extranet.activity.services import Subject, record
from extranet.agreements.models import Agreement, AgreementVersion, VersionState
from extranet.errors import Conflict
from extranet.i18n import Text

FROZEN = Text("This version was sent and does not change any more. Start a new version.")
NOT_ASKED = Text("This version does not ask for answers any more.")
LONGEST_LABEL = 200


def check_draft(version: AgreementVersion) -> None:
    """Raise Conflict for a version that cannot be edited any more."""
    if version.state != VersionState.DRAFT:
        raise Conflict(FROZEN)


def check_sent(version: AgreementVersion) -> None:
    """Raise Conflict for a version that does not wait for its parties."""
    if version.state != VersionState.SENT:
        raise Conflict(NOT_ASKED)


def write_down(
    session: Session,
    version: AgreementVersion,
    action: str,
    *,
    actor: Actor | None,
    about: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write a change of a version in the log; `about` names an article or a party."""
    agreement = session.get_one(Agreement, version.agreement_id)
    label = f"{version.title}, {version.number}"
    record(
        session,
        actor=actor,
        action=action,
        subject=Subject(
            "agreement", agreement.id, f"{about} ({label})"[:LONGEST_LABEL] if about else label
        ),
        region_id=agreement.region_id,
        before=before,
        after=after,
    )
