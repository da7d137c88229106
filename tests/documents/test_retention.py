"""What is erased, what is swept, and what is left alone."""

import io
import os
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from extranet.clock import today
from extranet.db import Database
from extranet.documents.cli import sweep_files
from extranet.documents.models import Document, DocumentVersion
from extranet.documents.services.documents import withdraw_document
from extranet.documents.services.retention import BATCH, compare_files, erase_expired
from extranet.files import FileStore
from tests.documents.papers import keys_of, make_document

STRAY = "ab/" + "ab" * 16


def keep_until(session, days, **values):
    return {
        "retention_until": today(session) + timedelta(days=days),
        "retention_ground": "Resultaat 11.1",
        **values,
    }


def test_only_what_was_kept_long_enough_is_erased(database, files, noord, clock):
    with database.unit_of_work() as session:
        ended = make_document(session, files=files, region=noord, **keep_until(session, 9))
        withdrawn = make_document(session, files=files, region=noord, **keep_until(session, 9))
        withdraw_document(session, document=withdrawn, reason="Fout", actor=None)
        last_day = make_document(session, files=files, region=noord, **keep_until(session, 10))
        for_ever = make_document(session, files=files, region=noord)
    clock.advance(days=10)

    with database.unit_of_work() as session:
        assert erase_expired(session, files=files) == 2
    with database.unit_of_work() as session:
        assert erase_expired(session, files=files) == 0

    with database.reading() as session:
        kept = session.execute(select(DocumentVersion.document_id, DocumentVersion.storage_key))
        assert {row.document_id for row in kept} == {last_day.id, for_ever.id}
        assert len(keys_of(files)) == 2
        erased = session.get_one(Document, ended.id)
        assert erased.erased_at == clock.now()
        assert erased.title == "Notitie"


def test_erasing_goes_in_batches(database, files, noord, clock, monkeypatch):
    monkeypatch.setattr("extranet.documents.services.retention.BATCH", 2)
    assert BATCH == 100
    with database.unit_of_work() as session:
        for _ in range(3):
            make_document(session, files=files, region=noord, **keep_until(session, 1))
    clock.advance(days=2)

    found = []
    for _ in range(3):
        with database.unit_of_work() as session:
            found.append(erase_expired(session, files=files))

    assert found == [2, 1, 0]


def compared(database, files):
    with database.reading() as session:
        return compare_files(session, files=files)


def test_stray_file_goes_after_a_day_and_nothing_else(database, files, noord, clock):
    with database.unit_of_work() as session:
        make_document(session, files=files, region=noord)
    for key in (STRAY, "not-ours.txt", "ab/other"):
        files.put(key, io.BytesIO(b"x"))
    clock.set(datetime.now(UTC) + timedelta(hours=23))
    assert compared(database, files).strays == 0
    clock.set(datetime.now(UTC) + timedelta(hours=25))

    found = compared(database, files)

    assert (found.strays, found.missing) == (1, ())
    assert keys_of(files) >= {"not-ours.txt", "ab/other"}
    assert len(keys_of(files)) == 3


def test_missing_file_is_named(database, files, noord, clock):
    with database.unit_of_work() as session:
        make_document(session, files=files, region=noord)
    (key,) = keys_of(files)
    files.delete(key)
    clock.advance(days=2)

    assert compared(database, files).missing == (key,)


@pytest.fixture
def sweep(config, database_url):
    """Run the command on the database of the test."""
    return lambda: CliRunner().invoke(sweep_files, obj=lambda: (config, Database(database_url)))


def test_command_erases_sweeps_and_says_so(sweep, database, config, noord, clock):
    files = FileStore(config)
    clock.set(datetime.now(UTC) - timedelta(days=30))
    with database.unit_of_work() as session:
        make_document(session, files=files, region=noord, **keep_until(session, 3))
        make_document(session, files=files, region=noord)
    files.put(STRAY, io.BytesIO(b"x"))
    two_days_ago = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(config.instance_dir / "files" / STRAY, (two_days_ago, two_days_ago))

    result = sweep()

    assert (result.exit_code, result.output) == (
        0, "1 documents erased, 1 stray files removed.\n",
    )  # fmt: skip
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(DocumentVersion)) == 1


def test_command_fails_when_a_file_is_missing(sweep, database, config, noord, clock):
    files = FileStore(config)
    clock.set(datetime.now(UTC) - timedelta(days=30))
    with database.unit_of_work() as session:
        make_document(session, files=files, region=noord)
    (key,) = keys_of(files)
    files.delete(key)

    result = sweep()

    assert result.exit_code == 1
    assert f"1 files are missing; put them back from the backup: {key}" in result.output
