"""What was sent never changes, and what was agreed never either, by whatever path."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from extranet.agreements.models import Article, Consent
from extranet.agreements.services.articles import (
    ArticleInput,
    add_article,
    change_article,
    move_article,
    remove_article,
)
from extranet.agreements.services.creating import Description, describe_draft
from extranet.agreements.services.force import bring_into_force
from extranet.agreements.services.parties import set_parties
from extranet.errors import Conflict
from tests.agreements.agreements import AGREED, all_consent, answer, make_agreed, make_next, send

VALUES = ArticleInput(title="Anders", body="Anders.")
SERVICES = {
    "describe": lambda s, v, _a: describe_draft(
        s, version=v, description=Description(title="Anders"), actor=None
    ),
    "add": lambda s, v, _a: add_article(s, version=v, values=VALUES, actor=None),
    "change": lambda s, v, a: change_article(s, version=v, article=a, values=VALUES, actor=None),
    "move": lambda s, v, a: move_article(s, version=v, article=a, direction="down", actor=None),
    "remove": lambda s, v, a: remove_article(s, version=v, article=a, actor=None),
    "parties": lambda s, v, _a: set_parties(s, version=v, organisation_ids=[], actor=None),
}


@pytest.fixture
def agreed(database):
    """An agreement in force, and a version that waits for the second and third party."""
    with database.unit_of_work() as session:
        made = make_agreed(session)
        send(session, made)
        all_consent(session, made)
        bring_into_force(session, AGREED)
        make_next(session, made)
        send(session, made, 2)
        answer(session, made, "Gemeente 01", number=2)
    return made


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("name", SERVICES)
def test_service_refuses_what_was_sent(database, agreed, name, number):
    with database.unit_of_work() as session:
        version = agreed.version(session, number)
        article = session.scalars(
            select(Article).where(Article.version_id == version.id, Article.position == 1)
        ).one()
        with pytest.raises(Conflict):
            SERVICES[name](session, version, article)


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agreement_versions SET title = 'x' WHERE id = :id",
        "UPDATE agreement_versions SET intro = 'x' WHERE id = :id",
        "UPDATE agreement_versions SET in_force_from = NULL WHERE id = :id",
        "UPDATE agreement_versions SET fingerprint = '' WHERE id = :id",
        "UPDATE agreement_versions SET state = 'draft' WHERE id = :id",
        "DELETE FROM agreement_versions WHERE id = :id",
        "UPDATE agreement_articles SET body = 'x' WHERE version_id = :id",
        "DELETE FROM agreement_articles WHERE version_id = :id",
        (
            "INSERT INTO agreement_articles"
            " (version_id, key, position, title, body, source, law, version)"
            " VALUES (:id, 'x', 9, 'x', 'x', '', '', 1)"
        ),
        "UPDATE agreement_parties SET name = 'x' WHERE version_id = :id",
        "DELETE FROM agreement_parties WHERE version_id = :id",
        "DELETE FROM agreement_consents WHERE version_id = :id",
    ],
)
def test_database_refuses_what_was_sent(database, agreed, statement, number):
    with database.reading() as session:
        values = {"id": agreed.version_id(session, number)}

    with pytest.raises(IntegrityError), database.unit_of_work() as session:
        session.execute(text(statement), values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agreement_consents SET answer = 'decline' WHERE version_id = :first",
        "UPDATE agreement_consents SET version_id = :first WHERE version_id = :second",
        "UPDATE agreement_versions SET in_force_on = '2020-01-01' WHERE id = :first",
        "UPDATE agreement_versions SET state = 'withdrawn', in_force_on = NULL WHERE id = :first",
        "UPDATE agreement_versions SET state = 'superseded' WHERE id = :second",
        (
            "INSERT INTO agreement_consents (version_id, organisation_id, answer, remark,"
            " body_name, decided_on, evidence, recorded_at, version)"
            " SELECT version_id, organisation_id, 'consent', '', 'x', '2026-01-01', 'x',"
            " recorded_at, 1 FROM agreement_consents WHERE version_id = :first"
        ),
    ],
)
def test_database_refuses_what_was_agreed(database, agreed, statement):
    with database.reading() as session:
        numbers = {
            "first": agreed.version_id(session, 1),
            "second": agreed.version_id(session, 2),
        }
    used = {name: value for name, value in numbers.items() if f":{name}" in statement}

    with pytest.raises(IntegrityError), database.unit_of_work() as session:
        session.execute(text(statement), used)


def test_answer_to_a_sent_version_may_still_change(database, agreed):
    with database.unit_of_work() as session:
        answer(session, agreed, "Gemeente 01", "decline", "Toch niet.", number=2)
        version = agreed.version(session, 2)
        assert session.get(Consent, (version.id, agreed.ids[0])).answer == "decline"
