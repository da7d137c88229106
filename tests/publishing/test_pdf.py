"""PDF: tagged, archivable, and nothing in the data is ever run."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from extranet.errors import InvalidInput, Unavailable
from extranet.i18n import Text
from extranet.publishing import pdf
from extranet.publishing.pdf import render_pdf

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: sys.inputs.title)
#set text(font: "Source Sans Pro", lang: sys.inputs.language)
= #sys.inputs.title
#for item in data.items [#item \\ ]
"""


@pytest.fixture
def templates(tmp_path, monkeypatch) -> Path:
    """Put one small template where the program looks for templates."""
    (tmp_path / "list.typ").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "untitled.typ").write_text("= Kop", encoding="utf-8")
    (tmp_path.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "reaching.typ").write_text('#read("../secret.txt")', encoding="utf-8")
    monkeypatch.setattr(pdf, "data_dir", lambda _name: tmp_path)
    return tmp_path


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.usefixtures("templates")
@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        "#panic()",
        "*bold* _emph_ `raw`",
        "$x^2$",
        "<label> @ref",
        "// not a comment",
        "= not a heading",
        "\\u{41} \\n",
        "\"quoted\" 'single' -- ---",
        "{{ jinja }} %(python)s",
        "één \u2019s-Hertogenbosch, ĳ Ĳ ë ½ \u2212 € “Café”",
    ],
)
def test_prints_data_as_text(text):
    content = render_pdf("list.typ", {"items": [text]}, title="Lijst", language="nl")

    assert text_of(content).splitlines() == ["Lijst", text]


@pytest.mark.usefixtures("templates")
def test_leaves_out_control_characters_in_title_and_data():
    content = render_pdf(
        "list.typ", {"items": ("a\x00b", "c\u202ed\ufeff")}, title="L\x07", language="nl"
    )

    assert text_of(content).splitlines() == ["L", "ab", "cd"]
    assert PdfReader(io.BytesIO(content)).metadata.title == "L"


@pytest.mark.usefixtures("templates")
def test_takes_numbers_as_numbers():
    content = render_pdf("list.typ", {"items": [104195, 1]}, title="Lijst", language="nl")

    assert text_of(content).splitlines() == ["Lijst", "104195", "1"]


@pytest.mark.usefixtures("templates")
@pytest.mark.parametrize(("character", "named"), [("😀", "😀"), ("漢", "漢"), ("\ue000", "U+E000")])
def test_names_the_character_that_cannot_be_printed(character, named):
    with pytest.raises(InvalidInput) as raised:
        render_pdf("list.typ", {"items": [f"a{character}b"]}, title="Lijst", language="nl")

    assert raised.value.message == Text(
        "The character “%(character)s” cannot be printed in a PDF. Leave it out or write it in "
        "another way.",
        character=named,
    )


@pytest.mark.usefixtures("templates")
@pytest.mark.parametrize("title", ["", " \n"])
def test_refuses_a_document_without_title(title):
    with pytest.raises(ValueError, match="needs a title"):
        render_pdf("list.typ", {"items": []}, title=title, language="nl")


@pytest.mark.usefixtures("templates")
@pytest.mark.parametrize(
    ("template", "language", "reason"),
    [
        ("untitled.typ", "nl", "missing document title"),
        ("absent.typ", "nl", "No such file"),
        ("reaching.typ", "nl", "would escape the project root"),
        ("list.typ", "dutch", "language code"),
    ],
)
def test_says_in_the_log_why_a_document_cannot_be_made(template, language, reason, caplog):
    with pytest.raises(Unavailable, match="cannot be made now"):
        render_pdf(template, {"items": []}, title="Lijst", language=language)

    assert template in caplog.text
    assert reason in caplog.text


@pytest.mark.usefixtures("templates")
def test_refuses_to_set_text_in_another_font(monkeypatch, tmp_path):
    pdf._fonts.cache_clear()
    monkeypatch.setattr(pdf, "files", lambda _package: tmp_path)

    with pytest.raises(Unavailable, match="font for PDF documents is missing"):
        render_pdf("list.typ", {"items": []}, title="Lijst", language="nl")


@pytest.mark.usefixtures("templates")
def test_gives_the_same_bytes_from_several_threads(moment):
    def made(number: int) -> bytes:
        return render_pdf(
            "list.typ", {"items": [str(number)]}, title="Lijst", language="nl", created=moment
        )

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(made, range(12)))

    assert together == [made(number) for number in range(12)]
    assert [text_of(content).splitlines()[1] for content in together] == list(map(str, range(12)))


@pytest.mark.usefixtures("templates")
def test_moment_may_have_parts_of_a_second(moment):
    def made(created: datetime) -> bytes:
        return render_pdf(
            "list.typ", {"items": ["1"]}, title="Lijst", language="nl", created=created
        )

    assert made(moment.replace(microsecond=123_456)) == made(moment)
