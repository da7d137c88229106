"""Fields, paragraphs, comparison; colours and pictures."""

from datetime import date, time

import pytest

from extranet_infoavond.rules import letters
from extranet_infoavond.rules.colours import contrast
from extranet_infoavond.rules.evenings import day_text, programme_text, times_text
from extranet_infoavond.rules.styles import Picture, picture_of
from plugins.infoavond.tests.rows import png


def jpeg(width, height, *, components=3):
    """Return the beginning of a JPEG: a segment, then its frame."""
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    frame = b"\xff\xc0\x00\x11\x08" + size + bytes([components])
    return b"\xff\xd8\xff\xe0\x00\x04ab" + frame + bytes(20)


def test_first_text_uses_known_fields_only():
    text = letters.FIRST_SUBJECT + letters.FIRST_BODY

    assert letters.unknown_fields(text) == []
    assert set(letters.FIELDS) - set(letters.used_fields(text)) == {"ondertekenaar", "functie"}


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("{datum} en {Datum}", ["{Datum}"]),
        ("{naam} {naam} {x y}", ["{naam}", "{x y}"]),
        ("{}", ["{}"]),
        ("{datum", ["{"]),
        ("datum}", ["}"]),
        ("geen", []),
    ],
)
def test_field_that_does_not_exist_is_named_once(text, unknown):
    assert letters.unknown_fields(text) == unknown


def test_value_with_braces_is_not_filled_in_again_and_an_unknown_one_stays():
    values = {"avond": "{datum}", "datum": "12 maart", "plaats": ""}

    assert letters.filled("{avond} {datum} {plaats}", values) == "{datum} 12 maart {plaats}"


def test_empty_line_parts_paragraphs_however_the_line_ends():
    assert letters.paragraphs("a\r\nb\r\n \r\nc\n\n\n d ") == ["a\nb", "c", "d"]


def test_two_texts_stand_beside_each_other_by_paragraph():
    before, after = "Beste,\n\nEen\n\nTwee\n\nDag", "Beste,\n\nTwee\n\nDrie\n\nVier\n\nDag"

    assert letters.compared(before, after) == [
        ("Beste,", "Beste,"),
        ("Een", ""),
        ("Twee", "Twee"),
        ("", "Drie"),
        ("", "Vier"),
        ("Dag", "Dag"),
    ]


def test_day_time_and_programme_read_as_dutch():
    items = [(time(19, 30), "Inloop", ""), (time(20, 0), "Vergisten", "J. Bos, boer")]

    assert day_text(date(2027, 3, 12)) == "vrijdag 12 maart 2027"
    assert day_text(None) == ""
    assert times_text(time(19, 30), time(22, 0)) == "19.30 tot 22.00 uur"
    assert times_text(time(9, 5), None) == "09.05 uur"
    assert times_text(None, time(22, 0)) == ""
    assert programme_text(items) == "19.30 uur: Inloop\n20.00 uur: Vergisten (J. Bos, boer)"


@pytest.mark.parametrize(
    ("colour", "expected"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54)]
)
def test_contrast_is_that_of_wcag(colour, expected):
    assert round(contrast(colour, "#ffffff"), 2) == expected


@pytest.mark.parametrize(
    ("content", "picture"),
    [
        (png(80, 40), Picture(media_type="image/png", width=80, height=40)),
        (jpeg(80, 40), Picture(media_type="image/jpeg", width=80, height=40)),
        (jpeg(80, 40, components=1), Picture(media_type="image/jpeg", width=80, height=40)),
        (jpeg(80, 40, components=4), None),
        (b"\xff\xd8\xff\xe0\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", None),
        (b"\xff\xd8\xff", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_picture_is_known_by_its_content(content, picture):
    assert picture_of(content) == picture


@pytest.mark.parametrize(
    ("size", "fits"),
    [
        ((40, 40), True), ((2000, 2000), True), ((200, 40), True), ((201, 40), False),
        ((39, 40), False), ((40, 39), False), ((2001, 2000), False), ((40, 2000), True),
    ],
)  # fmt: skip
def test_logo_has_the_size_of_one(size, fits):
    width, height = size

    assert Picture(media_type="image/png", width=width, height=height).fits is fits
