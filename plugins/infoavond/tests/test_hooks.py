"""What the core asks of the plugin and tells it."""

from datetime import date

from sqlalchemy import select, text

from extranet.api import Panel, Refusal, Role, Text, Todo
from extranet_infoavond import tasks
from extranet_infoavond.models import Evening, Host, LetterState, Page, Signup
from extranet_infoavond.plugin import manifest
from extranet_infoavond.services.evenings import drop_leaver
from plugins.infoavond.tests.gatherings import add_signup, all_of, make_gathering
from plugins.infoavond.tests.rows import (
    add_evening,
    add_letter,
    letter_in,
    log_of,
    read,
    summary_of,
)


def go_live(site):
    with site.unit_of_work() as session:
        return tasks.extranet_check_go_live(session=session, place=site.place)


def test_plustaak_goes_live_with_an_evening_that_has_a_host(site):
    with site.unit_of_work() as session:
        add_evening(session, site.other_place)
        add_evening(session, site.place, hosts=0)
        add_evening(session, site.place, state="cancelled")
    refusal = go_live(site)
    with site.unit_of_work() as session:
        add_evening(session, site.place, hosts=1)

    assert isinstance(refusal, Refusal)
    assert refusal.endpoint == "infoavond.plan_form"
    assert go_live(site) is None


def test_overview_shows_counts_the_next_evening_and_what_waits(site, ids):
    with site.unit_of_work() as session:
        add_evening(session, site.place, title="Eerste", held_on=date(2026, 11, 23))
        second = add_evening(session, site.place, title="Tweede")
        add_letter(session, second, ids[0], state=LetterState.APPROVED)
        tasks.renew(session, {})
    summary = summary_of(site)

    assert (summary["planned"], summary["next_on"]) == (2, "2026-11-23")
    assert tasks.extranet_show_panels(summary=summary) == [
        Panel(
            title=Text("Information evenings"),
            facts=(
                (Text("Planned evenings"), 2),
                (Text("Next evening"), date(2026, 11, 23)),
                (Text("Letters to approve"), 3),
            ),
            endpoint="infoavond.list_evenings",
        ),
        Panel(
            title=Text("Results of the evenings"),
            facts=((Text("People who signed up"), 0), (Text("Initiatives"), 0)),
            endpoint="infoavond.results",
        ),
    ]


def test_todo_is_ones_own_or_that_of_all_for_who_is_no_host(site, ids):
    with site.unit_of_work() as session:
        add_evening(session, site.place, title="Tweede")
        tasks.renew(session, {})
    summary = summary_of(site)

    def todos(organisation_id, role=Role.OFFICIAL):
        organisation = type("Organisation", (), {"id": organisation_id})
        facts = {"organisation": organisation, "roles": frozenset({role})}
        actor = type("Actor", (), facts)
        return tasks.extranet_show_todos(actor=actor, summary=summary)

    assert todos(ids[0]) == [
        Todo(
            text=Text("Approve the letter for “%(evening)s”", evening="Tweede"),
            who=Text("Municipality: %(name)s", name="Gemeente 1"),
            endpoint="infoavond.letter",
            values={"evening_id": 1, "organisation_id": ids[0]},
            due=date(2027, 2, 12),
        )
    ]
    assert len(todos(ids[2])) == 2
    assert len(todos(ids[0], role=Role.PROGRAMME_TEAM)) == 2
    assert tasks.extranet_show_todos(actor=type("A", (), {"organisation": None}), summary={}) == []
    assert tasks.extranet_show_panels(summary={}) == []


def test_next_evening_moves_on_by_itself(site):
    with site.unit_of_work() as session:
        add_evening(session, site.place, held_on=date(2026, 11, 23))
        add_evening(session, site.place)
        tasks.renew(session, {})
    site.clock.advance(days=1)
    with site.unit_of_work() as session:
        tasks.renew(session, {})

    assert summary_of(site)["next_on"] == "2027-03-12"


