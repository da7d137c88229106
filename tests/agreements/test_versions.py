"""A version from draft to in force, and the next one beside it."""

from datetime import UTC, date, datetime
from threading import Thread

import pytest
from sqlalchemy import select

from extranet.activity.models import ActivityEntry
from extranet.agreements.events import (
    AgreementInForce,
    AgreementSent,
    AgreementWithdrawn,
    PartyConsented,
    PartyDeclined,
)
from extranet.agreements.models import AgreementVersion, Article
from extranet.agreements.queries.articles import articles_of, text_of
from extranet.agreements.queries.current import (
    consented_organisations,
    find_agreement,
)
from extranet.agreements.queries.parties import parties_of
from extranet.agreements.rules import Clause, canonical_text, fingerprint
from extranet.agreements.services.answering import record_answer
from extranet.agreements.services.clauses import change_clause, restore_clause
from extranet.agreements.services.creating import create_from_template, discard_draft
from extranet.agreements.services.force import bring_into_force
from extranet.agreements.services.parties import set_parties
from extranet.agreements.services.sending import withdraw_version
from extranet.errors import Conflict, InvalidInput, NotFound
from tests.agreements.agreements import (
    AGREED,
    OWNER,
    all_consent,
    an_answer,
    answer,
    make_agreed,
    make_next,
    send,
)
from tests.factories import make_organisation

FIRST, SECOND, THIRD = (f"Gemeente 0{number}" for number in (1, 2, 3))


@pytest.fixture
def events(database):
    """Every event of agreements, in order."""
    seen = []
    for kind in (
        AgreementSent, AgreementWithdrawn, PartyConsented, PartyDeclined, AgreementInForce
    ):  # fmt: skip
        database.subscriptions.subscribe(kind, lambda _session, event: seen.append(event))
    return seen


def states(session, agreed):
    found = find_agreement(session, **agreed.where())
    return {version.number: version.state for version in found.versions}


def come(clock, session, agreed):
    """Let the agreed date come, and the daily job run."""
    clock.set(datetime(2026, 12, 1, 6, tzinfo=UTC))
    return bring_into_force(session, AGREED)


def test_template_makes_a_draft_of_clauses_and_own_articles(session):
    agreed = make_agreed(session)

    articles = session.scalars(select(Article).order_by(Article.position)).all()

    assert [(a.key, a.source) for a in articles] == [
        ("subject", "clause:subject"),
        ("evenings", "template:evenings"),
        ("leaving", "clause:leaving"),
    ]
    assert "Infoavonden" in articles[0].body
    assert "Regio Noord" in articles[0].body
    assert states(session, agreed) == {1: "draft"}


def test_region_s_own_clause_is_used_and_can_be_brought_back(session):
    agreed = make_agreed(session)
    own = Clause(subject="leaving", title="Weg", body="Wie weg wil, gaat.")
    region_id = agreed.region.id

    change_clause(session, region_id=region_id, values=own, actor=None)
    create_from_template(
        session,
        region_id=region_id,
        owner="plustaak:13",
        title="B",
        clauses=["leaving"],
        actor=None,
    )
    restore_clause(session, region_id=region_id, subject="leaving", actor=None)
    create_from_template(
        session,
        region_id=region_id,
        owner="plustaak:14",
        title="C",
        clauses=["leaving"],
        actor=None,
    )

    titles = session.scalars(select(Article.title).order_by(Article.id)).all()
    assert titles[-2:] == ["Weg", "Opzeggen"]


def test_owner_has_one_agreement_and_another_region_none(session):
    agreed = make_agreed(session)
    other = make_agreed(session, slug="zuid")

    with pytest.raises(Conflict):
        create_from_template(session, **agreed.where(), title="Nog een", actor=None)
    assert find_agreement(session, region_id=other.region.id, owner="plustaak:99") is None
    assert len(find_agreement(session, **other.where()).versions) == 1


