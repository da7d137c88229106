"""Tile maps and coverage bars: nothing overlaps, nothing is lost, the order on the map is true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extranet.web.pictures import (
    TILE_POSITIONS,
    TileValue,
    coverage_bars,
    name_lines,
    percentage,
    place,
    shade,
    tile_map,
)

NORTH_TO_SOUTH = ["gm:0944", "gm:0907", "gm:0893", "gm:0983", "gm:0889", "gm:0957", "gm:1711"]
CODES = st.sampled_from([*TILE_POSITIONS, *(f"gm:9{n:03}" for n in range(20))])


def municipality(code, value=1, name="Venlo"):
    return TileValue(code=code, name=name, value=value, text="" if value is None else str(value))


def test_draws_every_municipality_once():
    assert len(TILE_POSITIONS) == 15
    assert len(set(TILE_POSITIONS.values())) == 15


def test_keeps_north_above_south():
    rows = [TILE_POSITIONS[code][1] for code in NORTH_TO_SOUTH]

    assert rows == sorted(rows)


def test_keeps_the_map_in_one_piece():
    reached, waiting = set(), {TILE_POSITIONS["gm:0983"]}
    while waiting:
        column, row = waiting.pop()
        reached.add((column, row))
        around = {(column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)}
        waiting |= around & set(TILE_POSITIONS.values()) - reached

    assert reached == set(TILE_POSITIONS.values())


@given(st.lists(CODES, unique=True))
def test_places_any_members_without_overlap(codes):
    positions = place([(code, code) for code in codes])

    assert set(positions) == set(codes)
    assert len(set(positions.values())) == len(codes)
    assert all(column >= 0 and row >= 0 for column, row in positions.values())


def test_starts_at_the_top_left_with_a_part_of_the_map():
    positions = place([("gm:1669", "Roerdalen"), ("gm:1711", "Echt-Susteren")])

    assert positions == {"gm:1669": (1, 0), "gm:1711": (0, 1)}


def test_puts_a_municipality_without_a_place_below_the_map():
    positions = place([("gm:0983", "Venlo"), ("gm:0984", "Venray"), ("gm:9999", "Nieuw")])

    assert positions == {"gm:0984": (0, 0), "gm:0983": (1, 1), "gm:9999": (0, 2)}


def test_makes_a_grid_by_name_where_most_have_no_place():
    positions = place(
        [("gm:9001", "Wijchen"), ("gm:0944", "Mook en Middelaar"), ("gm:9002", "Beuningen")]
    )

    assert positions == {"gm:9002": (0, 0), "gm:0944": (1, 0), "gm:9001": (0, 1)}


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1))
def test_shades_rise_with_the_value(values):
    known = sorted(values)
    shades = [shade(value, known) for value in known]

    assert all(0 <= one <= 4 for one in shades)
    assert shades == sorted(shades)


def test_gives_equal_values_the_middle_shade():
    assert [shade(7, [7, 7, 7]), shade(None, [])] == [2, None]


def test_maps_members_partners_and_missing_figures():
    drawn = tile_map(
        [municipality("gm:0983", 104_195), municipality("gm:0984", None, "Venray")],
        beside=[municipality("pv:31", None, "Provincie Limburg")],
    )

    assert [(tile.label, tile.shade) for tile in drawn.tiles] == [("Venray", None), ("Venlo", 2)]
    assert [tile.label for tile in drawn.beside] == ["Provincie Limburg"]
    assert (drawn.columns, drawn.rows) == (2, 2)
    assert [(step.lowest, step.highest) for step in drawn.legend] == [("104195", "104195")]


def test_maps_nothing_when_nobody_is_a_member():
    drawn = tile_map([])

    assert (drawn.columns, drawn.rows, drawn.tiles, drawn.legend) == (0, 0, (), ())


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Venlo", ("Venlo",)),
        ("Mook en Middelaar", ("Mook en", "Middelaar")),
        ("Horst aan de Maas", ("Horst aan", "de Maas")),
        ("Echt-Susteren", ("Echt-", "Susteren")),
        ("Krimpenerwaard", ("Krim.",)),
    ],
)
def test_writes_a_name_on_short_lines(name, lines):
    assert name_lines(name) == lines


def test_stacks_sources_end_to_end():
    bars = coverage_bars([("Leden", True), ("CDOKE", False)], [("2027", [300, 100])])

    first, second = bars.bars[0].segments
    assert (first.start, first.length, second.start, second.length) == (0.0, 75.0, 75.0, 25.0)
    assert (second.source.name, second.source.certain) == ("CDOKE", False)


def test_keeps_a_negative_amount_out_of_the_bar_but_in_the_sum():
    bars = coverage_bars([("Leden", True), ("Reserve", True)], [("2027", [300, -100])])

    assert bars.bars[0].total == 200
    assert bars.bars[0].cents == (300, -100)
    assert [part.cents for part in bars.bars[0].segments] == [300]


@given(st.lists(st.lists(st.integers(0, 10**12), min_size=3, max_size=3), min_size=1))
def test_keeps_every_bar_within_its_frame(years):
    sources = [("a", True), ("b", True), ("c", False)]
    bars = coverage_bars(sources, [(str(n), cents) for n, cents in enumerate(years)])

    for bar in bars.bars:
        reached = 0.0
        for part in bar.segments:
            assert part.start == pytest.approx(reached)
            reached = part.start + part.length
        assert reached <= 100.001


def test_counts_no_part_of_nothing():
    assert [percentage(5, 0), percentage(5, 4), percentage(-1, 4)] == [0.0, 100.0, 0.0]
