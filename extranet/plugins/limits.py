"""How often something may be tried on a page of a plugin, counted for all workers together."""

from __future__ import annotations

from dataclasses import replace

from extranet.people.services import attempts
from extranet.people.services.attempts import Limit
from extranet.plugins.gate import current_place
from extranet.web.database import get_database


def count_attempt(limit: Limit, key: str) -> None:
    """Count one attempt under a key, such as a network address; raise TooMany above the limit.

    Call it before the attempt is judged and outside any unit of work: it commits by itself. Only
    a hash of the key is kept, and no longer than the window of the limit.
    """
    own = replace(limit, name=f"{current_place().plugin}:{limit.name}")
    attempts.count_attempt(get_database(), own, key)
