import csv
import hashlib
import io
import zipfile
from datetime import date

import pytest

from extranet.documents.models import Confidentiality, WooDecision
from extranet.documents.policy import EVERYTHING
from extranet.documents.queries.archive import archive
from extranet.documents.queries.documents import Sight
from extranet.documents.services.documents import withdraw_document
from extranet.documents.services.versions import add_version
from extranet.errors import Unavailable
from tests.basistaken.tasks import statements
from tests.documents.papers import GOOD, keys_of, make_document, make_upload
from tests.factories import make_body, make_region

OPEN = frozenset({Confidentiality.PUBLIC, Confidentiality.MEMBERS})


@pytest.fixture
def filled(database, files, noord):
    """Documents of two owners in a region and of another region; one has two versions."""
    with database.unit_of_work() as session:
        body = make_body(session, region=noord, name="Regiegroep")
        plan = make_document(
            session,
            files=files,
            region=noord,
            owner="coalition:3",
            body=body,
            title='Plan <b>"A"</b> / 2027',
            upload=make_upload(GOOD["pdf"], "Plan A.pdf"),
            retention_until=date(2037, 12, 31),
            retention_ground="Resultaat 11.1",
            woo_category="2f",
            woo_decision=WooDecision.PARTLY,
            woo_ground="Artikel 5.1",
        )
        add_version(
            session, files=files, document=plan, upload=make_upload(b"=1+1", "Plan B.txt"),
            token="a-token-of-a-form-long", note="Anders", actor=None,
        )  # fmt: skip
        make_document(
            session, files=files, region=noord, owner="coalition:3", title="Geheim stuk",
            confidentiality=Confidentiality.CONFIDENTIAL,
        )  # fmt: skip
        gone = make_document(
            session, files=files, region=noord, owner="coalition:3", title="Ingetrokken stuk"
        )
        withdraw_document(session, document=gone, reason="Fout", actor=None)
        make_document(session, files=files, region=noord, title="Stuk van de regio")
        make_document(
            session, files=files, region=make_region(session), owner="coalition:3", title="Vreemd"
        )


def opened(database, files, noord, **seen):
    sight = Sight(
        **{
            "region_id": noord.id,
            "owners": ["coalition:3"],
            "confidentialities": EVERYTHING,
            **seen,
        }
    )
    with (
        database.reading() as session,
        archive(session, sight, files=files, title="Groen Gas") as made,
    ):
        return zipfile.ZipFile(io.BytesIO(made.read()))


def indexed(packed):
    text = io.StringIO(packed.read("index.csv").decode())
    return list(csv.DictReader(text, delimiter=";"))


@pytest.mark.usefixtures("filled")
def test_archive_holds_every_version_with_what_is_known_of_it(database, files, noord):
    with opened(database, files, noord, confidentialities=OPEN) as packed:
        assert packed.testzip() is None
        newest, first = indexed(packed)
        assert packed.read(first["bestand"]) == GOOD["pdf"]
        assert packed.read(newest["bestand"]) == b"=1+1"

    assert first["sha256"] == hashlib.sha256(GOOD["pdf"]).hexdigest()
    assert {name: first[name] for name in first if name not in ("nummer", "bestand", "sha256")} == {
        "titel": 'Plan <b>"A"</b> / 2027',
        "auteur": "Regiegroep",
        "versie": "1",
        "datum": "2026-11-23",
        "toelichting": "",
        "vertrouwelijkheid": "Alle leden",
        "opgelegd_door": "",
        "grond_vertrouwelijkheid": "",
        "bewaren_tot_en_met": "2037-12-31",
        "grond_bewaren": "Resultaat 11.1",
        "woo_categorie": "Convenant of overeenkomst (2f)",
        "woo_besluit": "Deels openbaar maken",
        "grond_woo": "Artikel 5.1",
        "ingetrokken_op": "",
    }
    assert (newest["versie"], newest["toelichting"]) == ("2", "Anders")


@pytest.mark.usefixtures("filled")
def test_names_in_the_archive_stay_in_it_and_are_linked(database, files, noord):
    with opened(database, files, noord, confidentialities=OPEN) as packed:
        names = packed.namelist()
        page = packed.read("index.html").decode()

    folders = [name for name in names if name.startswith("documenten/")]
    assert len(folders) == 2
    assert all(name.count("/") == 2 and ".." not in name for name in folders)
    assert names[:3] == ["index.html", "index.css", "index.csv"]
    assert "Archief van Groen Gas" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert page.count('<a href="documenten/') == 2


@pytest.mark.parametrize(
    ("seen", "titles"),
    [
        ({}, {"Plan", "Geheim"}),
        ({"confidentialities": OPEN}, {"Plan"}),
        ({"with_withdrawn": True}, {"Plan", "Geheim", "Ingetrokken"}),
        ({"owners": ["coalition:3", ""], "confidentialities": OPEN}, {"Plan", "Stuk"}),
        ({"confidentialities": ()}, set()),
        ({"owners": []}, set()),
    ],
)
@pytest.mark.usefixtures("filled")
def test_archive_holds_what_is_seen_and_no_more(database, files, noord, seen, titles):
    with opened(database, files, noord, **seen) as packed:
        found = {row["titel"].partition(" ")[0] for row in indexed(packed)}
        page = packed.read("index.html").decode()

    assert found == titles
    assert {title for title in ("Geheim", "Vreemd", "Ingetrokken stuk") if title in page} <= {
        "Ingetrokken stuk" if title == "Ingetrokken" else title for title in titles
    }


@pytest.mark.usefixtures("filled")
def test_missing_or_damaged_file_makes_no_archive(database, files, noord):
    (key,) = [key for key in keys_of(files) if b"".join(files.read(key)) == b"=1+1"]
    files.delete(key)
    with pytest.raises(Unavailable):
        opened(database, files, noord)

    files.put(key, io.BytesIO(b"=2+2"))
    with pytest.raises(Unavailable, match="damaged"):
        opened(database, files, noord)


def test_archive_of_one_and_of_three_asks_the_same(app, database, files, noord):
    counts = []
    for _ in range(3):
        with database.unit_of_work() as session:
            make_document(session, files=files, region=noord, owner="coalition:3")
        with app.app_context(), statements(app) as seen:
            opened(app.extensions["extranet_database"], files, noord).close()
        counts.append(len(seen))

    assert counts == [2, 2, 2]
