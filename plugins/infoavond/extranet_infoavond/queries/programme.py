"""What happens on an evening, in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.api import NotFound
from extranet_infoavond.models import Evening, ProgrammeItem
from extranet_infoavond.wording import Text


def programme_of(session: Session, evening: Evening) -> Sequence[ProgrammeItem]:
    """Return the programme of an evening."""
    return session.scalars(
        select(ProgrammeItem)
        .where(ProgrammeItem.evening_id == evening.id)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    ).all()


def get_item(session: Session, evening: Evening, item_id: int) -> ProgrammeItem:
    """Return a part of the programme of an evening; raise NotFound when it has none such."""
    item = session.get(ProgrammeItem, item_id)
    if item is None or item.evening_id != evening.id:
        raise NotFound(Text("The programme has no such part."))
    return item


def mark_of(item: ProgrammeItem) -> int:
    """Return a number that changes with what a part says: it has no version of its own."""
    values = (item.starts_at.isoformat(), item.title, item.speaker, item.about)
    return crc32("\x1f".join(values).encode())
