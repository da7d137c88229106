"""How a file goes out: whole, under its name, and powerless."""

import pytest

from extranet.access import Role
from extranet.documents.rules.media import PREVIEWS
from extranet.documents.views.serving import SANDBOX
from tests.documents.papers import GOOD, keys_of, make_document, make_upload

PREVIEWED = {"pdf", "png", "jpg", "jpeg", "txt"}


@pytest.fixture
def address(database, files, noord):
    """Make a document of a file and return where its content is."""

    def address(content, name):
        with database.unit_of_work() as session:
            upload = make_upload(content, name)
            document = make_document(session, files=files, region=noord, upload=upload)
        return f"/noord/documenten/{document.id}/versies/1"

    return address


def test_nothing_that_a_browser_could_run_is_previewed():
    assert {"application/pdf", "image/png", "image/jpeg", "text/plain"} == PREVIEWS


@pytest.mark.parametrize("extension", GOOD)
def test_every_kind_is_a_download_and_some_are_a_preview(enter, address, extension):
    client, where = enter(), address(GOOD[extension], f"Één stuk.{extension}")

    download = client.get(f"{where}/bestand")
    preview = client.get(f"{where}/voorbeeld")

    assert download.data == GOOD[extension]
    assert download.headers["Content-Length"] == str(len(GOOD[extension]))
    assert download.headers["Content-Disposition"] == (
        f'attachment; filename="Een stuk.{extension}"; '
        f"filename*=UTF-8''%C3%89%C3%A9n%20stuk.{extension}"
    )
    assert preview.status_code == (200 if extension in PREVIEWED else 404)
    for answer in (download, preview) if extension in PREVIEWED else (download,):
        assert answer.headers.getlist("Content-Security-Policy") == [SANDBOX]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
    if extension in PREVIEWED:
        assert preview.data == GOOD[extension]
        assert preview.headers["Content-Disposition"].startswith("inline; ")


def test_page_under_the_name_of_a_text_stays_text(enter, address):
    where = address(b"<script>alert(1)</script>", "a.txt")

    answer = enter().get(f"{where}/voorbeeld")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_large_file_goes_out_in_pieces(enter, address):
    content = b"0123456789" * 90_000
    answer = enter().get(f"{address(content, 'a.txt')}/bestand", buffered=False)

    pieces = list(answer.response)

    assert b"".join(pieces) == content
    assert len(pieces) > 2
    answer.close()


def test_file_that_is_missing_is_said_in_words(enter, files, address):
    where = address(GOOD["pdf"], "a.pdf")
    for key in keys_of(files):
        files.delete(key)

    answer = enter().get(f"{where}/bestand")

    assert answer.status_code == 503
    assert "niet bereikbaar" in answer.text


def test_version_that_does_not_exist_is_not_found(enter, address):
    where = address(GOOD["pdf"], "a.pdf")

    assert enter(Role.REGION_ADMIN).get(f"{where[:-1]}2/bestand").status_code == 404
