"""Storage: what commits, what cannot write, and moments that keep their meaning."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from extranet.activity.models import ActivityEntry
from extranet.db import Database, UtcDateTime
from extranet.membership.models import Region
from tests.factories import make_region

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def count_regions(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Region)) or 0


def entry(at: datetime) -> ActivityEntry:
    return ActivityEntry(
        at=at,
        action="proef.gedaan",
        subject_kind="proef",
        subject_id=1,
        subject_label="",
        before={},
        after={},
    )


def test_unit_of_work_commits_at_the_end_of_its_block(database: Database):
    with database.unit_of_work() as session:
        region = make_region(session)

    assert region.name.startswith("Regio ")
    assert count_regions(database) == 1


def test_unit_of_work_rolls_back_when_its_block_raises(database: Database):
    def make_and_fail() -> None:
        with database.unit_of_work() as session:
            make_region(session)
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        make_and_fail()
    assert count_regions(database) == 0


def test_unit_of_work_is_not_seen_before_it_commits(database: Database):
    with database.unit_of_work() as session:
        make_region(session)
        during = count_regions(database)

    assert (during, count_regions(database)) == (0, 1)


def test_reading_session_is_refused_by_the_database_when_it_writes(database: Database):
    with database.unit_of_work() as session:
        region = make_region(session)

    with database.reading() as session:
        for statement in (
            update(Region).where(Region.id == region.id).values(name="Overgenomen"),
            text("DELETE FROM regions"),
            text("CREATE TABLE intruders (id INTEGER)"),
        ):
            with pytest.raises(DBAPIError, match=r"read-?only"):
                session.execute(statement)
            session.rollback()
        stored = session.get_one(Region, region.id)
    assert stored.name == region.name


def test_reading_session_is_refused_when_it_flushes_and_commits(database: Database):
    with database.reading() as session:
        session.add(Region(slug="x", name="X", legal_form="sok"))
        with pytest.raises(DBAPIError):
            session.commit()

    assert count_regions(database) == 0


def test_foreign_keys_are_on(database: Database):
    with pytest.raises(DBAPIError), database.unit_of_work() as session:
        session.execute(
            text(
                "INSERT INTO bodies (region_id, name, kind, version) "
                "VALUES (999, 'Niemand', 'pfo', 1)"
            )
        )


def test_sessions_carry_the_clock_and_the_subscriptions(database: Database):
    with database.unit_of_work() as writing, database.reading() as reading:
        carried = {"clock": database.clock, "subscriptions": database.subscriptions}
        assert writing.info == carried
        assert reading.info == {**carried, "read_only": True}


@pytest.mark.parametrize(
    "zone", [UTC, ZoneInfo("Europe/Amsterdam"), timezone(timedelta(hours=-9, minutes=-30))]
)
def test_moment_comes_back_as_the_same_moment_in_utc(session: Session, zone: timezone):
    session.add(entry(NOON.astimezone(zone)))
    session.flush()
    session.expire_all()

    stored = session.scalars(select(ActivityEntry.at)).one()

    assert stored == NOON
    assert stored.tzinfo is UTC


def test_naive_moment_is_refused(database: Database):
    naive = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - what this test is about

    with (
        pytest.raises(StatementError, match="without time zone"),
        database.unit_of_work() as session,
    ):
        session.add(entry(naive))


def test_moments_are_ordered_by_when_they_are_not_by_how_they_were_written(session: Session):
    early = datetime(2026, 11, 23, 13, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    session.add_all([entry(NOON + timedelta(hours=1)), entry(early)])
    session.flush()

    found = session.scalars(select(ActivityEntry.at).order_by(ActivityEntry.at)).all()

    assert found == [early, NOON + timedelta(hours=1)]


@pytest.mark.one_database
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.timezones()))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_any_moment_survives_storage(session: Session, at: datetime):
    number = session.execute(
        insert(ActivityEntry).returning(ActivityEntry.id),
        {
            "at": at,
            "action": "a.b",
            "subject_kind": "a",
            "subject_id": 1,
            "subject_label": "",
            "before": {},
            "after": {},
        },
    ).scalar_one()

    stored = session.scalars(select(ActivityEntry.at).where(ActivityEntry.id == number)).one()

    assert stored == at.astimezone(UTC)


def test_no_moment_stays_no_moment():
    kind = UtcDateTime()

    assert kind.process_bind_param(None, None) is None  # type: ignore[arg-type]  # not looked at
    assert kind.process_result_value(None, None) is None  # type: ignore[arg-type]  # not looked at