def leave(site, number, last_day):
    """Give a municipality its last day in the plustaak, and let the plugin hear of it."""
    with site.unit_of_work() as session:
        session.execute(
            text(
                "UPDATE plustaak_participations SET until_date = :day"
                " WHERE plustaak_id = :place AND organisation_id = :number"
            ),
            {"day": last_day.isoformat(), "place": site.place.plustaak_id, "number": number},
        )
        tasks.extranet_on_participation(session=session, place=site.place)


def test_municipality_that_leaves_is_taken_off_what_is_still_to_come(site, ids):
    last_day = date(2027, 1, 1)
    with site.unit_of_work() as session:
        before = add_evening(session, site.place, title="Eerder", held_on=last_day)
        after = add_evening(session, site.place, title="Later")
        sent = add_evening(session, site.place, title="Verstuurd")
        undated = add_evening(session, site.place, title="Ooit", held_on=None)
        for evening in (before, after, undated):
            add_letter(session, evening, ids[1], state=LetterState.APPROVED)
        add_letter(session, after, ids[0])
        add_letter(session, sent, ids[1], state=LetterState.RELEASED)
    leave(site, ids[1], last_day)
    assert log_of(site) == []
    site.clock.advance(days=(last_day - site.clock.now().date()).days + 1)
    with site.unit_of_work() as session:
        tasks.renew(session, {})
        tasks.renew(session, {})

    with site.unit_of_work() as session:
        rows = session.execute(
            select(Evening.title)
            .join(Host, Host.evening_id == Evening.id)
            .where(Host.organisation_id == ids[1])
        )
        assert [row.title for row in rows] == ["Eerder"]
    assert [bool(letter_in(site, number, ids[1])) for number in (1, 2, 3, 4)] == [
        True, False, True, False
    ]  # fmt: skip
    assert letter_in(site, 2, ids[0]).state == LetterState.DRAFT
    assert log_of(site) == ["infoavond_evening.left"] * 3
    region = read(site, "SELECT DISTINCT region_id, coalition_id FROM activity_entries")
    assert region == [(site.place.region_id, site.place.coalition_id)]
    assert {one["organisation_id"] for one in summary_of(site)["waiting"]} == {ids[0]}


def test_who_joins_changes_nothing_and_twice_is_once(site, ids):
    with site.unit_of_work() as session:
        add_evening(session, site.place)
        tasks.extranet_on_participation(session=session, place=site.place)
        day = date(2026, 12, 1)
        first = drop_leaver(session, site.place, organisation_id=ids[1], last_day=day)
        again = drop_leaver(session, site.place, organisation_id=ids[1], last_day=day)

    assert (first, again) == ([1], [])


def test_contracts_and_settings_are_complete():
    assert manifest.defaults == {
        "capacity": 80,
        "initiative_days": 730,
        "letter_days": 28,
        "retention_days": 90,
        "smallest_count": 5,
    }
    assert [one.key for one in manifest.agreement] == [
        "evenings", "coalition", "municipality", "costs", "residents", "looking_back"
    ]  # fmt: skip
    assert sum(sum(one.amounts) for one in manifest.budget) == 2 * 2_100_000
    assert manifest.participants.is_met(["gemeente"] * 3)
    assert not manifest.participants.is_met(["gemeente", "gemeente", "provincie"])


def test_municipality_that_leaves_keeps_its_residents_and_their_links(site):
    gathering = make_gathering(site, capacity=2)
    _number, code = add_signup(site, gathering, host=1, people=2)
    add_signup(site, gathering, name="Wacht Even")
    with site.unit_of_work() as session:
        drop_leaver(
            session, site.place, organisation_id=gathering.hosts[1], last_day=date(2026, 12, 1)
        )
    own = site.public_address(gathering.slugs[1], f"aanmelding/{code}")
    shown, closed = site.visit("stranger").get(own), site.post("stranger", own[: own.index("/aan")])
    called_off = site.post("stranger", f"{own}/afmelden")

    assert [one.organisation_id for one in all_of(site, Host)] == list(gathering.hosts)
    assert [one.is_open for one in all_of(site, Page)] == [True, False]
    assert [one.status_code for one in (shown, closed, called_off)] == [200, 422, 302]
    assert [one.state for one in all_of(site, Signup)] == ["cancelled", "confirmed"]
