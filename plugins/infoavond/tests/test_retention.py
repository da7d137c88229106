"""Until when residents' data are kept."""

from datetime import date

import pytest
from sqlalchemy import text

from extranet_infoavond.models import EveningState, Signup
from plugins.infoavond.tests.gatherings import add_signup, all_of, change_evening, make_gathering


@pytest.fixture
def gathering(site):
    return make_gathering(site)


def days_kept(site):
    return [one.keep_until for one in all_of(site, Signup)]


def test_day_of_erasing_moves_with_the_evening(site, gathering):
    add_signup(site, gathering)
    add_signup(site, gathering, host=1)
    change_evening(site, gathering, held_on=date(2027, 1, 10))
    moved = days_kept(site)
    change_evening(site, gathering, held_on=None)

    assert moved == [date(2027, 4, 10)] * 2
    assert days_kept(site) == moved


def test_day_of_erasing_comes_nearer_when_the_evening_is_cancelled(site, gathering):
    add_signup(site, gathering)
    change_evening(site, gathering, state=EveningState.CANCELLED)
    at_once = days_kept(site)
    site.clock.advance(days=10)
    change_evening(site, gathering)

    assert at_once == [date(2027, 2, 21)]
    assert days_kept(site) == at_once


@pytest.mark.parametrize("state", ["on", "off"])
def test_signups_are_erased_on_their_day_with_the_plugin_on_and_off(site, gathering, state):
    elsewhere = make_gathering(site, coalition="elders", held_on=date(2027, 6, 1))
    add_signup(site, gathering)
    add_signup(site, gathering, host=1)
    add_signup(site, elsewhere, name="Blijft Nog")
    with site.unit_of_work() as session:
        session.execute(text("UPDATE plustaken SET state = :state"), {"state": state})
    site.clock.advance(days=(date(2027, 3, 10) - date(2026, 11, 23)).days)
    on_the_day = site.erase()
    site.clock.advance(days=1)

    assert on_the_day == {}
    assert site.erase() == {"infoavond_signups": 2}
    assert [one.name for one in all_of(site, Signup)] == ["Blijft Nog"]


def test_moving_one_evening_leaves_others_alone(site, gathering):
    other = make_gathering(site)
    add_signup(site, gathering)
    add_signup(site, other)
    change_evening(site, other, held_on=date(2027, 1, 10))

    assert days_kept(site) == [date(2027, 3, 10), date(2027, 4, 10)]
