"""Initiatives: everybody follows how far they are, their own municipality knows who takes them."""

from datetime import date

import pytest
from sqlalchemy import text

from extranet.plugins.testing import VISITORS
from extranet_infoavond.models import Initiative
from extranet_infoavond.services.summary import renew_summary
from plugins.infoavond.tests.gatherings import (
    add_initiative,
    add_signup,
    all_of,
    make_gathering,
    statements_of,
    text_of,
)

OUTSIDERS = {"stranger": 302, "other_region": 404, "guest_elsewhere": 404}
READERS = {"other_coalition": 403, "partner": 403, "admin": 403, "guest": 403}
OWN = {"participant", "representative"}
SECRETS = ("Familie Geheim", "geheim@boerderij.nl", "Wil klein beginnen")
FORM = {
    "kind": "mono_digestion",
    "stage": "interest",
    "initiator": "Familie Nieuw",
    "next_step": "Bellen",
    "next_on": "1-12-2026",
}


@pytest.fixture
def hosts(site):
    """The municipalities that take part: that of the lead, then that of the participant."""
    return make_gathering(site, hosts=3).hosts


@pytest.mark.parametrize("visitor", VISITORS)
def test_only_its_municipality_sees_who_takes_an_initiative(site, hosts, visitor):
    number = add_initiative(site, hosts[1])
    client = site.visit(visitor)
    paths = (f"initiatieven/{number}", "initiatieven", "initiatieven.csv")
    answers = [client.get(site.address(path)) for path in paths]
    shown = "".join(text_of(one) for one in answers)

    assert [one.status_code for one in answers] == [OUTSIDERS.get(visitor, 200)] * 3
    assert [one in shown for one in SECRETS] == [visitor in OWN] * 3
    assert ("Keukentafelgesprek" in shown) == (visitor not in OUTSIDERS)


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("path", ["wijzigen", "verwijderen"])
def test_only_its_municipality_changes_an_initiative(site, hosts, visitor, path):
    number = add_initiative(site, hosts[1])
    expected = {**OUTSIDERS, **READERS, "lead": 404}.get(visitor, 302)
    answer = site.post(visitor, site.address(f"initiatieven/{number}/{path}"), **FORM, version="1")
    left = [(one.initiator, one.stage) for one in all_of(site, Initiative)]
    changed = [("Familie Nieuw", "interest")] if path == "wijzigen" else []

    assert answer.status_code == expected
    assert left == (changed if visitor in OWN else [("Familie Geheim", "talked")])


def test_initiative_is_noted_for_who_one_acts_for_and_kept_two_years(site, hosts):
    answer = site.post("lead", site.address("initiatieven/nieuw"), **FORM, organisation_id="2")
    (made,) = all_of(site, Initiative)

    assert answer.headers["Location"] == site.address(f"initiatieven/{made.id}")
    assert (made.organisation_id, made.kind, made.stage) == (
        hosts[0],
        "mono_digestion",
        "interest",
    )
    assert (made.next_on, made.noted_on) == (date(2026, 12, 1), date(2026, 11, 23))
    assert made.keep_until == date(2028, 11, 22)


def test_change_keeps_names_anew_and_a_stale_one_comes_back(site, hosts):
    number = add_initiative(site, hosts[0], keep_until=date(2026, 12, 1))
    path = site.address(f"initiatieven/{number}/wijzigen")
    form = text_of(site.visit("lead").get(path))
    site.post("lead", path, **FORM, version="1")
    stale = site.post("lead", path, **{**FORM, "initiator": "Te Laat"}, version="1")

    assert 'value="Familie Geheim"' in form
    assert stale.status_code == 409
    assert [(one.initiator, one.keep_until) for one in all_of(site, Initiative)] == [
        ("Familie Nieuw", date(2028, 11, 22))
    ]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": "wind"}, "Deze keuze staat niet in de lijst."),
        ({"next_on": "31-2-2027"}, "Deze dag bestaat niet."),
        ({"note": "x" * 1001}, "Gebruik hoogstens 1000 tekens."),
    ],
)
def test_what_cannot_be_comes_back(site, hosts, wrong, words):
    answer = site.post("lead", site.address("initiatieven/nieuw"), **{**FORM, **wrong})

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert all_of(site, Initiative) == []


def test_initiative_comes_from_a_signup_of_ones_own(site):
    gathering = make_gathering(site)
    number, _code = add_signup(site, gathering, phone="06 1", interest="central")
    asked = {"avond": str(gathering.evening_id), "aanmelding": str(number)}
    path = site.address("initiatieven/nieuw")
    form = text_of(site.visit("lead").get(path, query_string=asked))
    other = site.visit("participant").get(path, query_string=asked)
    lead = site.visit("lead")
    lead.post(path, query_string=asked, data={**FORM, "acting": site.acting("lead")})

    assert 'value="Jan de Boer"' in form
    assert 'value="06 1"' in form
    assert '<option selected value="central">' in form
    assert other.status_code == 404
    assert [one.evening_id for one in all_of(site, Initiative)] == [gathering.evening_id]


