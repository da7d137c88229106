from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from extranet.membership.rules import Kind, NamedFile, read_release
from tests.membership.cbs_download import (
    content_of,
    csv_files,
    json_files,
    only,
    refusal,
    replaced,
    said,
    without,
    zipped,
)

OBSERVATIONS = "Observations.csv"
BERGEN = b"9248;M000352;T001019;T001038;10000;GM0893;2026JJ00;13037;;None\n"


def rewritten(old: bytes, new: bytes) -> list[NamedFile]:
    """Return the release with one piece of its observations replaced."""
    content = content_of(csv_files(), OBSERVATIONS)
    assert content.count(old) == 1
    return replaced(csv_files(), OBSERVATIONS, content.replace(old, new))


def test_read_release_finds_the_same_in_csv_as_in_json() -> None:
    from_csv, from_json = read_release(csv_files()), read_release(json_files())

    assert from_csv.fingerprint == from_json.fingerprint
    skipped = tuple(replace(s, file="", number=0) for s in from_csv.skipped)
    assert skipped == tuple(replace(s, file="", number=0) for s in from_json.skipped)
    assert replace(from_csv, skipped=()) == replace(from_json, skipped=())


def test_read_release_reads_the_zip_file_as_cbs_gives_it() -> None:
    release = read_release([zipped(csv_files())])

    assert release.figures == read_release(csv_files()).figures
    assert release.skipped[0].file == "03759ned.zip: Observations.csv"
    assert release.notes == ()


def test_read_release_reads_json_in_a_zip_file() -> None:
    assert read_release([zipped(json_files())]).figures == read_release(csv_files()).figures


def test_read_release_leaves_other_files_in_a_zip_file_alone() -> None:
    extra = [
        NamedFile(name="leesmij.txt", content=b"Hallo"),
        NamedFile(name="__MACOSX/._Observations.csv", content=b"\x00\x05\x16"),
    ]

    release = read_release([zipped([*csv_files(), *extra])])

    assert [(note.kind, note.file) for note in release.notes] == [
        (Kind.UNREAD_FILE, "03759ned.zip: leesmij.txt")
    ]


def test_read_release_needs_only_observations() -> None:
    release = read_release(only(csv_files(), OBSERVATIONS))

    assert release.fingerprint == read_release(csv_files()).fingerprint
    assert release.names == {}


def test_read_release_accepts_a_byte_order_mark_quotes_and_windows_lines() -> None:
    lines = content_of(csv_files(), OBSERVATIONS).decode().splitlines()
    quoted = "".join(";".join(f'"{value}"' for value in line.split(";")) + "\r\n" for line in lines)
    files = replaced(csv_files(), OBSERVATIONS, b"\xef\xbb\xbf" + quoted.encode())

    assert read_release(files).figures == read_release(csv_files()).figures


def test_read_release_finds_columns_by_name() -> None:
    lines = content_of(csv_files(), OBSERVATIONS).decode().splitlines()
    turned = "".join(";".join(line.split(";")[::-1]) + "\n" for line in lines)

    release = read_release(replaced(csv_files(), OBSERVATIONS, turned.encode()))

    assert release.figures == read_release(csv_files()).figures


def test_read_release_accepts_a_last_line_without_an_end() -> None:
    content = content_of(csv_files(), OBSERVATIONS).removesuffix(b"\n")

    release = read_release(replaced(csv_files(), OBSERVATIONS, content))

    assert release.figures == read_release(csv_files()).figures


def test_read_release_reads_the_description_of_a_whole_table() -> None:
    described = b"""{
      "Identifier": "03759ned", "Title": "Bevolking", "ReleaseDate": "2026-06-23T00:00:00+02:00",
      "Measures": [{"Identifier": "M000352", "Title": "Bevolking op 1 januari"}],
      "Dimensions": [{"Identifier": "RegioS", "CodeList": [
        {"Identifier": "NL01", "Title": "Nederland"}, {"Identifier": "PV31", "Title": "Limburg"},
        {"Identifier": "GM0885", "Title": "Arcen en Velden"},
        {"Identifier": "GM0893", "Title": "Bergen (L.)"},
        {"Identifier": "GM0944", "Title": "Mook en Middelaar"},
        {"Identifier": "GM0983", "Title": "Venlo"}, {"Identifier": "GM0786", "Title": "Grave"},
        {"Identifier": "GM1982", "Title": "Land van Cuijk"}]}]}"""
    files = [
        *only(csv_files(), OBSERVATIONS),
        NamedFile(name="D-03759ned.json", content=described),
    ]

    release = read_release(files)

    assert release.names == read_release(csv_files()).names
    assert release.title == "Bevolking"
    assert release.notes == ()


