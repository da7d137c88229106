"""Keep every region an admin: on no day may a change leave it without one that it had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy.orm import Session

from extranet.clock import today
from extranet.errors import InvalidInput
from extranet.i18n import Text
from extranet.membership.events import SeatEndsMoved
from extranet.membership.queries.regions import get_region
from extranet.people.queries.seats import admin_spans
from extranet.people.rules import Span, first_day_lost


@contextmanager
def keeping_an_admin(session: Session, region_id: int) -> Iterator[None]:
    """Refuse what the block does when the region would then miss an admin on some day.

    It holds the region's row, so that two admins cannot end each other at the same moment. An
    account that is closed counts for nobody.
    """
    get_region(session, region_id, for_update=True)
    before = admin_spans(session, region_id)
    yield
    session.flush()
    _refuse_loss(session, before, admin_spans(session, region_id))


def keep_admin_of_region(session: Session, event: SeatEndsMoved) -> None:
    """Refuse that seats end, with their membership, when the region would then miss an admin."""
    before = admin_spans(session, event.region_id, seat_ends=event.former)
    _refuse_loss(session, before, admin_spans(session, event.region_id))


def _refuse_loss(session: Session, before: Sequence[Span], after: Sequence[Span]) -> None:
    day = first_day_lost(before, after, today=today(session))
    if day is not None:
        message = Text(
            "The region would have no admin from %(day)s. Appoint another one first.", day=day
        )
        raise InvalidInput({"": message})
