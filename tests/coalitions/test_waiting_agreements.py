"""Agreements that wait for an answer, and starting one in one go."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event, select

from extranet.agreements.models import AgreementVersion
from extranet.agreements.services.answering import AnswerInput
from extranet.agreements.services.creating import Description
from extranet.coalitions.models import Plustaak, PlustaakState
from extranet.coalitions.queries.contract_agreement import agreement_standing
from extranet.coalitions.queries.waiting_agreements import WaitingAgreement, waiting_agreements
from extranet.coalitions.services.agreement import agree
from extranet.errors import Conflict
from tests.coalitions.alliances import make_alliance
from tests.coalitions.contracts import DECIDED, answer, send, write
from tests.coalitions.plustaken import make_plustaak

PARTIES = ("Weert", "Venray", "Beesel")
SENT_ON = date(2026, 11, 23)


@pytest.fixture
def alliance(session):
    """A coalition of three municipalities."""
    return make_alliance(session)


def make_sent(session, alliance, plugin, coalition=None):
    parties = [alliance.organisations[name] for name in PARTIES]
    plustaak = make_plustaak(
        session, coalition=coalition or alliance.coalition, parties=parties, plugin=plugin
    )
    write(session, alliance.region, plustaak, parties)
    send(session, alliance.region, plustaak)
    return plustaak


def names(alliance, *wanted):
    return {alliance.organisations[name].id: name for name in wanted}


def test_it_says_for_whom_each_waits_and_since_when(session, alliance):
    plustaak = make_sent(session, alliance, "infoavond")
    answer(session, alliance.region, plustaak, alliance.organisations["Weert"])
    make_sent(session, alliance, "expertpool", coalition=alliance.other)

    (found,) = waiting_agreements(session, coalition_id=alliance.coalition.id)

    assert found == WaitingAgreement(
        plugin="infoavond",
        number=1,
        sent_on=SENT_ON,
        reminded_on=None,
        waiting=names(alliance, "Venray", "Beesel"),
    )
    assert found.waits_for(alliance.organisations["Venray"].id)
    assert not found.waits_for(alliance.organisations["Weert"].id)


@pytest.mark.parametrize("why", ["answered", "off", "draft"])
def test_nothing_waits_where_nobody_is_asked(session, alliance, why):
    if why == "draft":
        write(session, alliance.region, make_plustaak(session, coalition=alliance.coalition), [])
    else:
        plustaak = make_sent(session, alliance, "infoavond")
        if why == "off":
            plustaak.state = PlustaakState.OFF
            session.flush()
        for name in PARTIES if why == "answered" else ():
            party = alliance.organisations[name]
            answer(session, alliance.region, plustaak, party, said="decline")

    assert waiting_agreements(session, coalition_id=alliance.coalition.id) == ()


def test_three_agreements_take_as_many_statements_as_one(database):
    counts = []
    with database.unit_of_work() as session:
        alliance = make_alliance(session)
    for plugins in (("infoavond",), ("expertpool", "traineeship")):
        with database.unit_of_work() as session:
            for plugin in plugins:
                make_sent(session, alliance, plugin)
        seen = []

        def note(_connection, _cursor, statement, *_rest, seen=seen):
            seen.append(statement)

        event.listen(database.read_engine, "before_cursor_execute", note)
        with database.reading() as session:
            found = waiting_agreements(session, coalition_id=alliance.coalition.id)
        event.remove(database.read_engine, "before_cursor_execute", note)
        counts.append((len(found), len(seen)))

    assert counts == [(1, 2), (3, 2)]


def decided(said="consent", remark=""):
    return AnswerInput(
        answer=said,
        remark=remark,
        body_name="college",
        decided_on=DECIDED,
        evidence="besluitenlijst 20 november 2026, punt 4",
    )


def test_agreement_is_started_sent_and_answered_in_one_go(session, alliance):
    parties = [alliance.organisations[name] for name in PARTIES]
    plustaak = make_plustaak(session, coalition=alliance.coalition, parties=parties)
    described = Description(title="Infoavonden", intro="Samen.", in_force_from=date(2026, 11, 1))

    agree(
        session,
        coalition=alliance.coalition,
        plustaak=plustaak,
        description=described,
        answers={
            parties[0].id: decided(),
            parties[1].id: decided("remark", "Graag in mei."),
            parties[2].id: decided(),
        },
        address="http://localhost/",
        actor=None,
    )

    standing = agreement_standing(session, plustaak)
    assert (standing.state, standing.in_force_on, standing.holds) == ("in_force", DECIDED, True)
    assert session.scalars(select(AgreementVersion.title)).all() == ["Infoavonden"]


def test_agreement_of_a_plustaak_that_is_off_is_not_started(session, alliance):
    plustaak = make_plustaak(session, coalition=alliance.coalition, state=PlustaakState.OFF)

    with pytest.raises(Conflict):
        agree(
            session,
            coalition=alliance.coalition,
            plustaak=session.get_one(Plustaak, plustaak.id),
            description=Description(title="Infoavonden"),
            answers={},
            address="",
            actor=None,
        )
