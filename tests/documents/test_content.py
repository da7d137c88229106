"""Files go with their transaction: a failed one leaves none, a double one leaves one."""

import threading

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from extranet.documents.models import Document, DocumentVersion
from extranet.documents.services.documents import DocumentValues, add_document
from extranet.documents.services.retention import erase_document
from extranet.errors import Unavailable
from extranet.files import FileStore
from tests.documents.papers import GOOD, keys_of, make_document, make_upload
from tests.factories import make_body

TOKEN = "a-token-of-a-form-that-is-long"


class Broken(Exception):
    """What breaks a transaction in these tests."""


def fail(*_args):
    raise Broken


def rows(database):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Document))


def test_committed_document_keeps_its_file(database, files, noord):
    with database.unit_of_work() as session:
        make_document(session, files=files, region=noord)

    assert len(keys_of(files)) == rows(database) == 1


def test_transaction_that_fails_leaves_no_file(database, files, noord):
    with pytest.raises(Broken), database.unit_of_work() as session:
        make_document(session, files=files, region=noord)
        assert len(keys_of(files)) == 1
        raise Broken

    assert (keys_of(files), rows(database)) == (set(), 0)


def test_transaction_that_fails_at_its_last_flush_leaves_no_file(database, files, noord):
    with pytest.raises(IntegrityError), database.unit_of_work() as session:
        make_document(session, files=files, region=noord)
        session.add(Document(region_id=noord.id, title=None))

    assert (keys_of(files), rows(database)) == (set(), 0)


def test_file_stays_when_nobody_knows_whether_the_commit_arrived(database, files, noord):
    with pytest.raises(Broken), database.unit_of_work() as session:
        make_document(session, files=files, region=noord)
        event.listen(session.connection().engine, "commit", fail, once=True)

    assert len(keys_of(files)) == 1


def test_savepoint_that_is_rolled_back_takes_no_file_of_the_others(database, files, noord):
    with database.unit_of_work() as session:
        make_document(session, files=files, region=noord)
        with pytest.raises(Broken), session.begin_nested():
            session.execute(text("SELECT 1"))
            raise Broken
        with session.begin_nested():
            session.execute(text("SELECT 1"))

    assert len(keys_of(files)) == rows(database) == 1


def test_later_transaction_of_the_same_session_takes_no_earlier_file(database, files, noord):
    info = {"clock": database.clock, "subscriptions": database.subscriptions}
    with Session(database.engine, info=info) as session:
        made = make_document(session, files=files, region=noord)
        session.commit()
        session.get_one(Document, made.id)
        session.rollback()

    assert len(keys_of(files)) == 1


def test_store_that_does_not_answer_leaves_no_row(database, config, noord, monkeypatch):
    files = FileStore(config)
    monkeypatch.setattr(config.__class__, "files_url", property(lambda _self: "s3://x/y"))
    monkeypatch.setattr(
        config.__class__, "files_endpoint", property(lambda _self: "http://127.0.0.1:9")
    )

    with pytest.raises(Unavailable), database.unit_of_work() as session:
        make_document(session, files=files, region=noord)

    assert rows(database) == 0


def test_erased_file_goes_after_the_commit_and_stays_without_one(database, files, noord):
    with database.unit_of_work() as session:
        document = make_document(session, files=files, region=noord)
    with pytest.raises(Broken), database.unit_of_work() as session:
        found = session.get_one(Document, document.id)
        erase_document(session, files=files, document=found, actor=None)
        raise Broken
    assert len(keys_of(files)) == 1

    with database.unit_of_work() as session:
        found = session.get_one(Document, document.id)
        erase_document(session, files=files, document=found, actor=None)
        session.flush()
        assert len(keys_of(files)) == 1

    assert keys_of(files) == set()
    assert rows(database) == 1


def test_two_at_the_same_moment_make_one_document_with_one_file(database, files, noord):
    with database.unit_of_work() as session:
        body = make_body(session, region=noord)
    start, made = threading.Barrier(2), []

    def send():
        start.wait()
        with database.unit_of_work() as session:
            added = add_document(
                session,
                files=files,
                region_id=noord.id,
                owner="",
                values=DocumentValues(title="Stuk", confidentiality="members", body_id=body.id),
                upload=make_upload(GOOD["pdf"], "a.pdf"),
                token=TOKEN,
                actor=None,
            )
            made.append(added.id)

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 2
    assert len(set(made)) == rows(database) == 1
    with database.reading() as session:
        assert set(session.scalars(select(DocumentVersion.storage_key))) == keys_of(files)
