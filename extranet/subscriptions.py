"""Which domain listens to which event: the one place where the lower is heard by the higher."""

from __future__ import annotations

from extranet.activity.services import record_settled_mail
from extranet.agreements.events import AgreementInForce
from extranet.basistaken.services import add_chaired_tasks
from extranet.coalitions.events import (
    ParticipationEnded,
    ParticipationStarted,
    PlustaakArchived,
    PlustaakDisabled,
    PlustaakEnabled,
    PlustaakFrozen,
    PlustaakParticipationEnded,
    PlustaakParticipationStarted,
    PlustaakThawed,
    PlustaakWentLive,
)
from extranet.coalitions.services.listening import (
    add_led_coalitions,
    count_after_agreement,
    count_after_succession,
    leave_with_region,
)
from extranet.coalitions.services.purses import (
    ask_from_now_on,
    follow_coalition,
    follow_plustaak,
    say_whose,
)
from extranet.events import Subscriptions
from extranet.membership.events import (
    MembershipEnded,
    OrganisationSucceeded,
    PaymentsAsked,
    SeatEndsMoved,
)
from extranet.money.events import OwnersAsked
from extranet.money.services.answering import say_what_is_paid
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
    _follow_the_money(made)
    made.subscribe(AgreementInForce, count_after_agreement)
    return made


def _follow_the_money(made: Subscriptions) -> None:
    """Let the household of a plustaak follow what the plustaak and its coalition become."""
    for event in (
        PlustaakEnabled,
        PlustaakDisabled,
        PlustaakArchived,
        PlustaakFrozen,
        PlustaakThawed,
        PlustaakParticipationStarted,
        PlustaakParticipationEnded,
    ):
        made.subscribe(event, follow_plustaak)
    made.subscribe(ParticipationStarted, follow_coalition)
    made.subscribe(ParticipationEnded, follow_coalition)
    made.subscribe(PlustaakWentLive, ask_from_now_on)
    made.subscribe(OwnersAsked, say_whose)
    made.subscribe(PaymentsAsked, say_what_is_paid)
