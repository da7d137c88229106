import pytest
from hypothesis import given
from hypothesis import strategies as st

from extranet.documents.rules.names import LONGEST_NAME, disposition, extension_of, safe_name


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("Verslag oktober.docx", "Verslag oktober.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Loes\\stuk.pdf", "stuk.pdf"),
        ("één  café.txt", "één café.txt"),
        ("e\N{COMBINING ACUTE ACCENT}e\N{COMBINING ACUTE ACCENT}n.txt", "één.txt"),
        ("a\r\nb.txt", "a b.txt"),
        ("stuk\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe", "stukfdp.exe"),
        ("nul\0.pdf", "_nul.pdf"),
        ("CON.txt", "_CON.txt"),
        ("con.a.txt", "_con.a.txt"),
        (".htaccess", "htaccess"),
        ("...", "document"),
        ("", "document"),
        ('<b>"x"</b>.pdf', "b_.pdf"),
        ("x. .pdf ", "x.pdf"),
    ],
)
def test_name_is_made_safe(given_name, safe):
    assert safe_name(given_name) == safe


def test_long_name_keeps_its_extension():
    safe = safe_name("é" * 300 + ".docx")

    assert len(safe) == LONGEST_NAME
    assert safe.endswith("é.docx")


@given(st.text())
def test_any_name_is_safe_and_stays_so(name):
    safe = safe_name(name)

    assert safe
    assert safe_name(safe) == safe
    assert not set(safe) & set('/\\:*?"<>|\r\n\0')
    assert not safe.startswith(".")


@pytest.mark.parametrize(
    ("name", "extension"), [("a.PDF", "pdf"), ("a.b.c", "c"), ("a", ""), ("a.", "")]
)
def test_extension_is_what_stands_behind_the_last_point(name, extension):
    assert extension_of(name) == extension


def test_disposition_has_a_plain_name_and_the_real_one():
    assert disposition("attachment", 'Café "x"; 50 €.pdf') == (
        'attachment; filename="Cafe _x__ 50 .pdf"; '
        "filename*=UTF-8''Caf%C3%A9%20%22x%22%3B%2050%20%E2%82%AC.pdf"
    )


@given(st.text())
def test_disposition_of_any_name_is_one_line_of_ascii(name):
    header = disposition("inline", safe_name(name))

    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
