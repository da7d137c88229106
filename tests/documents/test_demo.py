"""The documents of the demo are real files, and say that they are examples."""

import io

import click
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from extranet.db import Database
from extranet.demo.cli import fill_apart, is_empty
from extranet.documents.models import DocumentVersion
from extranet.documents.rules.uploads import read_upload
from extranet.files import FileStore
from extranet.migrations import upgrade
from tests.conftest import make_config


def text_of(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode()


def test_every_file_is_what_its_name_says_and_an_example(demo_app, demo_database, tmp_path):
    files = demo_app.extensions["extranet_files"]
    with demo_database.reading() as session:
        versions = session.scalars(select(DocumentVersion)).all()

    assert len(versions) == 5
    for version in versions:
        content = b"".join(files.read(version.storage_key))
        upload = read_upload(io.BytesIO(content), name=version.file_name, most_megabytes=1)
        assert (upload.media_type, upload.sha256) == (version.media_type, version.sha256)
        assert "Voorbeeld: dit is geen echt stuk" in text_of(content)


@pytest.fixture
def sqlite(tmp_path):
    """A configuration of the demo on a database of its own, with tables."""
    config = make_config(f"sqlite:///{tmp_path / 'demo.sqlite3'}", tmp_path, demo=True)
    database = Database(config.database_url)
    upgrade(database)
    yield config, database
    database.dispose()


def test_filling_apart_leaves_this_process_free_to_fork(sqlite, monkeypatch):
    config, database = sqlite
    monkeypatch.setattr(FileStore, "_process", None)

    fill_apart(config)

    assert not is_empty(database)
    assert FileStore._process is None
    with database.reading() as session:
        assert len(session.scalars(select(DocumentVersion)).all()) == 5


def test_filling_that_fails_ends_the_command(sqlite):
    config, _database = sqlite
    (config.instance_dir / "files").parent.mkdir(parents=True)
    (config.instance_dir / "files").write_text("in the way")

    with pytest.raises(click.ClickException, match="could not be filled"):
        fill_apart(config)
