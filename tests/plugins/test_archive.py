"""The archive of a plustaak holds what was agreed and what its plugin kept, and no resident."""

import io
import json
import zipfile

import pytest
from pypdf import PdfReader

from extranet.demo.cast import DOMAIN
from extranet.people.models import Person
from tests.factories import make_login


@pytest.fixture
def archive(demo_app, demo_database):
    """The archive of the demo's plustaak, as its lead downloads it."""
    with demo_database.unit_of_work() as session:
        lead = session.query(Person).filter_by(email=f"voorzitter.warmte@{DOMAIN}").one()
        token = make_login(session, person=lead)
    client = demo_app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    answer = client.get("/nml/coalities/groen-gas/plustaken/infoavond/export.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        yield {name: packed.read(name) for name in packed.namelist()}


def test_archive_holds_the_agreement_and_the_budget(archive):
    agreement = PdfReader(io.BytesIO(archive["overeenkomst/versie-1.pdf"]))
    shares = archive["begroting/bijdragen-2027-versie-1.csv"].decode("utf-8-sig").splitlines()

    assert "Horst aan de Maas" in agreement.pages[0].extract_text()
    assert [line.split(";")[0] for line in shares[1:]] == ["gm:1507", "gm:1894", "gm:0984"]
    assert "Zaalhuur en koffie" in archive["begroting/begroting-2027-versie-1.csv"].decode()


def test_archive_names_every_file_and_no_resident(archive):
    index = json.loads(archive["index.json"])

    assert {one["file"] for one in index["files"]} == archive.keys() - {"index.json", "index.html"}
    assert "infoavond_evenings.csv" in archive
    assert "infoavond_signups.csv" not in archive
    assert "Voorbeeldsen" not in b"".join(archive.values()).decode(errors="replace")
    assert "Overeenkomst, versie 1" in archive["index.html"].decode()
