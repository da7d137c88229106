"""Whatever happens to the files: the right figures, or a refusal that says why."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from extranet.membership.rules import NamedFile, Severity, UnreadableRelease, read_release
from tests.membership.cbs_download import (
    PAGES,
    content_of,
    csv_files,
    json_files,
    replaced,
    zipped,
)

JSON = json_files()
CSV = csv_files()
ZIP = [zipped(CSV)]
RIGHT = read_release(JSON)

COLUMNS = tuple(json.loads(content_of(JSON, PAGES[0]))["value"][0])
LINES = content_of(CSV, "Observations.csv").decode().splitlines(keepends=True)
WIDTH = LINES[0].count(";") + 1

# What really goes wrong, and what nobody thinks of.
CODES = st.sampled_from(
    ["", " ", "GM0983", "GM0885", "GM9999", "PV31", "NL01", "2026JJ00", "2022JJ00", "2026KW01",
     "M000352", "M000365", "3000", "None", "Impossible", "T001038", "nan", "1e9", "0", "-1"]
)  # fmt: skip
VALUES = st.one_of(
    CODES,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.lists(st.integers(), max_size=1),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=1),
)


def refused(files: Sequence[NamedFile]) -> UnreadableRelease | None:
    """Read, and return why the files were refused, or None when the figures are right."""
    try:
        release = read_release(files)
    except UnreadableRelease as error:
        return error
    assert release.figures == RIGHT.figures
    assert release.fingerprint == RIGHT.fingerprint
    return None


def check(files: Sequence[NamedFile]) -> None:
    """Accept the right figures, or a refusal that says why; any other exception fails."""
    error = refused(files)
    if error is not None:
        assert error.problems
        assert all(problem.severity is Severity.PROBLEM for problem in error.problems)
        assert all(str(problem.message) for problem in (*error.problems, *error.notes))


@st.composite
def one_file(draw: st.DrawFn, files: list[NamedFile]) -> tuple[list[NamedFile], NamedFile, int]:
    """Choose a file of a release and a place in it."""
    file = draw(st.sampled_from(files))
    return files, file, draw(st.integers(0, len(file.content) - 1))


@settings(max_examples=400, deadline=None)
@given(st.one_of(one_file(JSON), one_file(CSV), one_file(ZIP)))
def test_read_release_survives_a_file_cut_off_anywhere(
    chosen: tuple[list[NamedFile], NamedFile, int],
) -> None:
    files, file, at = chosen

    check(replaced(files, file.name, file.content[:at]))


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 27), st.sampled_from(COLUMNS), VALUES)
def test_read_release_survives_any_value_in_a_json_row(
    number: int, column: str, value: object
) -> None:
    document = json.loads(content_of(JSON, PAGES[0]))
    document["value"][number][column] = value

    check(replaced(JSON, PAGES[0], json.dumps(document).encode()))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 27), st.one_of(VALUES, st.sampled_from(COLUMNS)))
def test_read_release_survives_any_json_row(number: int, instead: object) -> None:
    document = json.loads(content_of(JSON, PAGES[0]))
    if instead in COLUMNS:
        del document["value"][number][instead]
    else:
        document["value"][number] = instead

    check(replaced(JSON, PAGES[0], json.dumps(document).encode()))


@settings(max_examples=400, deadline=None)
@given(
    st.integers(0, len(LINES) - 1),
    st.integers(0, WIDTH - 1),
    st.one_of(CODES, st.text(max_size=5)),
)
def test_read_release_survives_any_value_in_a_csv_row(number: int, column: int, value: str) -> None:
    values = LINES[number].rstrip("\n").split(";")
    values[column] = value
    lines = [*LINES[:number], ";".join(values) + "\n", *LINES[number + 1 :]]

    check(replaced(CSV, "Observations.csv", "".join(lines).encode("utf-8", "surrogatepass")))


@settings(max_examples=300, deadline=None)
@given(one_file(ZIP), st.integers(0, 255))
def test_read_release_survives_any_byte_in_a_zip_file(
    chosen: tuple[list[NamedFile], NamedFile, int], byte: int
) -> None:
    files, file, at = chosen
    content = file.content[:at] + bytes([byte]) + file.content[at + 1 :]

    check(replaced(files, file.name, content))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_read_release_survives_any_bytes(content: bytes) -> None:
    check([*JSON, NamedFile(name="odd", content=content)])


@settings(max_examples=100, deadline=None)
@given(st.permutations([*JSON, *CSV]))
def test_read_release_does_not_depend_on_the_order_of_the_files(files: list[NamedFile]) -> None:
    check(files)
