"""Mails to the representatives of the parties."""

from __future__ import annotations

from sqlalchemy.orm import Session

from extranet.agreements.queries.plans import Plan
from extranet.i18n import Text, translate
from extranet.membership.models import Region
from extranet.outbox.services import queue_mail

ASKED = "agreements/mail_sent.txt"
REMINDED = "agreements/mail_reminder.txt"


def tell(session: Session, *, plan: Plan, template: str, address: str) -> None:
    """Queue one mail for each recipient of a plan, in their own language.

    `address` is where the version can be read and answered.
    """
    region = session.get_one(Region, plan.version.region_id)
    day = plan.version.in_force_from
    for recipient in plan.recipients:
        queue_mail(
            session,
            to_address=recipient.email,
            locale=recipient.locale,
            template=template,
            values={
                "name": recipient.name,
                "region": region.name,
                "title": plan.version.title,
                "number": plan.version.number,
                "note": plan.version.note,
                "day": translate(Text("%(day)s", day=day), recipient.locale) if day else "",
                "organisations": list(recipient.organisations),
                "address": address,
            },
        )
