"""What a mail is about, and how far it came, in words for the operator."""

from __future__ import annotations

from collections.abc import Mapping

from extranet.i18n import Text
from extranet.outbox.models import MailState

# By template; a test holds them against the templates that there are.
ABOUT: Mapping[str, Text] = {
    "agreements/mail_reminder.txt": Text("Reminder of an agreement"),
    "agreements/mail_sent.txt": Text("An agreement that asks for an answer"),
    "coalitions/mail_state.txt": Text("News of a coalition"),
    "money/mail_budget_adopted.txt": Text("A budget is adopted"),
    "people/mail_invitation.txt": Text("Invitation to a seat"),
    "people/mail_operator_invitation.txt": Text("Invitation as operator"),
    "people/mail_reset.txt": Text("Link for a new password"),
}
STATES: Mapping[str, Text] = {
    MailState.UNCERTAIN: Text("Uncertain"),
    MailState.FAILED: Text("Failed"),
}
