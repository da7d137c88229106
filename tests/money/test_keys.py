import pytest
from sqlalchemy import select

from extranet.activity.models import ActivityEntry
from extranet.errors import Conflict, InvalidInput
from extranet.i18n import translate
from extranet.money.queries.wording import key_texts
from extranet.money.rules import (
    AllocationKey,
    Cap,
    DivisionByInhabitants,
    EqualShare,
    FixedFoot,
    FixedSum,
    Indexation,
    RatePerInhabitant,
)
from extranet.money.services.keys import put_component, remove_component
from tests.money.budgets import make_draft, make_place

FOOT = FixedFoot(foot_cents=100)


def kinds(version):
    return [component["kind"] for component in version.allocation_key]


def draft_with(session, *components):
    return make_draft(session, make_place(session), key=AllocationKey(components))


def test_put_adds_a_component_and_replaces_its_namesake(session):
    version = draft_with(session, DivisionByInhabitants())

    put_component(session, version=version, component=FOOT, actor=None)
    put_component(session, version=version, component=FixedFoot(foot_cents=200), actor=None)

    assert kinds(version) == ["division_by_inhabitants", "fixed_foot"]
    assert version.allocation_key[1]["foot_cents"] == 200


def test_put_a_way_to_share_takes_the_place_of_the_other(session):
    version = draft_with(session, FOOT, DivisionByInhabitants())

    put_component(session, version=version, component=EqualShare(), actor=None)

    assert kinds(version) == ["fixed_foot", "equal_share"]


def test_put_refuses_what_does_not_go_together(session):
    version = draft_with(session, FixedSum(sums={"pv:31": 100}))

    with pytest.raises(InvalidInput):
        put_component(session, version=version, component=Cap(max_cents=5), actor=None)

    assert kinds(version) == ["fixed_sum"]


def test_remove_takes_a_component_out_and_logs_it(session):
    version = draft_with(session, FOOT, DivisionByInhabitants())

    remove_component(session, version=version, kind="fixed_foot", actor=None)

    assert kinds(version) == ["division_by_inhabitants"]
    entry = session.scalars(select(ActivityEntry).order_by(ActivityEntry.id.desc())).first()
    assert entry.action == "allocation_key.changed"
    assert len(entry.before["allocation_key"]) == 2
    assert len(entry.after["allocation_key"]) == 1


def test_remove_refuses_the_last_component(session):
    version = draft_with(session, EqualShare())

    with pytest.raises(InvalidInput):
        remove_component(session, version=version, kind="equal_share", actor=None)


def test_remove_what_is_not_there_is_a_conflict(session):
    version = draft_with(session, EqualShare())

    with pytest.raises(Conflict):
        remove_component(session, version=version, kind="cap", actor=None)


def test_key_in_words_says_how_a_rate_rises():
    rate = RatePerInhabitant(
        rate_cents=250, index=Indexation(name="CPB", basis_points=250, base_year=2027)
    )

    texts = [translate(text, "nl") for text in key_texts(AllocationKey([FOOT, rate]))]

    assert texts == [
        "Een vaste voet van €\N{NO-BREAK SPACE}1,00 per deelnemer",
        "€\N{NO-BREAK SPACE}2,50 per inwoner, vanaf 2027 elk jaar 2,5% hoger (CPB)",
    ]
