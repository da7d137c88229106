"""Who invites to an evening: make hosts, and take them off again."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from extranet.api import InvalidInput, Place, drop_public_address
from extranet_infoavond.models import Evening, Host, Invitation, LetterState, Page, Signup
from extranet_infoavond.queries.evenings import hosts_of, municipalities_of
from extranet_infoavond.wording import Text


def set_hosts(session: Session, place: Place, evening: Evening, hosts: Collection[int]) -> None:
    """Make these municipalities the hosts; who has sent its letter or has sign-ups stays one."""
    present, wanted = host_ids(session, evening), set(hosts)
    known = {one.organisation_id for one in municipalities_of(session, place)}
    if wanted - present - known:
        raise InvalidInput({"hosts": Text("Only municipalities that take part are a host.")})
    for organisation_id in sorted(present - wanted):
        _refuse_dropping(session, evening, organisation_id)
        drop_host(session, place, evening, organisation_id)
    session.add_all(
        Host(evening_id=evening.id, organisation_id=one) for one in sorted(wanted - present)
    )
    session.flush()


def _refuse_dropping(session: Session, evening: Evening, organisation_id: int) -> None:
    name = next(
        one.name
        for one in hosts_of(session, [evening.id])[evening.id]
        if one.organisation_id == organisation_id
    )
    own = session.get(Invitation, (evening.id, organisation_id))
    if own is not None and own.state == LetterState.RELEASED:
        raise InvalidInput(
            {"hosts": Text("%(name)s has released its letter, so it stays a host.", name=name)}
        )
    if _has_signups(session, evening, organisation_id):
        raise InvalidInput(
            {"hosts": Text("Residents of %(name)s signed up, so it stays a host.", name=name)}
        )


def drop_host(session: Session, place: Place, evening: Evening, organisation_id: int) -> bool:
    """Take a host off an evening, with its letter as far as that is not out, and its page.

    Call it with the evening's row locked. Where residents signed up it stays a host: its page
    closes, and its address stays for their own links. Returns whether anything changed by it.
    """
    key = (evening.id, organisation_id)
    own, page = session.get(Invitation, key), session.get(Page, key, populate_existing=True)
    drops_letter = own is not None and own.state != LetterState.RELEASED
    closes = page is not None and page.is_open
    if drops_letter:
        session.delete(own)
    if page is not None:
        page.is_open = False
    session.flush()
    if _has_signups(session, evening, organisation_id):
        return drops_letter or closes
    if page is not None:
        drop_public_address(session, place, slug=page.slug)
    session.execute(
        delete(Host).where(Host.evening_id == evening.id, Host.organisation_id == organisation_id)
    )
    return True


def _has_signups(session: Session, evening: Evening, organisation_id: int) -> bool:
    found = select(func.count()).where(
        Signup.evening_id == evening.id, Signup.organisation_id == organisation_id
    )
    return bool(session.scalar(found))


def host_ids(session: Session, evening: Evening) -> set[int]:
    """Return the numbers of the hosts of an evening."""
    return set(session.scalars(select(Host.organisation_id).where(Host.evening_id == evening.id)))
