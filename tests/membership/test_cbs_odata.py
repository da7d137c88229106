from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extranet.membership.rules import Kind, NamedFile, read_release
from tests.membership.cbs_download import (
    DATA,
    PAGES,
    Row,
    content_of,
    folder,
    json_files,
    only,
    replaced,
    with_row,
    with_rows,
    without,
)

NEW_YEAR = date(2026, 1, 1)
SHARED = Path(__file__).parents[2].parent / "shared" / "data"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A release of which we know by another road what must come out."""

    path: Path
    figures: int
    municipalities: int
    inhabitants: int
    region: frozenset[str]
    region_inhabitants: int


OUR_OWN = Source(
    path=DATA / "cbs_json",
    figures=12,
    municipalities=4,
    inhabitants=219_069,
    region=frozenset({"gm:0893", "gm:0944", "gm:0983"}),
    region_inhabitants=125_424,
)
THE_REAL_ONE = Source(
    path=SHARED / "cbs_03759ned",
    figures=2775,
    municipalities=342,
    inhabitants=18_130_208,
    region=frozenset(
        {
            *("gm:0889", "gm:0893", "gm:0907", "gm:0944", "gm:0946", "gm:0957", "gm:0983"),
            *("gm:0984", "gm:0988", "gm:1507", "gm:1640", "gm:1641", "gm:1669", "gm:1711"),
            "gm:1894",
        }
    ),
    region_inhabitants=537_019,
)
# A clone alone has our own release; beside the shared data the real one is read as well.
SOURCES = [source for source in (OUR_OWN, THE_REAL_ONE) if source.path.is_dir()]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.path.name)
def test_read_release_finds_every_municipality(source: Source) -> None:
    release = read_release(folder(source.path))

    latest = release.on(NEW_YEAR)
    assert len(release.figures) == source.figures
    assert len(latest) == source.municipalities
    assert sum(latest.values()) == source.inhabitants
    assert sum(latest[code] for code in source.region) == source.region_inhabitants
    assert latest["gm:0983"] == 104_195
    assert release.names["gm:0893"] == "Bergen (L.)"
    assert release.names.keys() == {figure.code for figure in release.figures}
    assert release.reference_dates[-1] == NEW_YEAR
    assert release.notes == ()
    assert release.rows.read == sum(
        (
            release.rows.figures,
            release.rows.skipped,
            release.rows.other_measure,
            release.rows.other_area,
            len(release.reference_dates),  # the country, once a year
        )
    )


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.path.name)
def test_read_release_tells_what_it_is_and_whose(source: Source) -> None:
    release = read_release(folder(source.path))

    assert release.table_id == "03759ned"
    assert release.title == "Bevolking op 1 januari en gemiddeld; geslacht, leeftijd en regio"
    assert (release.source, release.licence) == ("CBS", "CC BY 4.0")
    assert release.release_date == date(2026, 6, 23)
    assert release.modified == datetime(2026, 6, 22, 22, tzinfo=UTC)


def test_read_release_lists_municipalities_that_did_not_exist() -> None:
    release = read_release(json_files())

    assert [(s.code, s.reference_date.year) for s in release.skipped] == [
        ("gm:0885", 2021),
        ("gm:1982", 2021),
        ("gm:0786", 2022),
        ("gm:0885", 2022),
        ("gm:0786", 2026),
        ("gm:0885", 2026),
    ]
    first = release.skipped[0]
    assert str(first.message) == (
        "Arcen en Velden (GM0885) was not a municipality on 1 January 2021, so there is no figure."
    )
    assert (first.file, str(first.row)) == (PAGES[0], "row 13, Id 6700")


def test_read_release_takes_files_in_any_order_and_under_any_name() -> None:
    files = json_files()
    renamed = [NamedFile(name=f"{n}.txt", content=f.content) for n, f in enumerate(files)]

    release = read_release(renamed[::-1])

    assert release.fingerprint == read_release(files).fingerprint
    assert release.figures == read_release(files).figures


def test_read_release_needs_only_observations() -> None:
    release = read_release(only(json_files(), *PAGES), known_names={"gm:0983": "Venlo"})

    assert release.fingerprint == read_release(json_files()).fingerprint
    assert release.names == {"gm:0983": "Venlo"}
    assert release.release_date is None
    assert [note.kind for note in release.notes] == [Kind.NO_RELEASE_DATE, Kind.NO_NAME]
    assert str(release.notes[1].message).startswith(
        "No name is known of 4 of the municipalities, such as GM0786."
    )


def test_read_release_changes_fingerprint_with_a_figure() -> None:
    files = with_row(json_files(), "GM0893", "2026JJ00", Value=13_038)
    files = with_row(files, "NL01", "2026JJ00", Value=219_070)

    assert read_release(files).fingerprint != read_release(json_files()).fingerprint


def test_read_release_accepts_codes_with_trailing_spaces_and_whole_decimals() -> None:
    files = with_row(json_files(), "GM0893", "2026JJ00", RegioS="GM0893 ", Value=13_037.0)

    assert read_release(files).figures == read_release(json_files()).figures


def test_read_release_ignores_and_counts_other_measures_and_breakdowns() -> None:
    def add_men(rows: list[Row]) -> None:
        rows.extend({**row, "Geslacht": "3000", "Value": 1} for row in rows[:2])

    files = without(with_rows(json_files(), add_men), "index.json")
    release = read_release(files)

    assert release.figures == read_release(json_files()).figures
    assert release.rows.other_measure == 25
    assert release.rows.other_breakdown == 1
    assert release.rows.other_area == 3


def test_read_release_tells_progress_up_to_the_last_row() -> None:
    calls: list[tuple[int, int]] = []

    read_release(json_files(), progress=lambda done, total: calls.append((done, total)))

    assert calls[-1] == (48, 48)
    assert calls == sorted(calls)


def test_read_release_notes_provisional_figures() -> None:
    periods = content_of(json_files(), "codes-Perioden.json")
    last = periods.rfind(b"Definitief")
    periods = periods[:last] + b"Voorlopig" + periods[last + len(b"Definitief") :]

    release = read_release(replaced(json_files(), "codes-Perioden.json", periods))

    assert [str(note.message) for note in release.notes] == [
        "CBS calls the figures of 1 January 2026 “Voorlopig”: they may still change."
    ]


def test_read_release_notes_the_same_row_twice() -> None:
    files = without(with_rows(json_files(), lambda rows: rows.append(rows[22])), "index.json")

    release = read_release(files)

    assert [(note.kind, str(note.row), str(note.message)) for note in release.notes] == [
        (
            Kind.REPEATED_ROW,
            "row 29, Id 9248",
            (
                "Bergen (L.) (GM0893) on 1 January 2026 was also in observations-page-1.json, "
                "row 23, Id 9248, with the same figure."
            ),
        )
    ]
    assert release.figures == read_release(json_files()).figures


def test_read_release_reads_the_same_file_once() -> None:
    page = NamedFile(name="copy.json", content=content_of(json_files(), PAGES[0]))

    release = read_release([*json_files(), page])

    assert [(note.kind, note.file) for note in release.notes] == [(Kind.REPEATED_FILE, "copy.json")]


def test_read_release_notes_that_there_is_no_total_of_the_country() -> None:
    def drop_country(rows: list[Row]) -> None:
        rows[:] = [row for row in rows if row["RegioS"] != "NL01"]

    files = without(with_rows(json_files(), drop_country), "index.json")

    assert [note.kind for note in read_release(files).notes] == [Kind.NO_CONTROL_TOTAL] * 3