@pytest.mark.parametrize(
    ("new", "kind", "message"),
    [
        (
            BERGEN.replace(b"13037", b"13037,5"),
            Kind.BAD_NUMBER,
            (
                "“13037,5” cannot be the number of inhabitants of Bergen (L.) (GM0893): "
                "that is a whole number, 0 or more."
            ),
        ),
        (
            BERGEN.replace(b"13037", b"13.037"),
            Kind.BAD_NUMBER,
            (
                "“13.037” cannot be the number of inhabitants of Bergen (L.) (GM0893): "
                "that is a whole number, 0 or more."
            ),
        ),
        (
            BERGEN.replace(b"13037", b""),
            Kind.NO_FIGURE,
            (
                "There is no figure of Bergen (L.) (GM0893) on 1 January 2026, although CBS does "
                "not say that it did not exist then."
            ),
        ),
    ],
)
def test_read_release_names_the_bad_row(new: bytes, kind: Kind, message: str) -> None:
    assert said(refusal(rewritten(BERGEN, new))) == [
        (kind, OBSERVATIONS, "row 24, Id 9248", message)
    ]


def test_read_release_names_a_row_of_another_width() -> None:
    assert said(refusal(rewritten(BERGEN, BERGEN.replace(b";;", b";")))) == [
        (
            Kind.BAD_ROW,
            OBSERVATIONS,
            "row 24",
            "The row has more or fewer values than there are columns.",
        )
    ]


def test_read_release_accepts_empty_lines_and_whole_decimals() -> None:
    files = rewritten(BERGEN, b"\n" + BERGEN.replace(b"13037", b"13037,0") + b"\n")

    assert read_release(files).figures == read_release(csv_files()).figures


def test_read_release_says_where_a_file_was_cut_off() -> None:
    content = content_of(csv_files(), OBSERVATIONS)
    cut = content[: content.index(BERGEN) + 40]

    assert said(refusal(replaced(csv_files(), OBSERVATIONS, cut))) == [
        (
            Kind.CUT_OFF,
            OBSERVATIONS,
            "line 24",
            "The file stops halfway. Download it again.",
        )
    ]


@pytest.mark.parametrize("last_column", ["Value", "Perioden"])
def test_read_release_never_trusts_a_last_value_that_may_be_cut(last_column: str) -> None:
    lines = [line.split(";") for line in content_of(csv_files(), OBSERVATIONS).decode().split()]
    at = lines[0].index(last_column)
    moved = "\n".join(";".join([*line[:at], *line[at + 1 :], line[at]]) for line in lines[:48])

    error = refusal(replaced(csv_files(), OBSERVATIONS, moved.encode()))

    assert [problem.kind for problem in error.problems] == [Kind.CUT_OFF]


@pytest.mark.parametrize(
    ("name", "cut", "kind"),
    [
        ("RegioSCodes.csv", -8, Kind.CUT_OFF),
        ("RegioSCodes.csv", 61, Kind.CUT_OFF),
        ("MeasureCodes.csv", -2, Kind.CUT_OFF),
        ("Properties.csv", 400, Kind.CUT_OFF),
        (OBSERVATIONS, 40, Kind.NOT_CBS),
    ],
)
def test_read_release_refuses_a_list_that_was_cut_off(name: str, cut: int, kind: Kind) -> None:
    content = content_of(csv_files(), name)[:cut]

    error = refusal(replaced(csv_files(), name, content))

    assert [(problem.kind, problem.file) for problem in error.problems] == [(kind, name)]


