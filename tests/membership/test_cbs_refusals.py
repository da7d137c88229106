from __future__ import annotations

import json

import pytest

from extranet.membership.rules import Kind, NamedFile, read_release
from tests.membership.cbs_download import (
    PAGES,
    Row,
    content_of,
    json_files,
    only,
    refusal,
    replaced,
    said,
    with_row,
    with_rows,
    without,
)


@pytest.mark.parametrize(
    ("values", "kind", "message"),
    [
        (
            {"Value": None},
            Kind.NO_FIGURE,
            (
                "There is no figure of Bergen (L.) (GM0893) on 1 January 2026, although CBS does "
                "not say that it did not exist then."
            ),
        ),
        (
            {"ValueAttribute": "Impossible"},
            Kind.CONTRADICTION,
            (
                "There is a figure of Bergen (L.) (GM0893) on 1 January 2026, although CBS says "
                "that it did not exist then."
            ),
        ),
        (
            {"Value": -3},
            Kind.BAD_NUMBER,
            (
                "“-3” cannot be the number of inhabitants of Bergen (L.) (GM0893): "
                "that is a whole number, 0 or more."
            ),
        ),
        (
            {"Value": 13_037.5},
            Kind.BAD_NUMBER,
            (
                "“13037.5” cannot be the number of inhabitants of Bergen (L.) (GM0893): "
                "that is a whole number, 0 or more."
            ),
        ),
        (
            {"Value": 10**12},
            Kind.BAD_NUMBER,
            (
                "“1000000000000” cannot be the number of inhabitants of Bergen (L.) (GM0893): "
                "that is a whole number, 0 or more."
            ),
        ),
        (
            {"RegioS": "GM9999"},
            Kind.UNKNOWN_AREA,
            "“GM9999” is not a code that CBS uses for an area.",
        ),
        (
            {"Perioden": "2026KW01"},
            Kind.BAD_PERIOD,
            "The period “2026KW01” is not a year of this table.",
        ),
        (
            {"Perioden": "2031JJ00"},
            Kind.BAD_PERIOD,
            "The period “2031JJ00” is not a year of this table.",
        ),
        (
            {"RegioS": None},
            Kind.BAD_ROW,
            "There is something else where a code of CBS belongs.",
        ),
        (
            {"Geslacht": ["T001038"]},
            Kind.BAD_ROW,
            "There is something else where a code of CBS belongs.",
        ),
    ],
)
def test_read_release_names_the_bad_row(
    values: dict[str, object], kind: Kind, message: str
) -> None:
    error = refusal(with_row(json_files(), "GM0893", "2026JJ00", **values))

    assert said(error) == [(kind, PAGES[0], "row 23, Id 9248", message)]


def test_read_release_names_every_bad_row_at_once() -> None:
    files = with_row(json_files(), "GM0893", "2026JJ00", Value=-1)
    files = with_row(files, "GM0893", "2022JJ00", Value="veel")

    assert [problem.kind for problem in refusal(files).problems] == [Kind.BAD_NUMBER] * 2


def test_read_release_judges_codes_by_their_form_without_lists() -> None:
    files = only(with_row(json_files(), "GM0893", "2026JJ00", RegioS="GM893"), *PAGES)

    assert [problem.kind for problem in refusal(files).problems] == [Kind.UNKNOWN_AREA]


def test_read_release_names_a_row_without_a_column() -> None:
    error = refusal(with_rows(json_files(), lambda rows: rows[4].pop("RegioS")))

    assert said(error) == [(Kind.BAD_ROW, PAGES[0], "row 5, Id 69", "The row has no RegioS.")]


def test_read_release_names_what_is_no_row() -> None:
    error = refusal(with_rows(json_files(), lambda rows: rows.insert(1, "niets")))

    assert said(error) == [(Kind.BAD_ROW, PAGES[0], "row 2", "This is not a row with columns.")]


def test_read_release_refuses_two_figures_for_one_municipality() -> None:
    files = with_rows(json_files(), lambda rows: rows.append({**rows[22], "Value": 20_000}))

    assert said(refusal(without(files, "index.json"))) == [
        (
            Kind.CONTRADICTION,
            PAGES[0],
            "row 29, Id 9248",
            (
                "Bergen (L.) (GM0893) has two figures on 1 January 2026: 13,037 in "
                "observations-page-1.json, row 23, Id 9248, and 20,000 here."
            ),
        )
    ]


def test_read_release_refuses_when_the_country_has_another_total() -> None:
    error = refusal(with_row(json_files(), "GM0893", "2026JJ00", Value=13_047))

    assert said(error) == [
        (
            Kind.CONTROL_TOTAL,
            "",
            "",
            (
                "On 1 January 2026 the municipalities have 219,079 inhabitants together, but CBS "
                "gives 219,069 for the whole country. Rows are missing or wrong."
            ),
        )
    ]


def test_read_release_refuses_a_date_with_fewer_municipalities_and_no_total() -> None:
    files = with_rows(json_files(), lambda rows: (rows.pop(22), rows.pop(4)))

    assert said(refusal(without(files, "index.json"))) == [
        (
            Kind.MISSING_ROWS,
            "",
            "",
            (
                "On 1 January 2026 rows are missing of municipalities that the files do have on "
                "another date: 1, such as Bergen (L.) (GM0893)."
            ),
        )
    ]


