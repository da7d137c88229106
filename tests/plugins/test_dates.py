"""Days that a plugin keeps stand in the calendar of its coalition while it is on there."""

from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar
from sqlalchemy import select

from extranet.coalitions.models import Plustaak
from extranet.coalitions.policy import VIEW_COALITION
from extranet.plugins.contributions import Place
from extranet.plugins.models import PluginDate
from extranet.plugins.services.keeping import drop_date, keep_date
from extranet.plugins.testing import VISITORS
from extranet.web.access import requires
from extranet_dummy.services import cancel_evening, plan_evening
from tests.basistaken.tasks import statements
from tests.membership.places import text_of

CALENDAR = "/noord/coalities/met/agenda"
SUMMER, WINTER = date(2027, 6, 10), date(2027, 12, 9)
OUTSIDE = {"stranger": 302, "other_region": 404, "guest_elsewhere": 404}


@pytest.fixture
def evening(site):
    """An evening in the summer here, and one in the other region that could leak."""
    with site.unit_of_work() as session:
        plan_evening(session, site.place, title="Avond", on=SUMMER)
        plan_evening(session, site.other_place, title="Avond elders", on=SUMMER)


def events_in(answer):
    return {str(one["summary"]): one for one in Calendar.from_ical(answer.data).walk("VEVENT")}


def kept(site):
    with site.database.reading() as session:
        rows = session.scalars(select(PluginDate).order_by(PluginDate.plustaak_id)).all()
        return [(row.title, row.on_date, row.changed_at) for row in rows]


@pytest.mark.usefixtures("evening")
@pytest.mark.parametrize("visitor", VISITORS)
def test_evening_is_seen_by_who_may_look_into_the_coalition(site, visitor):
    answer = site.visit(visitor).get(CALENDAR)

    assert answer.status_code == OUTSIDE.get(visitor, 200)
    if visitor not in OUTSIDE:
        assert "10 juni 2027 20:00–22:00 Avond De Zaal, Proefplugin" in text_of(answer)
    assert "Avond elders" not in answer.text


@pytest.mark.usefixtures("evening")
def test_evening_comes_back_from_the_file_in_summer_and_winter_time(site):
    with site.unit_of_work() as session:
        keep_date(session, site.place, key="w", title="Winter", on=WINTER, starts_at=time(20))

    events = events_in(site.visit("lead").get(f"{CALENDAR}/agenda.ics"))

    summer, winter = events["Avond"], events["Winter"]
    assert summer["dtstart"].dt.astimezone(UTC) == datetime(2027, 6, 10, 18, tzinfo=UTC)
    assert summer["dtend"].dt.astimezone(UTC) == datetime(2027, 6, 10, 20, tzinfo=UTC)
    assert winter["dtstart"].dt.astimezone(UTC) == datetime(2027, 12, 9, 19, tzinfo=UTC)
    assert "dtend" not in winter
    assert summer["dtstart"].params["TZID"] == "Europe/Amsterdam"
    assert (summer["location"], summer["description"]) == ("De Zaal", "Proefplugin")
    assert summer["uid"] == f"plustaak:{site.place.plustaak_id}:evening@localhost"


@pytest.mark.usefixtures("evening")
def test_plugin_that_is_off_hides_its_days_and_shows_them_again(site):
    site.post("lead", "/noord/coalities/met/plustaken/dummy/uit")
    hidden = site.visit("lead").get(f"{CALENDAR}/agenda.ics")
    with site.unit_of_work() as session:
        session.get_one(Plustaak, site.place.plustaak_id).state = "on"
    shown = site.visit("lead").get(f"{CALENDAR}/agenda.ics")

    assert events_in(hidden) == {}
    assert set(events_in(shown)) == {"Avond", "Proefplugin ging live"}


@pytest.mark.usefixtures("evening")
def test_days_go_with_what_the_plugin_kept_here_and_nothing_else(site):
    site.post("lead", "/noord/coalities/met/plustaken/dummy/uit")

    site.post("admin", "/noord/coalities/met/plustaken/dummy/wissen", typed="dummy")

    assert [row[0] for row in kept(site)] == ["Avond elders"]


