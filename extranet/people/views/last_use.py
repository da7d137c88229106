"""Keep the list of sessions true: write down, now and then, that a session is in use."""

from __future__ import annotations

import logging

from flask import request
from flask import session as cookie
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from extranet.people.services import sessions
from extranet.people.views.doors import blueprint, config
from extranet.web.access import find_actor
from extranet.web.database import get_database, unit_of_work

log = logging.getLogger(__name__)
SEEN = "seen"
AT_MOST_EVERY_SECONDS = 300


@blueprint.after_app_request
def note_use(response: Response) -> Response:
    """Write the last use now and then, whatever the page; the cookie remembers when that was.

    At most every five minutes, and often enough that nobody at work is signed out as idle.
    """
    if request.endpoint == "static" or "_user_id" not in cookie:
        return response
    moment = int(get_database().clock.now().timestamp())
    actor = find_actor()
    if actor is None or moment - int(cookie.get(SEEN, 0)) < _every_seconds():
        return response
    try:
        with unit_of_work() as session:
            sessions.touch(session, login_session_id=actor.login_session_id)
        cookie[SEEN] = moment
    except OperationalError:
        # A busy database must not spoil a page that is ready; the next page tries again.
        log.warning("the last use of a session was not written", exc_info=True)
    return response


def _every_seconds() -> int:
    """Return how much time lies between two writes: a tenth of the time that one may be idle."""
    return min(AT_MOST_EVERY_SECONDS, config().idle_minutes * 60 // 10)
