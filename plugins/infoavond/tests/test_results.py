"""Counts and results: what the region may know, and what cannot be worked out from it."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from extranet.plugins.testing import VISITORS
from extranet_infoavond.models import Host, Invitation, LetterState, Signup
from extranet_infoavond.queries.results import evening_counts, results_of
from extranet_infoavond.rules.suppression import Total, shown, sum_of_shown, total_of
from extranet_infoavond.services.results import keep_counts
from extranet_infoavond.services.summary import renew_summary
from extranet_infoavond.tasks import renew
from plugins.infoavond.tests.gatherings import (
    add_initiative,
    add_people,
    all_of,
    make_gathering,
    statements_of,
    text_of,
)

OUTSIDERS = {"stranger": 302, "other_region": 404, "guest_elsewhere": 404}


@pytest.fixture
def gathering(site):
    made = make_gathering(site, hosts=3)
    for host, people in enumerate((12, 3, 7)):
        add_people(site, made, host, people)
    return made


def counts_of(site, gathering, own=None):
    with site.unit_of_work() as session:
        return evening_counts(session, site.place, gathering.evening_id, own_id=own)


def results(site, own=None):
    with site.unit_of_work() as session:
        return results_of(session, site.place, own_id=own)


# ── The rule ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("counts", "total"),
    [
        ([12, 7], Total(least=19, is_exact=True)),
        ([12, 0], Total(least=12, is_exact=True)),
        ([], Total(least=0, is_exact=True)),
        ([12, 3], Total(least=12, is_exact=False)),
        ([12, 3, 2], Total(least=12, is_exact=False)),
        ([12, 1, 1, 1], Total(least=12, is_exact=False)),
        ([12, 4, 4, 4], Total(least=12, is_exact=False)),
        ([12, 2, 3, 2], Total(least=19, is_exact=True)),
    ],
)
def test_total_is_exact_only_when_it_tells_nothing(counts, total):
    assert total_of(counts, smallest=5) == total


@given(st.lists(st.integers(0, 12), max_size=5), st.integers(3, 6), st.integers(0, 4))
def test_no_hidden_count_can_be_worked_out_by_anybody(counts, smallest, knower):
    total = total_of(counts, smallest=smallest)
    hidden = [i for i, count in enumerate(counts) if shown(count, smallest=smallest) is None]
    visible = sum(counts) - sum(counts[i] for i in hidden)
    # Everything that fits what is shown, for a municipality that knows its own count as well.
    worlds = [
        world
        for world in product(range(1, smallest), repeat=len(hidden))
        if not total.is_exact or visible + sum(world) == total.least
        if knower not in hidden or world[hidden.index(knower)] == counts[knower]
    ]

    assert total.least == (sum(counts) if total.is_exact else visible)
    for place, index in enumerate(hidden):
        if index != knower:
            assert len({world[place] for world in worlds}) > 1


@given(st.lists(st.one_of(st.none(), st.integers(0, 50))))
def test_sum_over_evenings_says_no_more_than_the_evenings(counts):
    known = [count for count in counts if count is not None]

    assert sum_of_shown(counts) == Total(least=sum(known), is_exact=len(known) == len(counts))


# ── The pages ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("visitor", VISITORS)
def test_everybody_in_the_coalition_sees_counts_and_only_ones_own_small_one(
    site, gathering, visitor
):
    answer = site.visit(visitor).get(site.address(f"{gathering.evening_id}/aantallen"))
    page = text_of(answer)
    is_own = visitor in {"participant", "representative"}

    assert answer.status_code == OUTSIDERS.get(visitor, 200)
    if visitor not in OUTSIDERS:
        assert page.count("minder dan 5") == (0 if is_own else 2)
        assert ('<td class="num">3</td>' in page) == is_own
        assert page.count("ten minste 19") == 2
        assert '<td class="num">22</td>' not in page
    assert "Piet Geheim" not in page


def test_own_row_comes_first_and_totals_are_the_same_for_everybody(site, gathering):
    seen = counts_of(site, gathering, own=gathering.hosts[2])
    plain = counts_of(site, gathering)

    assert [(row.organisation_id, row.people) for row in seen.rows] == [
        (gathering.hosts[2], 7),
        (gathering.hosts[0], 12),
        (gathering.hosts[1], None),
    ]
    assert [row.people for row in plain.rows] == [12, None, 7]
    assert seen.totals == plain.totals
    assert plain.totals["people"] == Total(least=19, is_exact=False)
    assert plain.totals["waiting"] == Total(least=0, is_exact=True)


def test_smallest_count_is_a_setting(site, gathering):
    with site.unit_of_work() as session:
        session.execute(
            text(
                "INSERT INTO plugin_settings (plugin, owner, key, value)"
                " VALUES ('infoavond', :owner, 'smallest_count', '10')"
            ),
            {"owner": site.place.owner},
        )

    assert [row.people for row in counts_of(site, gathering).rows] == [12, None, None]


def test_results_cannot_be_subtracted_from_the_evenings(site, gathering):
    second = make_gathering(site, hosts=3)
    for host, people in enumerate((6, 20, 8)):
        add_people(site, second, host, people)
    found = results(site)

    assert [row.people for row in found.rows] == [
        Total(least=18, is_exact=True),
        Total(least=20, is_exact=False),
        Total(least=15, is_exact=True),
    ]
    assert found.people == Total(least=53, is_exact=False)
    assert found.evenings == 2
    assert [row.people.least for row in results(site, own=gathering.hosts[1]).rows] == [23, 18, 15]


def test_results_count_letters_and_initiatives_by_type_and_stage(site, gathering):
    for host, state in enumerate((LetterState.RELEASED, LetterState.DRAFT)):
        with site.unit_of_work() as session:
            session.add(
                Invitation(
                    evening_id=gathering.evening_id,
                    organisation_id=gathering.hosts[host],
                    subject="Uitnodiging",
                    body="Kom",
                    from_master_version=1,
                    state=state,
                    approved_on=date(2026, 11, 1) if state != LetterState.DRAFT else None,
                    released_at=site.clock.now() if state != LetterState.DRAFT else None,
                )
            )
    add_initiative(site, gathering.hosts[0], kind="hub", stage="plan")
    add_initiative(site, gathering.hosts[0], kind="hub", stage="talked")
    add_initiative(site, gathering.hosts[1], kind="central", stage="plan")
    found = results(site)

    assert [(row.evenings, row.letters, row.initiatives) for row in found.rows] == [
        (1, 1, 2),
        (1, 0, 1),
        (1, 0, 0),
    ]
    assert (found.kinds, found.stages) == ({"hub": 2, "central": 1}, {"plan": 2, "talked": 1})
    assert (found.evenings, found.letters, found.initiatives) == (1, 1, 3)


@pytest.mark.parametrize("visitor", VISITORS)
def test_results_are_for_everybody_in_the_coalition(site, gathering, visitor):
    answers = [
        site.visit(visitor).get(site.address(path))
        for path in ("resultaten", "resultaten.csv", "resultaten.xlsx")
    ]
    is_own = visitor in {"participant", "representative"}

    assert [one.status_code for one in answers] == [OUTSIDERS.get(visitor, 200)] * 3
    if visitor not in OUTSIDERS:
        rows = text_of(answers[1]).splitlines()[1:]
        mine = next(row for row in rows if row.startswith("Gemeente 2"))
        assert mine.split(";")[3:5] == (["3", "3"] if is_own else ["te weinig om te tonen"] * 2)
    assert "Piet Geheim" not in text_of(answers[0])


def test_pages_take_as_many_statements_for_three_as_for_one(site):
    one_host = make_gathering(site, hosts=1)
    add_people(site, one_host, 0, 8)
    lead = site.visit("lead")
    paths = [site.address("resultaten"), site.address(f"{one_host.evening_id}/aantallen")]
    before = [statements_of(site, lambda path=path: lead.get(path)) for path in paths]
    three = make_gathering(site, hosts=3)
    for host in range(3):
        add_people(site, three, host, 8)
        add_initiative(site, three.hosts[host])
    paths[1] = site.address(f"{three.evening_id}/aantallen")

    assert [statements_of(site, lambda path=path: lead.get(path)) for path in paths] == before


def test_counts_outlive_the_names(site, gathering):
    before = results(site, own=gathering.hosts[1])
    site.clock.advance(days=30)
    with site.unit_of_work() as session:
        keep_counts(session)
    site.clock.advance(days=300)
    erased = site.erase()
    with site.unit_of_work() as session:
        renew(session, {})

    assert erased == {"infoavond_signups": 4}
    assert all_of(site, Signup) == []
    assert [(one.people, one.came) for one in all_of(site, Host)] == [(12, 12), (3, 3), (7, 7)]
    assert results(site, own=gathering.hosts[1]) == before
    assert counts_of(site, gathering).totals["came"] == Total(least=19, is_exact=False)


def test_counts_are_not_kept_before_the_evening_is_over(site, gathering):
    with site.unit_of_work() as session:
        keep_counts(session)

    assert [one.people for one in all_of(site, Host)] == [None, None, None]


def test_panel_shows_what_everybody_may_see(site, gathering):
    add_initiative(site, gathering.hosts[0])
    with site.unit_of_work() as session:
        renew_summary(session, site.place)
    page = text_of(site.visit("participant").get("/noord/coalities/met/"))

    assert "Personen die zich aanmeldden" in page
    assert "ten minste 19" in page


def test_cancelled_evening_is_no_result(site, gathering):
    with site.unit_of_work() as session:
        session.execute(text("UPDATE infoavond_evenings SET state = 'cancelled'"))
    site.clock.advance(days=30)
    with site.unit_of_work() as session:
        keep_counts(session)
    found = results(site)

    assert found.evenings == 0
    assert (found.people, found.came) == (Total(least=0, is_exact=True),) * 2
    assert {(row.people.least, row.came.least) for row in found.rows} <= {(0, 0)}
    assert [one.people for one in all_of(site, Host)] == [None, None, None]
    # Who signed up is still to be told, so the page of the evening itself counts on.
    assert [row.people for row in counts_of(site, gathering).rows] == [12, None, 7]


def test_municipality_that_left_keeps_its_name_beside_its_counts(site, gathering):
    before = counts_of(site, gathering)
    with site.unit_of_work() as session:
        session.execute(text("DELETE FROM infoavond_house_styles"))
        session.execute(
            text(
                "UPDATE plustaak_participations SET until_date = from_date"
                " WHERE organisation_id = :own"
            ),
            {"own": gathering.hosts[2]},
        )

    assert counts_of(site, gathering) == before
    assert [row.name for row in results(site).rows] == ["Gemeente 1", "Gemeente 2", "Gemeente 3"]