def test_list_is_filtered_and_search_does_not_find_others_names(site, hosts):
    add_initiative(site, hosts[0], kind="hub", owner="Anna", next_on=date(2026, 11, 1))
    add_initiative(site, hosts[1], kind="central", stage="plan", next_step="Vergunning")
    add_initiative(site, hosts[1], stage="stopped", next_on=date(2026, 11, 1))

    def kinds(visitor="lead", **asked):
        answer = site.visit(visitor).get(site.address("initiatieven.csv"), query_string=asked)
        return len(text_of(answer).splitlines()) - 1

    assert kinds() == 3
    assert kinds(soort="hub") == 2
    assert kinds(fase="plan") == 1
    assert kinds(gemeente=str(hosts[1])) == 2
    assert kinds(**{"te-laat": "1"}) == 1
    assert kinds(zoek="vergunning") == 1
    assert kinds(zoek="anna") == 1
    assert kinds(zoek="geheim") == 1
    assert kinds("participant", zoek="geheim") == 2
    assert kinds("guest", zoek="geheim") == 0
    assert kinds(gemeente="x", fase="x", soort="x") == 3


def test_initiative_of_another_coalition_is_not_there(site, hosts):
    elsewhere = make_gathering(site, coalition="elders")
    number = add_initiative(site, elsewhere.hosts[0], coalition="elders")

    assert site.visit("lead").get(site.address(f"initiatieven/{number}")).status_code == 404
    assert "Keukentafel" not in text_of(site.visit("lead").get(site.address("initiatieven")))
    assert hosts


def test_list_takes_as_many_statements_for_three_as_for_one(site, hosts):
    lead = site.visit("lead")
    add_initiative(site, hosts[0])
    one = statements_of(site, lambda: lead.get(site.address("initiatieven")))
    add_initiative(site, hosts[1])
    add_initiative(site, hosts[2])

    assert statements_of(site, lambda: lead.get(site.address("initiatieven"))) == one


def test_funnel_is_a_picture_with_its_table(site, hosts):
    for stage in ("talked", "talked", "plan"):
        add_initiative(site, hosts[0], stage=stage)
    shown = text_of(site.visit("guest").get(site.address("initiatieven")))

    assert 'role="img" aria-label="Gesprek gevoerd: 2"><rect x="0.0%" width="100%"' in shown
    assert 'role="img" aria-label="Plan: 1"><rect x="25.0%" width="50%"' in shown
    assert '<tr><th scope="row">Gesprek gevoerd</th><td class="num">2</td></tr>' in shown


@pytest.mark.parametrize("visitor", ["lead", "participant", "guest", "admin"])
def test_next_step_that_is_late_is_a_todo_of_its_municipality(site, hosts, visitor):
    add_initiative(site, hosts[1], next_on=date(2026, 11, 22))
    add_initiative(site, hosts[1], next_on=date(2026, 11, 22), stage="stopped")
    add_initiative(site, hosts[1], next_on=date(2026, 11, 23))
    with site.unit_of_work() as session:
        renew_summary(session, site.place)
    shown = text_of(site.visit(visitor).get("/noord/coalities/met/"))

    assert shown.count("Zet de volgende stap met een initiatief") == (visitor in OWN)
    assert "Geheim" not in shown


def test_log_and_summary_hold_no_names(site, hosts):
    site.post("lead", site.address("initiatieven/nieuw"), **FORM, note="Niet vertellen")
    number = all_of(site, Initiative)[0].id
    site.post("lead", site.address(f"initiatieven/{number}/wijzigen"), **FORM, version="1")
    site.post("lead", site.address(f"initiatieven/{number}/verwijderen"))
    with site.unit_of_work() as session:
        log = session.execute(text("SELECT * FROM activity_entries")).all()
        kept = session.execute(text("SELECT * FROM plugin_summaries")).all()

    assert [row.action for row in log if "infoavond" in row.action] == [
        "infoavond_initiative.added",
        "infoavond_initiative.changed",
        "infoavond_initiative.dropped",
    ]
    for secret in ("Familie Nieuw", "Niet vertellen", "Bellen"):
        assert (secret in str(log), secret in str(kept)) == (False, False)


@pytest.mark.parametrize("state", ["on", "off"])
def test_names_are_emptied_on_their_day_and_the_count_stays(site, hosts, state):
    add_initiative(site, hosts[0], keep_until=date(2026, 11, 30))
    add_initiative(site, hosts[0], keep_until=date(2026, 12, 1))
    with site.unit_of_work() as session:
        session.execute(text("UPDATE plustaken SET state = :state"), {"state": state})
    site.clock.advance(days=8)
    erased = site.erase()

    assert erased == {"infoavond_initiatives": 1}
    assert [(one.initiator, one.contact, one.note) for one in all_of(site, Initiative)] == [
        ("", "", ""),
        SECRETS,
    ]
    assert [one.next_step for one in all_of(site, Initiative)] == ["Keukentafelgesprek"] * 2


def test_empty_list_says_who_can_add(site, hosts):
    shown = text_of(site.visit("guest").get(site.address("initiatieven")))

    assert "Een gemeente die meedoet noteert ze" in shown
    assert "initiatieven/nieuw" not in shown
    assert len(hosts) == 3
