"""What the core does when the calendar turns, as the worker does it beside the jobs of plugins.

A domain says what is due on a day; this module says that somebody looks. Each runs every hour, so
that a day that has come shows soon after midnight wherever the worker was started; doing one twice
changes nothing more. No reminder is sent from here: a page says who gets a mail before it goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from extranet.agreements.services.force import bring_into_force
from extranet.clock import today
from extranet.coalitions.services.states import recount_all
from extranet.outbox.services.jobs import Handler

HOURLY = timedelta(hours=1)


def _bring_into_force(session: Session, _payload: Mapping[str, Any]) -> None:
    """Bring the agreements into force whose agreed date has come."""
    bring_into_force(session, today(session))


def _count_coalitions(session: Session, _payload: Mapping[str, Any]) -> None:
    """Count the threshold of every coalition again, for who left or joined by the calendar."""
    recount_all(session)


HANDLERS: Mapping[str, Handler] = {
    "agreements:bring_into_force": Handler(_bring_into_force, every=HOURLY),
    "coalitions:count": Handler(_count_coalitions, every=HOURLY),
}
