"""The log of changes: who, where, what, in the transaction of the change itself."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from extranet.access import Actor, OrganisationRef, RegionRef
from extranet.activity.models import ActivityEntry
from extranet.activity.services import Subject, record
from extranet.db import Database

ACTOR = Actor(
    person_id=7,
    login_session_id=1,
    name="Karin Peters",
    locale="nl",
    is_operator=False,
    region=RegionRef(id=3, slug="nml", name="Noord- en Midden-Limburg", is_example=False),
    organisation=OrganisationRef(id=11, code="gm:0944", name="Mook en Middelaar"),
)
SUBJECT = Subject("membership", 5, "Venray")


def entries(database: Database) -> list[ActivityEntry]:
    with database.reading() as session:
        return list(session.scalars(select(ActivityEntry).order_by(ActivityEntry.id)))


def test_record_keeps_who_where_what_before_and_after(database: Database):
    with database.unit_of_work() as session:
        record(
            session,
            actor=ACTOR,
            action="membership.ended",
            subject=SUBJECT,
            before={"until": None},
            after={"until": "2027-12-31"},
        )

    (entry,) = entries(database)
    assert (entry.person_id, entry.region_id, entry.organisation_id) == (7, 3, 11)
    assert entry.at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert (entry.action, entry.subject_kind, entry.subject_id, entry.subject_label) == (
        "membership.ended",
        "membership",
        5,
        "Venray",
    )
    assert (entry.before, entry.after) == ({"until": None}, {"until": "2027-12-31"})


def test_record_keeps_the_persons_number_and_not_the_name(database: Database):
    with database.unit_of_work() as session:
        record(session, actor=ACTOR, action="membership.ended", subject=SUBJECT)

    (entry,) = entries(database)
    kept = [getattr(entry, column.name) for column in ActivityEntry.__table__.columns]
    assert ACTOR.person_id in kept
    assert ACTOR.name not in repr(kept)


def test_record_without_actor_is_the_programs_own_doing(database: Database):
    with database.unit_of_work() as session:
        record(session, actor=None, action="snapshot.imported", subject=SUBJECT, region_id=4)

    (entry,) = entries(database)
    assert (entry.person_id, entry.organisation_id, entry.region_id) == (None, None, 4)
    assert (entry.before, entry.after) == ({}, {})


def test_record_goes_with_a_change_that_is_rolled_back(database: Database):
    def change_and_fail() -> None:
        with database.unit_of_work() as session:
            record(session, actor=ACTOR, action="membership.ended", subject=SUBJECT)
            session.flush()
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        change_and_fail()
    assert entries(database) == []
