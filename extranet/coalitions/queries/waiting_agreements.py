"""Which agreements of a coalition wait for their parties, for its list of what needs doing.

Nobody is reminded automatically: the list says for whom an agreement waits, a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, bindparam, cast, literal, select
from sqlalchemy.orm import Session

from extranet.agreements.models import Agreement, AgreementVersion, VersionState
from extranet.agreements.queries.parties import parties_by_version
from extranet.clock import day_of
from extranet.coalitions.models import Coalition, Plustaak, PlustaakState
from extranet.coalitions.rules.owners import PREFIX


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingAgreement:
    """A version that was sent in a plustaak that is on, and to which somebody has not answered.

    `waiting` are the parties without an answer, the name by number of the organisation.
    `reminded_on` is the day of the last reminder.
    """

    plugin: str
    number: int
    sent_on: date
    reminded_on: date | None
    waiting: dict[int, str]

    def waits_for(self, organisation_id: int) -> bool:
        """Tell whether an organisation has to answer."""
        return organisation_id in self.waiting


_SENT = (
    select(
        Plustaak.plugin,
        AgreementVersion.id,
        AgreementVersion.number,
        AgreementVersion.sent_at,
        AgreementVersion.reminded_at,
    )
    .join(Coalition, Coalition.id == Plustaak.coalition_id)
    .join(
        Agreement,
        (Agreement.region_id == Coalition.region_id)
        & (Agreement.owner == literal(PREFIX) + cast(Plustaak.id, String)),
    )
    .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
    .where(
        Plustaak.coalition_id == bindparam("coalition_id"),
        Plustaak.state == PlustaakState.ON,
        AgreementVersion.state == VersionState.SENT,
    )
    .order_by(AgreementVersion.sent_at, Plustaak.plugin)
)


def waiting_agreements(session: Session, *, coalition_id: int) -> tuple[WaitingAgreement, ...]:
    """Return the agreements of a coalition that wait for an answer, the longest waiting first."""
    rows = session.execute(_SENT, {"coalition_id": coalition_id}).all()
    parties = parties_by_version(session, [row.id for row in rows])
    found = [
        WaitingAgreement(
            plugin=row.plugin,
            number=row.number,
            sent_on=day_of(row.sent_at),
            reminded_on=day_of(row.reminded_at) if row.reminded_at else None,
            waiting={
                one.organisation_id: one.name for one in parties[row.id] if one.answer is None
            },
        )
        for row in rows
    ]
    return tuple(one for one in found if one.waiting)