def test_read_release_refuses_when_a_page_is_missing_by_the_contents() -> None:
    assert said(refusal(without(json_files(), PAGES[1]))) == [
        (
            Kind.MISSING_PAGE,
            "index.json",
            "",
            (
                "There should be 48 rows of observations, and the files hold 28. "
                "Add the missing pages."
            ),
        ),
        (
            Kind.MISSING_PAGE,
            PAGES[0],
            "",
            "Another page follows after this one. Add that page too.",
        ),
    ]


def test_read_release_names_the_measures_that_it_does_hold() -> None:
    files = without(json_files(), PAGES[1], "index.json")
    document = json.loads(content_of(files, PAGES[0]))
    del document["@odata.nextLink"]
    document["value"] = [row for row in document["value"] if row["Measure"] == "M000365"]
    files = replaced(files, PAGES[0], json.dumps(document).encode())

    assert said(refusal(files)) == [
        (
            Kind.WRONG_MEASURE,
            "",
            "",
            (
                "There is no row with the inhabitants on 1 January (measure M000352). "
                "The files hold: M000365 Gemiddelde bevolking."
            ),
        )
    ]


def test_read_release_refuses_a_breakdown_without_totals() -> None:
    def keep_men(rows: list[Row]) -> None:
        for row in rows:
            row["Geslacht"] = "3000"

    files = only(with_rows(json_files(), keep_men), PAGES[0])
    files = replaced(files, PAGES[0], files[0].content.replace(b"@odata.nextLink", b"next"))

    assert [problem.kind for problem in refusal(files).problems] == [Kind.WRONG_BREAKDOWN]


def test_read_release_refuses_another_table() -> None:
    page = {
        "@odata.context": "https://datasets.cbs.nl/odata/v1/CBS/86141NED/$metadata#Observations",
        "value": [{"Id": 0, "Measure": "M000215", "Value": 66.98, "Perioden": "2009MM12"}],
    }
    files = [NamedFile(name="cpi.json", content=json.dumps(page).encode())]

    assert said(refusal(files)) == [
        (
            Kind.OTHER_TABLE,
            "cpi.json",
            "",
            "This is of CBS table 86141NED. The population is in table 03759ned.",
        )
    ]


def test_read_release_refuses_a_page_with_other_columns() -> None:
    def forget_breakdown(rows: list[Row]) -> None:
        for row in rows:
            del row["Geslacht"], row["Leeftijd"]

    error = refusal(with_rows(json_files(), forget_breakdown))

    assert [(problem.kind, problem.file) for problem in error.problems] == [
        (Kind.OTHER_TABLE, PAGES[0])
    ]


def test_read_release_names_the_table_that_a_file_is_of() -> None:
    codes = content_of(json_files(), "codes-Perioden.json").replace(b"03759ned", b"86141NED")

    assert said(refusal(replaced(json_files(), "codes-Perioden.json", codes))) == [
        (
            Kind.OTHER_TABLE,
            "codes-Perioden.json",
            "",
            "This is of CBS table 86141NED. The population is in table 03759ned.",
        )
    ]


def test_read_release_says_after_which_row_a_file_was_cut_off() -> None:
    page = content_of(json_files(), PAGES[1])
    cut = page[: page.index(b'"Id": 55664') + 60]

    assert said(refusal(replaced(json_files(), PAGES[1], cut))) == [
        (
            Kind.CUT_OFF,
            PAGES[1],
            "line 67",
            "The file stops halfway; the last whole row has Id 55663. Download it again.",
        )
    ]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", Kind.EMPTY_FILE),
        (b"\xef\xbb\xbf \n", Kind.EMPTY_FILE),
        (b"<!DOCTYPE html><title>503</title>", Kind.WEB_PAGE),
        (b"{", Kind.CUT_OFF),
        (b'{"value": ["Gro\xc3', Kind.CUT_OFF),
        (b'{"value": "Frysl\xe2n"}', Kind.NOT_UTF8),
        (b'{"value" 3}', Kind.DAMAGED),
        (b'{"value": NaN}', Kind.DAMAGED),
        (b"[" * 100_000, Kind.DAMAGED),
        (b'{"value": ' + b"9" * 5000 + b"}", Kind.DAMAGED),
        (b'{"value": []}', Kind.NOT_CBS),
        (b"[1, 2]", Kind.NOT_CBS),
        (b'{"@odata.context": "https://x/CBS/03759ned/$metadata#Observations"}', Kind.NOT_CBS),
        (b'{"error": {"code": "", "message": "Resource not found"}}', Kind.CBS_ERROR),
        (b"Wij hebben deze cijfers nodig", Kind.NOT_CBS),
        (b"\x89PNG\r\n\x1a\n", Kind.NOT_UTF8),
        (b"PK\x03\x04 not a zip", Kind.DAMAGED),
    ],
)
def test_read_release_refuses_what_is_something_else(content: bytes, kind: Kind) -> None:
    error = refusal([*json_files(), NamedFile(name="odd", content=content)])

    assert [(problem.kind, problem.file) for problem in error.problems] == [(kind, "odd")]


def test_read_release_refuses_nothing_at_all() -> None:
    assert [problem.kind for problem in refusal([]).problems] == [Kind.NO_OBSERVATIONS]


def test_read_release_refuses_files_over_the_limit() -> None:
    error = refusal(json_files(), limit=10_000)

    assert [problem.kind for problem in error.problems] == [Kind.TOO_LARGE]
    assert read_release(json_files(), limit=sum(len(f.content) for f in json_files()))
