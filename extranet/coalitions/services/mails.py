"""Tell people what happens to a coalition: its participants and the region's admins."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.clock import today
from extranet.coalitions.models import Coalition
from extranet.coalitions.policy import TOLD_OF_THRESHOLD
from extranet.coalitions.queries.parties import participants_of
from extranet.coalitions.rules.threshold import Standing
from extranet.i18n import Text, translate
from extranet.membership.models import Region
from extranet.outbox.services import queue_mail
from extranet.people.queries.holders import Holder, holders_of

STATE = "coalitions/mail_state.txt"
NEWS = {
    "active": Text("%(name)s has enough municipalities and can start."),
    "below_threshold": Text(
        "%(name)s has too few municipalities. Its money is frozen; reading stays possible."
    ),
}


def concerned(session: Session, coalition: Coalition) -> list[Holder]:
    """Return who is told: region admins, and the contacts and portfolio holders of participants.

    One mail a person, whatever the number of their seats.
    """
    day = today(session)
    taking_part = {one.organisation_id for one in participants_of(session, coalition.id, day=day)}
    admins = {
        holder.person_id for holder in holders_of(session, coalition.region_id, [Role.REGION_ADMIN])
    }
    found = {
        holder.person_id: holder
        for holder in holders_of(session, coalition.region_id, TOLD_OF_THRESHOLD)
        if holder.person_id in admins or holder.organisation_id in taking_part
    }
    return list(found.values())


def tell_state(session: Session, *, coalition: Coalition, standing: Standing) -> None:
    """Queue a mail about the state that a coalition came to, in each reader's language."""
    region = session.scalar(select(Region.name).where(Region.id == coalition.region_id))
    for holder in concerned(session, coalition):
        news = Text(NEWS[coalition.state].msgid, name=coalition.name)
        values: dict[str, object] = {
            "name": holder.name,
            "coalition": coalition.name,
            "region": region,
            "news": translate(news, holder.locale),
            "count": translate(
                Text(
                    "%(counted)s of %(needed)s municipalities",
                    counted=standing.counted,
                    needed=standing.needed,
                ),
                holder.locale,
            ),
            "grace": "",
        }
        if coalition.grace_until is not None:
            values["grace"] = translate(
                Text(
                    "Until %(day)s there is time to find another municipality.",
                    day=coalition.grace_until,
                ),
                holder.locale,
            )
        queue_mail(
            session,
            to_address=holder.email,
            locale=holder.locale,
            template=STATE,
            values=values,
        )
