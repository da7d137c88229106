"""When the calendar turns, agreements come into force and coalitions are counted again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from extranet.agreements.models import AgreementVersion
from extranet.cli import main
from extranet.coalitions.models import Coalition, Participation
from extranet.config import Config
from extranet.daily import HANDLERS
from extranet.db import Database
from extranet.outbox.models import Job, Mail
from extranet.outbox.services.jobs import run_due, schedule
from tests.coalitions.alliances import Alliance, make_alliance
from tests.coalitions.contracts import answer, send, write
from tests.coalitions.plustaken import make_plustaak
from tests.conftest import SettableClock

PARTIES = ("Weert", "Venray", "Beesel")


@pytest.fixture
def alliance(database: Database) -> Alliance:
    """A coalition with an agreement that waits for 1 December, and a member that leaves then."""
    with database.unit_of_work() as session:
        made = make_waiting(session, PARTIES)
        leaving = session.get_one(Participation, made.participations["Beesel"].id)
        leaving.until_date = date(2026, 11, 30)
    return made


def make_waiting(session: Session, answered: Iterable[str]) -> Alliance:
    """Make a coalition with an agreement that was sent and to which these consented."""
    made = make_alliance(session)
    parties = [made.organisations[name] for name in PARTIES]
    plustaak = make_plustaak(session, coalition=made.coalition, parties=parties)
    write(session, made.region, plustaak, parties)
    send(session, made.region, plustaak, day=date(2026, 12, 1))
    for name in answered:
        answer(session, made.region, plustaak, made.organisations[name])
    return made


def mails(database: Database) -> int:
    """Return how many mails there are."""
    with database.reading() as session:
        return len(session.scalars(select(Mail.id)).all())


def work(database: Database) -> int:
    """Do one round of the core's own work."""
    schedule(database, HANDLERS)
    return run_due(database, HANDLERS)


def states(database: Database, alliance: Alliance) -> tuple[str, str]:
    """Return the state of the agreement and that of the coalition."""
    with database.reading() as session:
        version = session.scalars(select(AgreementVersion)).one()
        return version.state, session.get_one(Coalition, alliance.coalition.id).state


def test_day_that_comes_brings_into_force_and_counts_again(
    database: Database, alliance: Alliance, clock: SettableClock
):
    assert work(database) == 2
    assert states(database, alliance) == ("sent", "active")

    clock.set(datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    assert work(database) == 2

    assert states(database, alliance) == ("in_force", "below_threshold")


def test_work_returns_within_the_hour_and_changes_nothing_twice(
    database: Database, alliance: Alliance, clock: SettableClock
):
    clock.set(datetime(2026, 12, 1, 9, tzinfo=UTC))
    work(database)
    before = mails(database)

    assert work(database) == 0
    clock.advance(hours=1)
    assert work(database) == 2

    assert mails(database) == before
    with database.reading() as session:
        assert sorted(session.scalars(select(Job.period))) == sorted(HANDLERS)


def test_nobody_is_reminded_without_a_person_who_asks_for_it(
    database: Database, clock: SettableClock
):
    with database.unit_of_work() as session:
        make_waiting(session, ())
    before = mails(database)

    for _ in range(5):
        clock.advance(days=7)
        work(database)

    assert mails(database) == before


def test_worker_of_the_site_does_it(config: Config, alliance: Alliance, monkeypatch):
    monkeypatch.setenv("EXTRANET_DATABASE_URL", config.database_url)
    monkeypatch.setenv("EXTRANET_INSTANCE_DIR", str(config.instance_dir))

    done = CliRunner().invoke(main, ["deliver-mail"])

    assert done.exit_code == 0, done.output
    database = Database(config.database_url)
    with database.reading() as session:
        assert set(HANDLERS) <= set(session.scalars(select(Job.period)))
    database.dispose()
