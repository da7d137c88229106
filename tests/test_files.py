"""The file store, the same on a folder and on a bucket."""

import io
import multiprocessing
from datetime import UTC, datetime, timedelta

import pytest

from extranet.config import Config, ConfigurationError
from extranet.errors import Unavailable
from extranet.files import FileStore
from tests.bucket import BUCKET, running_bucket

KEY = "ab/" + "ab" * 16


@pytest.fixture(scope="module")
def bucket():
    """The address of an object store."""
    with running_bucket() as address:
        yield address


@pytest.fixture(params=["folder", "bucket"])
def config(request, tmp_path):
    """A configuration of either kind of store; each test has a folder or prefix of its own."""
    if request.param == "folder":
        return Config(environment="development", instance_dir=tmp_path)
    return Config(
        environment="development",
        instance_dir=tmp_path,
        files_url=f"s3://{BUCKET}/{tmp_path.name}/",
        files_endpoint=request.getfixturevalue("bucket"),
        files_key="key",
        files_secret="a secret of the bucket",
    )


@pytest.fixture
def files(config):
    """The store of the configuration."""
    return FileStore(config)


def keys(files):
    return [file.key for batch in files.files() for file in batch]


def test_file_is_read_as_it_was_put(files):
    content = bytes(range(256)) * 5000

    files.put(KEY, io.BytesIO(content))

    pieces = list(files.read(KEY))
    assert b"".join(pieces) == content
    assert len(pieces) > 1


def test_put_starts_where_the_file_stands(files):
    file = io.BytesIO(b"abcdef")
    file.seek(3)

    files.put(KEY, file)

    assert list(files.read(KEY)) == [b"def"]


def test_put_never_writes_over_a_file(files):
    files.put(KEY, io.BytesIO(b"first"))

    with pytest.raises(Unavailable):
        files.put(KEY, io.BytesIO(b"second"))

    assert list(files.read(KEY)) == [b"first"]


def test_files_tells_key_size_and_moment(files):
    assert keys(files) == []
    files.put(KEY, io.BytesIO(b"abc"))

    ((file,),) = files.files()

    assert (file.key, file.size_bytes) == (KEY, 3)
    assert abs(datetime.now(UTC) - file.written_at) < timedelta(minutes=1)


def test_deleted_file_is_gone_and_deleting_it_again_is_fine(files):
    files.put(KEY, io.BytesIO(b"abc"))

    files.delete(KEY)
    files.delete(KEY)

    assert keys(files) == []
    with pytest.raises(Unavailable):
        files.read(KEY)


def test_store_looks_only_in_its_own_folder_or_prefix(files, config, tmp_path):
    elsewhere = Config(
        environment="development",
        instance_dir=tmp_path,
        files_url=f"{config.files_url.rstrip('/')}x/",
        files_endpoint=config.files_endpoint,
        files_key=config.files_key,
        files_secret=config.files_secret,
    )
    FileStore(elsewhere).put(KEY, io.BytesIO(b"of another"))

    assert keys(files) == []


def test_folder_is_for_its_owner_only(tmp_path):
    FileStore(Config(environment="development", instance_dir=tmp_path)).put(KEY, io.BytesIO(b"a"))

    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700


def test_store_that_does_not_answer_is_unavailable(tmp_path):
    config = Config(
        environment="development",
        instance_dir=tmp_path,
        files_url=f"s3://{BUCKET}",
        files_endpoint="http://127.0.0.1:9",
        files_key="key",
        files_secret="secret",
    )

    with pytest.raises(Unavailable):
        FileStore(config).put(KEY, io.BytesIO(b"a"))


def read_after_fork(files, results):
    try:
        list(files.read(KEY))
    except RuntimeError as error:
        results.put(str(error))


def test_store_refuses_to_work_after_a_fork(tmp_path):
    files = FileStore(Config(environment="development", instance_dir=tmp_path))
    files.put(KEY, io.BytesIO(b"a"))
    forking = multiprocessing.get_context("fork")
    results = forking.SimpleQueue()
    child = forking.Process(target=read_after_fork, args=(files, results))

    child.start()
    child.join(20)

    assert child.exitcode == 0
    assert "before this process was forked" in results.get()


@pytest.mark.parametrize("url", ["files", "/srv/files", "gs://bucket", "file://host/folder"])
def test_address_that_is_no_folder_and_no_bucket_is_refused(tmp_path, url):
    with pytest.raises(ConfigurationError, match="EXTRANET_FILES_URL"):
        Config(environment="development", instance_dir=tmp_path, files_url=url)


def test_secret_of_the_bucket_is_not_shown(tmp_path):
    config = Config(environment="development", instance_dir=tmp_path, files_secret="geheim")

    assert "geheim" not in repr(config)