def test_in_force_when_all_consented_and_the_day_has_come(session, clock, events):
    agreed = make_agreed(session)
    send(session, agreed)

    all_consent(session, agreed)
    assert states(session, agreed) == {1: "sent"}
    assert bring_into_force(session, date(2026, 11, 30)) == 0
    assert consented_organisations(session, **agreed.where()) == frozenset()

    assert come(clock, session, agreed) == 1
    assert bring_into_force(session, AGREED) == 0
    assert states(session, agreed) == {1: "in_force"}
    assert consented_organisations(session, **agreed.where()) == frozenset(agreed.ids)
    kinds = [type(event).__name__ for event in events]
    assert kinds == ["AgreementSent", *["PartyConsented"] * 3, "AgreementInForce"]
    assert (events[-1].in_force_on, events[-1].owner) == (AGREED, OWNER)


def test_last_consent_after_the_day_brings_it_into_force_at_once(session, clock):
    agreed = make_agreed(session)
    send(session, agreed)
    for name in (FIRST, SECOND):
        answer(session, agreed, name)
    assert come(clock, session, agreed) == 0
    clock.advance(days=9)

    answer(session, agreed, THIRD, "remark", "Graag in mei.", decided_on=date(2026, 12, 8))

    version = agreed.version(session)
    assert (version.state, version.in_force_on) == ("in_force", date(2026, 12, 8))


def test_declining_blocks_says_who_and_why_and_can_be_corrected(session, clock, events):
    agreed = make_agreed(session)
    send(session, agreed)
    answer(session, agreed, FIRST)
    answer(session, agreed, SECOND, "decline", "Te duur.")
    come(clock, session, agreed)

    found = find_agreement(session, **agreed.where())
    standing = found.standing(found.coming)
    assert [(one.name, one.remark) for one in standing.declined] == [(SECOND, "Te duur.")]
    assert [one.name for one in standing.waiting] == [THIRD]

    answer(session, agreed, THIRD)
    answer(session, agreed, SECOND)

    assert states(session, agreed) == {1: "in_force"}
    assert consented_organisations(session, **agreed.where()) == set(agreed.ids)
    assert [type(event) for event in events[1:4]] == [PartyConsented, PartyDeclined, PartyConsented]
    corrected = session.scalars(
        select(ActivityEntry).where(ActivityEntry.action == "agreement.answer_corrected")
    ).one()
    assert corrected.before == {"answer": "decline", "remark": "Te duur."}
    assert corrected.after == {"answer": "consent", "remark": ""}


def test_old_version_stays_in_force_until_all_consent_to_the_new_one(session, clock):
    agreed = make_agreed(session)
    send(session, agreed)
    all_consent(session, agreed)
    come(clock, session, agreed)
    version = make_next(session, agreed)
    joining = make_organisation(session, name="Gemeente 04")
    set_parties(session, version=version, organisation_ids=[*agreed.ids, joining.id], actor=None)
    agreed.members["Gemeente 04"] = joining
    send(session, agreed, 2)

    for name in (FIRST, SECOND, THIRD):
        answer(session, agreed, name, number=2)
        assert states(session, agreed) == {1: "in_force", 2: "sent"}
    assert joining.id not in consented_organisations(session, **agreed.where())

    answer(session, agreed, "Gemeente 04", number=2)
    assert states(session, agreed) == {1: "superseded", 2: "in_force"}
    assert joining.id in consented_organisations(session, **agreed.where())


def test_withdrawn_version_leaves_the_old_one_and_a_new_one_can_start(session, clock, events):
    agreed = make_agreed(session)
    send(session, agreed)
    all_consent(session, agreed)
    come(clock, session, agreed)
    make_next(session, agreed)
    send(session, agreed, 2)

    with pytest.raises(InvalidInput):
        make_next(session, agreed)
    with pytest.raises(InvalidInput):
        withdraw_version(session, version=agreed.version(session, 2), reason=" ", actor=None)
    withdraw_version(session, version=agreed.version(session, 2), reason="Fout.", actor=None)

    assert states(session, agreed) == {1: "in_force", 2: "withdrawn"}
    assert type(events[-1]) is AgreementWithdrawn
    with pytest.raises(Conflict):
        answer(session, agreed, FIRST, number=2)
    make_next(session, agreed, source=2)
    assert states(session, agreed)[3] == "draft"


