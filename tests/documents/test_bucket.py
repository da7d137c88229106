"""The whole way of a file, in and out, on an object store."""

import io
import zipfile

import pytest

from extranet.access import Role
from extranet.config import Config
from tests.bucket import BUCKET, running_bucket
from tests.conftest import make_config
from tests.documents.papers import GOOD, keys_of
from tests.factories import make_body

pytestmark = pytest.mark.one_database


@pytest.fixture
def config(database_url, tmp_path) -> Config:
    """The configuration of a test, with its files in a bucket."""
    with running_bucket() as address:
        made = make_config(database_url, tmp_path)
        for name, value in {
            "files_url": f"s3://{BUCKET}/documenten",
            "files_endpoint": address,
            "files_key": "key",
            "files_secret": "secret",
        }.items():
            object.__setattr__(made, name, value)
        yield made


def test_file_goes_into_the_bucket_and_out_again(database, files, enter, noord, weert):
    with database.unit_of_work() as session:
        body = make_body(session, region=noord)
    client = enter(Role.REGION_ADMIN)
    data = {
        "acting": f"{noord.id}-{weert.id}",
        "upload_token": "t" * 32,
        "file": (io.BytesIO(GOOD["docx"]), "Stuk.docx"),
        "title": "Stuk",
        "body_id": str(body.id),
        "organisation_id": "0",
        "imposed_by_body_id": "0",
        "confidentiality": "members",
        "woo_category": "",
        "woo_decision": "not_decided",
    }

    added = client.post("/noord/documenten/nieuw", data=data)

    assert added.status_code == 302
    assert len(keys_of(files)) == 1
    assert client.get(f"{added.location}/versies/1/bestand").data == GOOD["docx"]
    with client.get("/noord/documenten/archief.zip") as answer:
        packed = answer.data
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".docx")]
        assert archive.read(name) == GOOD["docx"]
