"""Which domain listens to which event: the one place where the lower is heard by the higher."""

from __future__ import annotations

from extranet.activity.services import record_settled_mail
from extranet.agreements.events import AgreementInForce
from extranet.basistaken.services import add_chaired_tasks
from extranet.coalitions.services.listening import (
    add_led_coalitions,
    count_after_agreement,
    count_after_succession,
    leave_with_region,
)
from extranet.events import Subscriptions
from extranet.membership.events import MembershipEnded, OrganisationSucceeded, SeatEndsMoved
from extranet.outbox.events import MailSettled
from extranet.people.events import SeatInventoryAsked, TenureEnded
from extranet.people.services.admins import keep_admin_of_region
from extranet.people.services.sessions import end_after_tenure


def wired() -> Subscriptions:
    """Return the subscriptions of the core."""
    made = Subscriptions()
    made.subscribe(MailSettled, record_settled_mail)
    made.subscribe(SeatInventoryAsked, add_chaired_tasks)
    made.subscribe(SeatEndsMoved, keep_admin_of_region)
    made.subscribe(TenureEnded, end_after_tenure)
    made.subscribe(SeatInventoryAsked, add_led_coalitions)
    made.subscribe(MembershipEnded, leave_with_region)
    made.subscribe(OrganisationSucceeded, count_after_succession)
    made.subscribe(AgreementInForce, count_after_agreement)
    return made
