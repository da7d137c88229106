"""Events inside a transaction: the lower domain tells, the higher one has subscribed at boot.

`emit` runs every subscriber in the emitter's own session, so what they write commits or rolls
back together with the change that caused it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

E = TypeVar("E")


class Subscriptions:
    """Who listens to which event; one per application, filled at boot."""

    def __init__(self) -> None:
        """Start without subscribers."""
        self._by_type: dict[type, list[Callable[[Session, Any], None]]] = {}

    def subscribe(self, event_type: type[E], subscriber: Callable[[Session, E], None]) -> None:
        """Call `subscriber(session, event)` for every event of exactly this type."""
        self._by_type.setdefault(event_type, []).append(subscriber)

    def dispatch(self, session: Session, event: object) -> None:
        """Call the subscribers of the event's type; an error in one refuses the whole change."""
        for subscriber in self._by_type.get(type(event), ()):
            subscriber(session, event)


def emit(session: Session, event: object) -> None:
    """Tell everyone who subscribed to this type of event, inside the transaction."""
    subscriptions: Subscriptions = session.info["subscriptions"]
    subscriptions.dispatch(session, event)
