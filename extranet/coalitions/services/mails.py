"""Tell people what happens to a coalition and its plustaken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.access import Role
from extranet.clock import today
from extranet.coalitions.models import Coalition
from extranet.coalitions.policy import TOLD_OF_THRESHOLD
from extranet.coalitions.queries.parties import participants_of
from extranet.coalitions.queries.plustaken import describe_plugin
from extranet.coalitions.rules.threshold import Standing
from extranet.coalitions.services.freezing import Moved
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
FROZEN = Text("The money of %(name)s is frozen: it has too few municipalities. Reading stays.")
FREE = Text("The money of %(name)s is free again.")
LIVE = Text(
    "%(name)s is live: its agreement, budget and participants are complete. From now on the "
    "participants can be asked to pay, and letters can go out."
)
SPEAKING = (Role.CONTACT, Role.PORTFOLIO_HOLDER)


def concerned(session: Session, *, region_id: int, coalition_id: int) -> list[Holder]:
    """Return who is told: region admins, and the contacts and portfolio holders of participants.

    One mail a person, whatever the number of their seats.
    """
    day = today(session)
    taking_part = {one.organisation_id for one in participants_of(session, coalition_id, day=day)}
    admins = {holder.person_id for holder in holders_of(session, region_id, [Role.REGION_ADMIN])}
    found = {
        holder.person_id: holder
        for holder in holders_of(session, region_id, TOLD_OF_THRESHOLD)
        if holder.person_id in admins or holder.organisation_id in taking_part
    }
    return list(found.values())


def _concerned(session: Session, coalition: Coalition) -> list[Holder]:
    return concerned(session, region_id=coalition.region_id, coalition_id=coalition.id)


def speaking_for(
    session: Session, region_id: int, organisation_ids: Collection[int]
) -> list[Holder]:
    """Return the contacts and portfolio holders of organisations, by name.

    Somebody with seats at two of them is in it twice.
    """
    holders = holders_of(session, region_id, SPEAKING)
    return [one for one in holders if one.organisation_id in organisation_ids]


def tell_state(session: Session, *, coalition: Coalition, standing: Standing) -> None:
    """Queue a mail about the state that a coalition came to, in each reader's language."""
    news = Text(NEWS[coalition.state].msgid, name=coalition.name)
    grace = None
    if coalition.grace_until is not None:
        grace = Text(
            "Until %(day)s there is time to find another municipality.", day=coalition.grace_until
        )
    _tell(session, coalition, _concerned(session, coalition), [with_count(news, standing)], grace)


def tell_plustaken(session: Session, *, coalition: Coalition, moved: Iterable[Moved]) -> None:
    """Queue one mail about the plustaken whose money was frozen or is free again."""
    news = [
        with_count(
            Text(
                (FREE if one.plustaak.frozen_on is None else FROZEN).msgid,
                name=describe_plugin(session, one.plustaak.plugin).title,
            ),
            one.standing,
        )
        for one in moved
    ]
    if news:
        _tell(session, coalition, _concerned(session, coalition), news)


def tell_live(
    session: Session, *, coalition: Coalition, plugin: str, readers: Iterable[Holder]
) -> None:
    """Queue the mail that a plustaak went live."""
    news = Text(LIVE.msgid, name=describe_plugin(session, plugin).title)
    _tell(session, coalition, readers, [news])


def with_count(news: Text, standing: Standing) -> Text:
    """Return news with how many municipalities there are behind it."""
    return Text(
        "%(news)s (%(counted)s of %(needed)s municipalities)",
        news=news,
        counted=standing.counted,
        needed=standing.needed,
    )


def _tell(
    session: Session,
    coalition: Coalition,
    readers: Iterable[Holder],
    news: Sequence[Text],
    grace: Text | None = None,
) -> None:
    region = session.scalar(select(Region.name).where(Region.id == coalition.region_id))
    for holder in readers:
        values: dict[str, object] = {
            "name": holder.name,
            "coalition": coalition.name,
            "region": region,
            "news": "\n".join(translate(one, holder.locale) for one in news),
            "grace": translate(grace, holder.locale) if grace else "",
        }
        queue_mail(
            session,
            to_address=holder.email,
            locale=holder.locale,
            template=STATE,
            values=values,
        )
