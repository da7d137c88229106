from __future__ import annotations

from dataclasses import replace
from datetime import date

from extranet.membership.rules import ChangedFigure, Figure, Release, compare, read_release
from tests.membership.cbs_download import json_files

Y2021, Y2022, Y2026 = date(2021, 1, 1), date(2022, 1, 1), date(2026, 1, 1)


def known(*years: int) -> dict[tuple[str, date], int]:
    """Return the figures of the example release for some years."""
    return {
        (figure.code, figure.reference_date): figure.inhabitants
        for figure in read_release(json_files()).figures
        if figure.reference_date.year in years
    }


def test_compare_finds_everything_new_in_an_empty_register() -> None:
    difference = compare(read_release(json_files()), {})

    assert difference.new_dates == (Y2021, Y2022, Y2026)
    assert (difference.new, difference.unchanged, difference.changed) == (12, 0, ())
    assert (difference.previous_date, difference.latest_date) == (Y2022, Y2026)
    assert (difference.appeared, difference.gone) == ((), ())
    assert not difference.is_empty


def test_compare_finds_nothing_in_the_same_release() -> None:
    difference = compare(read_release(json_files()), known(2021, 2022, 2026))

    assert (difference.new, difference.unchanged) == (0, 12)
    assert difference.new_dates == ()
    assert difference.is_empty


def test_compare_finds_a_new_year_and_a_changed_figure() -> None:
    before = known(2021, 2022) | {("gm:0983", Y2022): 102_000}

    difference = compare(read_release(json_files()), before)

    assert difference.new_dates == (Y2026,)
    assert (difference.new, difference.unchanged) == (4, 7)
    assert difference.changed == (
        ChangedFigure(code="gm:0983", reference_date=Y2022, before=102_000, after=102_136),
    )


def test_compare_finds_a_figure_that_the_release_no_longer_has() -> None:
    before = known(2021, 2022, 2026) | {
        ("gm:0786", Y2026): 12_900,
        ("gm:0786", date(2020, 1, 1)): 12_500,  # a date that the release is not about
    }

    difference = compare(read_release(json_files()), before)

    assert difference.absent == (Figure(code="gm:0786", reference_date=Y2026, inhabitants=12_900),)
    assert not difference.is_empty


def newest_only() -> Release:
    """Return a release with the last date alone."""
    release = read_release(json_files())
    figures = tuple(figure for figure in release.figures if figure.reference_date == Y2026)
    return replace(release, figures=figures, reference_dates=(Y2026,))


def test_compare_finds_municipalities_that_came_and_went_between_the_latest_dates() -> None:
    difference = compare(newest_only(), known(2021))

    assert (difference.previous_date, difference.latest_date) == (Y2021, Y2026)
    assert (difference.appeared, difference.gone) == (("gm:1982",), ("gm:0786",))


def test_compare_has_no_previous_date_for_the_first_figures() -> None:
    difference = compare(newest_only(), {})

    assert (difference.previous_date, difference.latest_date) == (None, Y2026)
    assert (difference.appeared, difference.gone) == ((), ())
