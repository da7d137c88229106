"""Letters as a reader, a screen reader and an archive get them."""

import io
from collections.abc import Iterator
from dataclasses import fields, replace

import pdfua
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from extranet.publishing.letters import (
    ContributionLetter,
    Fact,
    FigureTable,
    Letter,
    Letterhead,
    Line,
    Signature,
    render_letter,
)

HOSTILE = '#read("/etc/passwd") *b* $x$ <label> @ref'


def reader(letter: Letter) -> PdfReader:
    return PdfReader(io.BytesIO(render_letter(letter)))


def text_of(letter: Letter) -> str:
    return "\n".join(page.extract_text() for page in reader(letter).pages)


def plain(letter: ContributionLetter, **changes: object) -> Letter:
    """Return the general letter with the same sender, addressee and words."""
    names = [field.name for field in fields(Letter)]
    return Letter(**{name: getattr(letter, name) for name in names} | changes)


def tags(element: DictionaryObject) -> Iterator[tuple[str, DictionaryObject]]:
    """Yield the structure of a document in reading order."""
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        node = child.get_object()
        if isinstance(node, DictionaryObject) and "/S" in node:
            yield node["/S"], node
            yield from tags(node)


def names_of_tags(letter: Letter) -> list[str]:
    return [name for name, _ in tags(reader(letter).root_object["/StructTreeRoot"])]


def test_shows_amount_explanation_years_and_sender(venray):
    lines = text_of(venray).splitlines()

    assert venray.notice in lines
    assert venray.subject in lines
    assert venray.paragraphs[0] in lines
    assert [line for line in lines if line.startswith("Bijdrage van Venray")] == [
        f"Bijdrage van Venray {venray.amount}"
    ]
    assert "Inwoners van Venray CBS 03759ned 45.782" in lines
    assert "Jaar 2027 raming 2028 raming 2029 raming 2030 raming" in lines
    assert "Bijdrage € 2027,00 € 2028,00 € 2029,00 € 2030,00" in lines
    assert lines[-1] == "Gemeente Venlo pagina 1 van 1"


def test_claims_pdf_ua_and_pdf_a_and_tells_title_and_language(venray, moment):
    content = render_letter(venray, created=moment)
    document = PdfReader(io.BytesIO(content))
    metadata = document.xmp_metadata.stream.get_data().decode()

    assert document.root_object["/Lang"] == "nl"
    assert document.root_object["/MarkInfo"]["/Marked"]
    assert document.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata.title == venray.subject
    assert document.metadata.author == "Gemeente Venlo"
    assert document.metadata.creation_date == moment
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata


