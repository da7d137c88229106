"""The calendar of a coalition: its days, a file of them, and an address for one's own program.

A calendar program cannot sign in. The address holds a secret instead, and opens for as long as its
owner may look into the coalition; docs/decisions/0015 says why it is shown once.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from extranet.clock import today
from extranet.coalitions.events import KeptDate
from extranet.coalitions.forms import ConfirmForm
from extranet.coalitions.policy import VIEW_COALITION
from extranet.coalitions.queries.calendar import dates_of, find_feed, get_open_feed
from extranet.coalitions.queries.workspace import CoalitionFacts, get_facts
from extranet.coalitions.rules.calendar import by_month
from extranet.coalitions.services.calendar import make_feed, revoke_feed
from extranet.coalitions.views.standing_here import current_coalition
from extranet.config import Config
from extranet.i18n import translate
from extranet.publishing.calendars import MEDIA_TYPE, CalendarDay, render_calendar
from extranet.publishing.downloads import download
from extranet.web.access import current_actor, public, requires
from extranet.web.database import read_session, unit_of_work
from extranet.web.jinja import current_locale

blueprint = Blueprint("calendar", __name__, url_prefix="/<region>/coalities/<coalition>/agenda")
feeds = Blueprint("calendar_feeds", __name__, url_prefix="/agenda")
Page = str | tuple[str, int] | Response
# A program may keep the file, and asks each time whether it still may and whether it is the same.
KEPT = "private, no-cache"


@blueprint.get("")
@requires(VIEW_COALITION)
def calendar() -> str:
    """Show the days of the coalition by month, and the reader's own address for them."""
    return _page(ConfirmForm())


@blueprint.get("/agenda.ics")
@requires(VIEW_COALITION)
def calendar_ics() -> Response:
    """Give the days as a file, once."""
    session = read_session()
    facts = get_facts(session, current_coalition().id, day=today(session))
    return download(_written(facts, current_locale()), MEDIA_TYPE, f"agenda-{facts.slug}.ics")


@blueprint.post("/adres")
@requires(VIEW_COALITION)
def make() -> Page:
    """Make the reader an address and show it, this once; an earlier one stops working."""
    form = ConfirmForm()
    if not form.validate():
        return _page(form), 422
    with unit_of_work() as session:
        secret = make_feed(session, coalition=current_coalition(), actor=current_actor())
    path = url_for("calendar_feeds.feed", secret=secret)
    return _page(form, address=_config().base_url.rstrip("/") + path)


@blueprint.post("/adres/stoppen")
@requires(VIEW_COALITION)
def revoke() -> Page:
    """Let the reader's address stop working."""
    form = ConfirmForm()
    if not form.validate():
        return _page(form), 422
    with unit_of_work() as session:
        revoke_feed(session, coalition=current_coalition(), actor=current_actor())
    flash(_("The address does not work any more."))
    return redirect(url_for("calendar.calendar"))


@feeds.get("/<secret>.ics")
@public
def feed(secret: str) -> Response:
    """Give a calendar program the days, for as long as the owner of the address may see them."""
    found = get_open_feed(read_session(), secret)
    response = make_response(_written(found.facts, found.locale))
    response.headers["Content-Type"] = MEDIA_TYPE
    response.headers["Cache-Control"] = KEPT
    response.add_etag()
    return response.make_conditional(request)


def _page(form: ConfirmForm, *, address: str = "") -> str:
    session, coalition = read_session(), current_coalition()
    day = today(session)
    facts = get_facts(session, coalition.id, day=day)
    dates = dates_of(session, facts)
    return render_template(
        "calendar/calendar.html",
        coming=by_month([one for one in dates if one.on >= day]),
        past=by_month([one for one in reversed(dates) if one.on < day]),
        today=day,
        feed=find_feed(session, person_id=current_actor().person_id, coalition_id=coalition.id),
        address=address,
        form=form,
    )


def _written(facts: CoalitionFacts, locale: str) -> bytes:
    """Return the days of a coalition as a file, in the language of who reads it."""
    days = [_day(one, locale) for one in dates_of(read_session(), facts)]
    return render_calendar(facts.name, days)


def _day(one: KeptDate, locale: str) -> CalendarDay:
    return CalendarDay(
        uid=f"{one.key}@{urlsplit(_config().base_url).hostname}",
        title=translate(one.title, locale),
        on=one.on,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        where=one.where,
        note=translate(one.about, locale),
        changed_at=one.changed_at,
    )


def _config() -> Config:
    config: Config = current_app.extensions["extranet_config"]
    return config
