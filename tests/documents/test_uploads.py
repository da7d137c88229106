"""What comes in: good files of every kind, and hostile ones."""

import hashlib
import io
import tempfile
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extranet.documents.rules import media
from extranet.documents.rules.media import KINDS, MACROS, NO_UTF8, TOO_MUCH_INSIDE
from extranet.documents.rules.uploads import read_upload
from extranet.errors import InvalidInput
from extranet.i18n import Text, translate
from tests.documents.papers import CONTENT_TYPES, GOOD, ODF, open_xml, packed


def refusal(content, name):
    with pytest.raises(InvalidInput) as refused:
        read_upload(io.BytesIO(content), name=name, most_megabytes=1)
    assert list(refused.value.fields) == ["file"]
    return refused.value.fields["file"]


def test_there_is_a_good_file_of_every_kind():
    assert set(GOOD) == set(KINDS)


@pytest.mark.parametrize("extension", GOOD)
def test_good_file_is_measured(extension):
    content = GOOD[extension]

    upload = read_upload(io.BytesIO(content), name=f"Stuk.{extension.upper()}", most_megabytes=1)

    assert upload.name == f"Stuk.{extension.upper()}"
    assert upload.media_type == KINDS[extension].media_type
    assert (upload.size_bytes, upload.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert upload.file.read() == content


def test_file_is_read_from_its_begin_wherever_it_stands():
    with tempfile.SpooledTemporaryFile() as file:
        file.write(GOOD["docx"])

        assert read_upload(file, name="a.docx", most_megabytes=1).size_bytes == len(GOOD["docx"])


@pytest.mark.parametrize(
    "name",
    ["a.html", "a.svg", "a.exe", "a.pdf.exe", "a.docm", "a.zip", "a.js", "a.eml", "a", "pdf", ""],
)
def test_other_kinds_are_refused(name):
    assert translate(refusal(GOOD["pdf"], name), "en") == (
        "Files of this kind are not taken. These are: "
        "pdf, docx, xlsx, pptx, odt, ods, odp, png, jpg, jpeg, txt, csv, ics."
    )


@pytest.mark.parametrize("extension", GOOD)
def test_empty_file_is_refused(extension):
    assert refusal(b"", f"a.{extension}") == Text("This file is empty.")


def test_file_of_just_the_limit_is_taken_and_one_byte_more_is_not():
    most = b"a" * 1024 * 1024

    assert read_upload(io.BytesIO(most), name="a.txt", most_megabytes=1).size_bytes == len(most)
    assert refusal(most + b"a", "a.txt") == Text("A file can have at most %(most)s MB.", most=1)


@pytest.mark.parametrize("extension", sorted(set(GOOD) - {"txt", "csv", "ics"}))
@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00 a program",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        packed({"a.txt": b"just a zip"}),
        b"PK\x03\x04 that is not a zip",
        b"GIF89a",
    ],
)
def test_something_else_under_a_good_name_is_refused(extension, content):
    said = translate(refusal(content, f"a.{extension}"), "en")

    assert said.startswith(f"The name ends in .{extension}, but something else is in the file.")


@pytest.mark.parametrize(
    ("extension", "other"), [("docx", "xlsx"), ("odt", "ods"), ("png", "jpg"), ("docx", "odt")]
)
def test_one_kind_is_not_another(extension, other):
    assert "something else" in translate(refusal(GOOD[other], f"a.{extension}"), "en")


@pytest.mark.parametrize("content", [b"<html></html>", b"BEGIN:VCARD", GOOD["txt"]])
def test_text_that_is_no_calendar_is_refused(content):
    assert "something else" in translate(refusal(content, "a.ics"), "en")


@pytest.mark.parametrize("extension", ["txt", "csv"])
@pytest.mark.parametrize("content", [b"a\0b", b"a\x1b[2Jb", b"\x7fELF\x01\x01\x01\0"])
def test_text_with_control_signs_is_no_text(extension, content):
    assert "something else" in translate(refusal(content, f"a.{extension}"), "en")


@pytest.mark.parametrize(
    "content", ["één".encode("latin-1"), "één".encode("utf-16"), b"a" * 300_000 + b"\xc3"]
)
def test_text_that_is_not_utf_8_is_refused_in_words(content):
    assert refusal(content, "a.txt").msgid == NO_UTF8.msgid


def test_sign_across_two_pieces_is_read(monkeypatch):
    monkeypatch.setattr(media, "CHUNK_BYTES", 3)

    upload = read_upload(io.BytesIO("ab€cd".encode()), name="a.txt", most_megabytes=1)

    assert upload.size_bytes == 7


@pytest.mark.parametrize(
    "content",
    [
        packed({CONTENT_TYPES: b"", "word/document.xml": b"", "word/vbaProject.bin": b""}),
        packed({CONTENT_TYPES: b"x.macroEnabled.main+xml", "word/document.xml": b""}),
    ],
)
def test_document_with_macros_is_refused(content):
    assert refusal(content, "a.docx").msgid == MACROS.msgid


def test_open_document_with_macros_is_refused():
    parts = {"mimetype": f"{ODF}text".encode(), "content.xml": b"", "Basic/Standard/a.xml": b""}

    assert refusal(packed(parts), "a.odt").msgid == MACROS.msgid


def test_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(media, "MOST_UNPACKED_BYTES", 1000)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(CONTENT_TYPES, b"")
        made.writestr("word/document.xml", b"0" * 1001)

    assert refusal(target.getvalue(), "a.docx").msgid == TOO_MUCH_INSIDE.msgid


def test_zip_of_very_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(media, "MOST_PARTS", 3)
    many = open_xml("word/document.xml", **{f"p{n}": b"" for n in range(2)})

    assert refusal(many, "a.docx").msgid == TOO_MUCH_INSIDE.msgid


@given(st.binary(max_size=400), st.sampled_from(sorted(KINDS)))
def test_any_bytes_are_taken_or_refused(content, extension):
    with suppress(InvalidInput):
        read_upload(io.BytesIO(content), name=f"a.{extension}", most_megabytes=1)


@given(st.data(), st.sampled_from(["docx", "odt"]))
def test_any_damage_to_a_packed_document_is_taken_or_refused(data, extension):
    content = bytearray(GOOD[extension])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(InvalidInput):
        read_upload(io.BytesIO(bytes(content)), name=f"a.{extension}", most_megabytes=1)