def test_read_release_refuses_a_list_with_a_broken_line() -> None:
    content = content_of(csv_files(), "RegioSCodes.csv").replace(b";PV;", b";")

    error = refusal(replaced(csv_files(), "RegioSCodes.csv", content))

    assert [(problem.kind, str(problem.row)) for problem in error.problems] == [
        (Kind.DAMAGED, "line 3")
    ]


def test_read_release_refuses_the_observations_of_another_table() -> None:
    content = (
        b"Id;Measure;Perioden;Value;StringValue;ValueAttribute\n0;M000215;2009MM12;66,98;;None\n"
    )
    properties = content_of(csv_files(), "Properties.csv").replace(b"03759ned;", b"86141NED;")

    files = [
        NamedFile(name=OBSERVATIONS, content=content),
        NamedFile(name="Properties.csv", content=properties),
    ]

    assert said(refusal(files)) == [
        (
            Kind.OTHER_TABLE,
            OBSERVATIONS,
            "",
            (
                "These are not the observations of the population table: there is no Geslacht, "
                "Leeftijd, BurgerlijkeStaat, RegioS."
            ),
        ),
        (
            Kind.OTHER_TABLE,
            "Properties.csv",
            "",
            "This is of CBS table 86141NED. The population is in table 03759ned.",
        ),
    ]


def test_read_release_names_the_description_of_another_table_once() -> None:
    described = b'{"Identifier": "86141NED", "Measures": [], "Dimensions": []}'

    error = refusal([*csv_files(), NamedFile(name="D-86141NED.json", content=described)])

    assert [(problem.kind, problem.file) for problem in error.problems] == [
        (Kind.OTHER_TABLE, "D-86141NED.json")
    ]


def test_read_release_refuses_what_is_not_utf8() -> None:
    files = replaced(
        csv_files(),
        OBSERVATIONS,
        content_of(csv_files(), OBSERVATIONS).replace(b"13037", b"\xff037"),
    )

    assert [problem.kind for problem in refusal(files).problems] == [Kind.NOT_UTF8]


def test_read_release_refuses_a_zip_file_that_unpacks_over_the_limit() -> None:
    bomb = zipped([NamedFile(name=OBSERVATIONS, content=b"0" * 5_000_000)])
    assert len(bomb.content) < 50_000

    error = refusal([bomb], limit=1_048_576)

    assert said(error) == [
        (
            Kind.TOO_LARGE,
            "03759ned.zip: Observations.csv",
            "",
            (
                "This file is 5 MB unpacked, and all files together may hold 1 MB here. Choose at "
                "CBS only the totals by municipality, or use the command line."
            ),
        )
    ]


def test_read_release_refuses_a_damaged_zip_file() -> None:
    content = zipped(csv_files()).content
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr(OBSERVATIONS, content_of(csv_files(), OBSERVATIONS))
    flipped = stored.getvalue().replace(b"13037", b"13038")

    for damaged in (content[: len(content) // 2], flipped):
        error = refusal([NamedFile(name="03759ned.zip", content=damaged)])
        assert [problem.kind for problem in error.problems] == [Kind.DAMAGED]


def test_read_release_refuses_a_zip_file_packed_in_an_unusual_way() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(OBSERVATIONS, content_of(csv_files(), OBSERVATIONS))

    error = refusal([NamedFile(name="03759ned.zip", content=stream.getvalue())])

    assert [problem.kind for problem in error.problems] == [Kind.DAMAGED]


def test_read_release_survives_a_member_without_a_name() -> None:
    content = zipped(csv_files()).content.replace(b"Dimensions.csv", b"\0imensions.csv")

    release = read_release([NamedFile(name="03759ned.zip", content=content)])

    assert release.figures == read_release(csv_files()).figures


def test_read_release_finds_no_observations_in_an_empty_zip_file() -> None:
    error = refusal([zipped(without(csv_files(), OBSERVATIONS))])

    assert [problem.kind for problem in error.problems] == [Kind.NO_OBSERVATIONS]


def test_read_release_tells_progress_up_to_the_last_row() -> None:
    calls: list[tuple[int, int]] = []

    read_release([zipped(csv_files())], progress=lambda done, total: calls.append((done, total)))

    assert calls[-1] == (48, 48)
    assert all(done <= total for done, total in calls)