def test_new_version_keeps_keys_texts_and_parties(session, clock):
    agreed = make_agreed(session)
    send(session, agreed)
    all_consent(session, agreed)
    come(clock, session, agreed)

    version = make_next(session, agreed)

    old, new = (articles_of(session, v.id) for v in (agreed.version(session), version))
    assert [(a.key, a.body, a.source) for a in new] == [(a.key, a.body, a.source) for a in old]
    assert [p.organisation_id for p in parties_of(session, version.id)] == agreed.ids
    assert {p.answer for p in parties_of(session, version.id)} == {None}


def test_draft_can_be_discarded_but_not_the_first(session, clock):
    agreed = make_agreed(session)
    with pytest.raises(InvalidInput):
        discard_draft(session, version=agreed.version(session), actor=None)
    send(session, agreed)
    with pytest.raises(Conflict):
        discard_draft(session, version=agreed.version(session), actor=None)
    all_consent(session, agreed)
    come(clock, session, agreed)

    discard_draft(session, version=make_next(session, agreed), actor=None)

    assert states(session, agreed) == {1: "in_force"}
    assert make_next(session, agreed).number == 2


def test_hash_is_of_the_text_and_stays_when_an_organisation_is_renamed(session):
    agreed = make_agreed(session)
    agreed.members[FIRST].name = "Gemeente 00"
    session.flush()
    send(session, agreed)
    agreed.members[FIRST].name = "Gemeente Anders"
    session.flush()

    facts = find_agreement(session, **agreed.where()).coming
    text = text_of(facts, articles_of(session, facts.id), parties_of(session, facts.id))
    assert facts.fingerprint == fingerprint(text)
    assert "Gemeente 00" in canonical_text(text)
    assert "Gemeente Anders" not in canonical_text(text)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"answer": "perhaps"}, "answer"),
        ({"answer": "decline"}, "remark"),
        ({"answer": "remark"}, "remark"),
        ({"remark": "Zonder keuze"}, "answer"),
        ({"body_name": ""}, "body_name"),
        ({"evidence": ""}, "evidence"),
        ({"decided_on": date(2026, 11, 24)}, "decided_on"),
    ],
)
def test_answer_needs_its_remark_body_evidence_and_a_day_that_was(session, values, field):
    agreed = make_agreed(session)
    send(session, agreed)

    with pytest.raises(InvalidInput) as refusal:
        answer(session, agreed, FIRST, **values)
    assert set(refusal.value.fields) == {field}


def test_who_is_no_party_does_not_answer_and_nobody_answers_a_draft(session):
    agreed = make_agreed(session)
    stranger = make_organisation(session)
    with pytest.raises(Conflict):
        answer(session, agreed, FIRST)
    send(session, agreed)
    with pytest.raises(NotFound):
        record_answer(
            session,
            version=agreed.version(session),
            organisation_id=stranger.id,
            values=an_answer(),
            actor=None,
        )


def test_two_who_consent_at_the_same_moment_bring_it_into_force_once(database, clock, events):
    with database.unit_of_work() as session:
        agreed = make_agreed(session, count=2)
        send(session, agreed)
    clock.set(datetime(2026, 12, 2, 6, tzinfo=UTC))

    def consent(name):
        with database.unit_of_work() as session:
            answer(session, agreed, name)

    with database.unit_of_work() as session:
        answer(session, agreed, FIRST)
        thread = Thread(target=consent, args=(SECOND,))
        thread.start()
        thread.join(0.3)
    thread.join()

    with database.reading() as session:
        assert states(session, agreed) == {1: "in_force"}
    assert [type(event) for event in events].count(AgreementInForce) == 1


def test_two_who_start_a_version_at_the_same_moment_make_one(database, clock):
    with database.unit_of_work() as session:
        agreed = make_agreed(session)
        send(session, agreed)
        all_consent(session, agreed)
        come(clock, session, agreed)
    refusals = []

    def start():
        try:
            with database.unit_of_work() as session:
                make_next(session, agreed)
        except InvalidInput as refusal:
            refusals.append(refusal)

    with database.unit_of_work() as session:
        make_next(session, agreed)
        thread = Thread(target=start)
        thread.start()
        thread.join(0.3)
    thread.join()

    assert len(refusals) == 1
    with database.reading() as session:
        assert sorted(session.scalars(select(AgreementVersion.number))) == [1, 2]