def test_embeds_only_its_own_font(venray):
    fonts = {
        font.get_object()["/BaseFont"].split("+")[1]
        for page in reader(venray).pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert {name.split("-")[0] for name in fonts} == {"SourceSansPro"}


def test_tags_headings_without_gaps_and_tables_with_headers(venray):
    found = [n for n in names_of_tags(venray) if n in {"/H1", "/H2", "/H3", "/Table", "/TH", "/TR"}]

    assert found == [
        "/H1",
        "/H2", "/Table", "/TR", "/TH", "/TH", "/TR", "/TR", "/TR",
        "/H2", "/Table", "/TR", *["/TH"] * 5, "/TR",
    ]  # fmt: skip


def test_gives_every_table_header_a_scope(venray):
    root = reader(venray).root_object["/StructTreeRoot"]
    scopes = [
        attribute.get_object()["/Scope"]
        for name, node in tags(root)
        if name == "/TH"
        for attribute in node["/A"]
        if "/Scope" in attribute.get_object()
    ]

    assert scopes == ["/Column"] * 7


def test_links_to_the_address_with_an_alternative_text(venray):
    (link,) = (note.get_object() for note in reader(venray).pages[0]["/Annots"])

    assert link["/A"]["/URI"] == "mailto:res@venlo.example"
    assert "res@venlo.example" in link["/Contents"]
    assert "/Link" in names_of_tags(venray)


@pytest.mark.parametrize("make", [lambda letter: letter, plain])
def test_accessibility_checker_finds_nothing(venray, make, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(render_letter(make(venray)))

    report = pdfua.validate(path)
    assert list(report.findings) == []
    # The checker trips over this rule, empty headings; the test of headings above covers it.
    assert {outcome.rule_id for outcome in report.skipped} <= {"UA-14-001"}


def test_general_letter_has_no_tables(venray):
    letter = plain(venray, language="en", page_label="page %(page)s of %(pages)s")

    assert reader(letter).root_object["/Lang"] == "en"
    assert "/Table" not in names_of_tags(letter)
    assert text_of(letter).splitlines()[-1] == "Gemeente Venlo page 1 of 1"


def test_repeats_notice_sender_and_number_on_every_page(venray):
    letter = plain(venray, paragraphs=["Nog een alinea van een lange brief. " * 12] * 16)
    pages = [page.extract_text().splitlines() for page in reader(letter).pages]

    assert [(page.count(venray.notice), page[-1]) for page in pages] == [
        (1, "Gemeente Venlo pagina 1 van 2"),
        (1, "Gemeente Venlo pagina 2 van 2"),
    ]


def test_repeats_table_header_when_the_explanation_runs_on(venray):
    lines = [Line(text=f"Stap {number}", figure=str(number)) for number in range(60)]
    letter = replace(venray, explanation=replace(venray.explanation, lines=lines))
    pages = [page.extract_text().splitlines() for page in reader(letter).pages]

    assert [page.count("Stap Uitkomst") for page in pages] == [1, 1]
    assert names_of_tags(letter).count("/TH") == 7


def test_leaves_out_what_is_empty(venray):
    letter = replace(
        venray,
        letterhead=Letterhead(name="Venlo"),
        addressee=[],
        references=[Fact(label="Ons kenmerk", value="")],
        paragraphs=[],
        payment=[],
        signature=Signature(closing="Groet,", name="Jansen"),
        notice="",
    )
    lines = text_of(letter).splitlines()

    assert lines[:3] == ["Venlo", venray.subject, venray.salutation]
    assert lines[-3:] == ["Groet,", "Jansen", "Venlo pagina 1 van 1"]


def test_leaves_out_contact_without_value(venray):
    assert "KvK" not in text_of(venray)


def test_prints_hostile_text_in_every_place():
    fact = Fact(label=HOSTILE, value=HOSTILE)
    table = FigureTable(
        heading=HOSTILE,
        text_heading=HOSTILE,
        figure_heading=HOSTILE,
        lines=[Line(text=HOSTILE, figure="1", note=HOSTILE)],
    )
    letter = ContributionLetter(
        language="nl",
        letterhead=Letterhead(name=HOSTILE, address=[HOSTILE], contact=[fact]),
        addressee=[HOSTILE],
        references=[fact],
        subject=HOSTILE,
        salutation=HOSTILE,
        paragraphs=[HOSTILE],
        amount_label=HOSTILE,
        amount=HOSTILE,
        explanation=table,
        years=table,
        payment=[HOSTILE],
        signature=Signature(closing=HOSTILE, name=HOSTILE, function=HOSTILE, organisation=HOSTILE),
        page_label=HOSTILE,
        notice=HOSTILE,
    )
    shown = "".join(text_of(letter).split())

    # Words once in each place, with the sender and the notice again at the head and foot of page 2.
    assert shown.count("".join(HOSTILE.split())) >= 25
    assert "root:" not in shown


def test_breaks_a_word_that_is_longer_than_the_line(venray):
    letter = replace(venray, addressee=["X" * 200], notice="")
    shown = text_of(letter).replace("\N{ZERO WIDTH SPACE}", "").splitlines()

    assert [len(line) for line in shown if line.startswith("XX")] == [30] * 6 + [20]


def test_address_in_a_sentence_can_be_clicked_and_copied(venray):
    address = "https://gemeente.example/p/infoavond/een-lang-adres-dat-verder-gaat-dan-dertig"
    made = render_letter(replace(venray, paragraphs=[f"Meld u aan op {address}."]))
    page = PdfReader(io.BytesIO(made)).pages[0]

    assert f"{address}." in page.extract_text().replace("\n", "")
    assert address in [one.get_object()["/A"]["/URI"] for one in page["/Annots"]]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "http://a.example"])
def test_refuses_other_links(link):
    with pytest.raises(ValueError, match="cannot link"):
        Fact(label="E-mail", value="x", link=link)


def test_refuses_a_table_of_figures_without_lines(venray):
    with pytest.raises(ValueError, match="needs a line"):
        replace(venray.years, lines=[])


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)


def test_sender_may_bring_a_logo_and_a_colour(venray):
    own = replace(venray.letterhead, logo=PIXEL, logo_words="Wapen van Venlo", accent="#a01020")
    document = reader(plain(venray, letterhead=own))
    figures = [
        node for name, node in tags(document.root_object["/StructTreeRoot"]) if name == "/Figure"
    ]

    assert [node["/Alt"] for node in figures] == ["Wapen van Venlo"]
    assert len(document.pages[0].images) == 1
    assert names_of_tags(plain(venray)).count("/Figure") == 0


@pytest.mark.parametrize(
    "wrong", [{"logo": PIXEL}, {"accent": "red"}, {"accent": "#12345"}, {"accent": '#a01020")'}]
)
def test_logo_without_words_and_what_is_no_colour_are_refused(venray, wrong):
    with pytest.raises(ValueError, match=r"logo needs words|no colour"):
        replace(venray.letterhead, **wrong)