@pytest.mark.usefixtures("evening")
def test_day_that_is_kept_again_moves_and_keeps_its_moment_when_nothing_changed(site):
    before = kept(site)[0]
    site.clock.advance(days=1)
    with site.unit_of_work() as session:
        plan_evening(session, site.place, title="Avond", on=SUMMER)
    same = kept(site)[0]
    with site.unit_of_work() as session:
        plan_evening(session, site.place, title="Avond", on=WINTER)
    moved = kept(site)[0]
    with site.unit_of_work() as session:
        cancel_evening(session, site.place)
        cancel_evening(session, site.place)

    assert same == before
    assert moved == ("Avond", WINTER, site.clock.now())
    assert [row[0] for row in kept(site)] == ["Avond elders"]


@pytest.mark.parametrize(
    "times",
    [{"ends_at": time(22)}, {"starts_at": time(20), "ends_at": time(20)}],
)
def test_end_without_an_earlier_start_is_refused(site, times):
    with site.unit_of_work() as session, pytest.raises(ValueError, match="started before"):
        keep_date(session, site.place, key="x", title="x", on=SUMMER, **times)


def test_module_has_no_calendar_to_keep_days_in(site):
    region = Place(plugin="dummy", region_id=site.place.region_id)

    with site.unit_of_work() as session:
        with pytest.raises(ValueError, match="without a plustaak"):
            keep_date(session, region, key="x", title="x", on=SUMMER)
        with pytest.raises(ValueError, match="without a plustaak"):
            drop_date(session, region, key="x")


def test_calendar_asks_as_much_for_thirty_days_as_for_one(site):
    counts, kept_before = [], 0
    for total in (1, 3, 30):
        with site.unit_of_work() as session:
            for number in range(kept_before, total):
                keep_date(session, site.place, key=str(number), title=str(number), on=SUMMER)
        kept_before = total
        browser = site.visit("lead")
        for path in (CALENDAR, f"{CALENDAR}/agenda.ics"):
            with statements(site.app) as seen:
                assert browser.get(path).status_code == 200
            counts.append((path, len(seen)))

    assert len(set(counts)) == 2
    assert max(number for _path, number in counts) <= 7


@pytest.mark.usefixtures("evening")
def test_what_plugins_ask_stands_among_what_needs_doing(site):
    said = text_of(site.visit("lead").get("/noord/coalities/met/"))

    todos = said.partition("Wat er te doen is")[2].partition("Waarvoor het is")[0]
    assert "Schrijf de eerste notitie Iedereen, vóór 1 december 2026, Proefplugin" in todos
    assert "Te doen in de plustaken" not in said
    assert "Notities 0" in said


def test_workspace_links_a_plustaak_that_is_on_and_asks_to_go_live(site):
    with site.unit_of_work() as session:
        session.get_one(Plustaak, site.place.plustaak_id).live_since = None
    page = site.visit("lead").get("/noord/coalities/met/")

    assert f'<a href="{site.address()}">Proefplugin</a>' in page.text
    assert "De plustaak Proefplugin is nog niet live" in text_of(page)


@pytest.mark.parametrize("visitor", ["lead", "guest"])
def test_workspace_links_the_page_about_going_live_where_there_is_one(site, visitor):
    address = f"{site.address()}/live"
    if "plustaak.live" not in site.app.view_functions:
        rule = "/<region>/coalities/<coalition>/<plustaak>/live"
        view = requires(VIEW_COALITION)(lambda: "")
        site.app.add_url_rule(rule, "plustaak.live", view)
    with site.unit_of_work() as session:
        session.get_one(Plustaak, site.place.plustaak_id).live_since = None

    page = site.visit(visitor).get("/noord/coalities/met/").text

    main = page.partition("<main")[2]
    assert main.count(f'href="{address}"') == 2
