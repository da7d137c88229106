"""What a coalition does when something happens lower down: a member leaves, an agreement."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from extranet.agreements.events import AgreementInForce
from extranet.coalitions.models import Coalition, CoalitionState, Participation, Plustaak
from extranet.coalitions.rules.owners import plustaak_of
from extranet.coalitions.services.participation import end_participation
from extranet.coalitions.services.states import recount
from extranet.i18n import Text, translate
from extranet.membership.events import MembershipEnded, OrganisationSucceeded
from extranet.people.events import SeatInventoryAsked


def leave_with_region(session: Session, event: MembershipEnded) -> None:
    """End the participations of a member that leaves the region, on its last day there."""
    for participation, coalition in session.execute(
        select(Participation, Coalition)
        .join(Coalition, Coalition.id == Participation.coalition_id)
        .where(
            Coalition.region_id == event.region_id,
            Coalition.state != CoalitionState.CLOSED,
            Participation.organisation_id == event.organisation_id,
            or_(Participation.until_date.is_(None), Participation.until_date > event.until_date),
        )
        .order_by(Coalition.id)
    ).all():
        end_participation(
            session,
            coalition=coalition,
            participation=participation,
            until_date=max(event.until_date, participation.from_date),
            reason=translate(Text("Leaves the region."), "nl"),
            actor=None,
        )


def count_after_succession(session: Session, event: OrganisationSucceeded) -> None:
    """Count the coalitions again in which an organisation takes part that goes into another."""
    for coalition in session.scalars(
        select(Coalition)
        .join(Participation, Participation.coalition_id == Coalition.id)
        .where(Participation.organisation_id == event.organisation_id)
        .order_by(Coalition.id)
        .distinct()
    ).all():
        recount(session, coalition=coalition, actor=None)


def count_after_agreement(session: Session, event: AgreementInForce) -> None:
    """Count again when the agreement of a plustaak comes into force: who consented to it counts."""
    plustaak_id = plustaak_of(event.owner)
    if plustaak_id is None:
        return
    coalition = session.scalar(
        select(Coalition)
        .join(Plustaak, Plustaak.coalition_id == Coalition.id)
        .where(Plustaak.id == plustaak_id)
    )
    if coalition is not None:
        recount(session, coalition=coalition, actor=None)


def add_led_coalitions(session: Session, event: SeatInventoryAsked) -> None:
    """Add the coalitions that a seat leads to what hangs on it."""
    names = session.scalars(
        select(Coalition.name)
        .where(Coalition.lead_seat_id == event.seat_id, Coalition.state != CoalitionState.CLOSED)
        .order_by(Coalition.name)
    )
    event.items.extend(Text("Leads the coalition %(name)s", name=name) for name in names)
