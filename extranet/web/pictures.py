"""Geometry of the pictures: tile maps and coverage bars, as values that macros draw.

Nothing here knows a request, a language or a database. Lengths along a bar are
percentages (0 to 100, two decimals); tiles count in columns and rows from the top left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isqrt

SHADES = 5
CATEGORIES = 6
_LINE_LENGTH = 11
_ABBREVIATION = 5

# Drawn by ourselves, one square a municipality: neighbours stay neighbours where they can.
TILE_POSITIONS: Mapping[str, tuple[int, int]] = {
    "gm:0944": (1, 0),  # Mook en Middelaar
    "gm:0907": (2, 1),  # Gennep
    "gm:0893": (3, 2),  # Bergen (L.)
    "gm:0984": (2, 2),  # Venray
    "gm:1507": (2, 3),  # Horst aan de Maas
    "gm:0983": (3, 3),  # Venlo
    "gm:0946": (1, 4),  # Nederweert
    "gm:1894": (2, 4),  # Peel en Maas
    "gm:0889": (3, 4),  # Beesel
    "gm:0988": (0, 5),  # Weert
    "gm:1640": (1, 5),  # Leudal
    "gm:0957": (2, 5),  # Roermond
    "gm:1641": (1, 6),  # Maasgouw
    "gm:1669": (2, 6),  # Roerdalen
    "gm:1711": (1, 7),  # Echt-Susteren
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TileValue:
    """What a tile is about: an organisation, its figure, the figure as text, its page."""

    code: str
    name: str
    value: int | None
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One square: its place, its name on one or two short lines, its value as text and shade.

    `shade` runs from 0 (lowest) to 4 (highest) and is None where there is no figure.
    """

    column: int
    row: int
    label: str
    lines: tuple[str, ...]
    value: str
    shade: int | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendStep:
    """A shade and the lowest and highest value it stands for, as text."""

    shade: int
    lowest: str
    highest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMap:
    """A map of squares, the organisations beside it (no place of their own), and the legend."""

    columns: int
    rows: int
    tiles: tuple[Tile, ...]
    beside: tuple[Tile, ...]
    legend: tuple[LegendStep, ...]


def tile_map(values: Sequence[TileValue], *, beside: Sequence[TileValue] = ()) -> TileMap:
    """Place and shade municipalities; `beside` are provinces, water boards and partners.

    Shades hold about as many tiles each; equal values share a shade.
    """
    positions = place([(one.code, one.name) for one in values])
    known = sorted(one.value for one in values if one.value is not None)
    tiles = tuple(_tile(one, positions[one.code], shade(one.value, known)) for one in values)
    return TileMap(
        columns=max((tile.column for tile in tiles), default=-1) + 1,
        rows=max((tile.row for tile in tiles), default=-1) + 1,
        tiles=tuple(sorted(tiles, key=lambda tile: (tile.row, tile.column))),
        beside=tuple(_tile(one, (0, row), None) for row, one in enumerate(beside)),
        legend=_legend(values, known),
    )


def place(municipalities: Sequence[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Return column and row by code, from the drawn table or else a grid in order of name.

    Codes that were not drawn stand below the map; where most are unknown there is no map to
    keep and all stand in one grid.
    """
    drawn = {code: TILE_POSITIONS[code] for code, _ in municipalities if code in TILE_POSITIONS}
    if 2 * len(drawn) < len(municipalities):
        drawn = {}
    left = min((column for column, _ in drawn.values()), default=0)
    top = min((row for _, row in drawn.values()), default=0)
    positions = {code: (column - left, row - top) for code, (column, row) in drawn.items()}
    others = sorted((name, code) for code, name in municipalities if code not in drawn)
    below = max((row for _, row in positions.values()), default=-1) + 1
    width = max((column for column, _ in positions.values()), default=-1) + 1
    width = width or max(1, isqrt(max(len(others) - 1, 0)) + 1)
    for index, (_, code) in enumerate(others):
        positions[code] = (index % width, below + index // width)
    return positions


def shade(value: int | None, known: Sequence[int]) -> int | None:
    """Return the shade (0 to 4) of a value among all known values, which are sorted."""
    if value is None:
        return None
    if known[0] == known[-1]:
        return SHADES // 2
    return min(SHADES - 1, (bisect_right(known, value) - 1) * SHADES // len(known))


def name_lines(name: str) -> tuple[str, ...]:
    """Return a name as one or two lines that fit in a tile, or else an abbreviation."""
    if len(name) <= _LINE_LENGTH:
        return (name,)
    breaks = [i + 1 for i, letter in enumerate(name) if letter in " -"]
    fitting = [
        (name[:at].rstrip(), name[at:])
        for at in breaks
        if max(len(name[:at].rstrip()), len(name[at:])) <= _LINE_LENGTH
    ]
    if not fitting:
        return (name[: _ABBREVIATION - 1].rstrip() + ".",)
    return min(fitting, key=lambda lines: abs(len(lines[0]) - len(lines[1])))


def _tile(one: TileValue, position: tuple[int, int], shade: int | None) -> Tile:
    return Tile(
        column=position[0],
        row=position[1],
        label=one.name,
        lines=name_lines(one.name),
        value=one.text,
        shade=shade,
        url=one.url,
    )


def _legend(values: Sequence[TileValue], known: Sequence[int]) -> tuple[LegendStep, ...]:
    steps: dict[int, list[TileValue]] = {}
    for one in sorted((v for v in values if v.value is not None), key=lambda v: v.value or 0):
        number = shade(one.value, known)
        if number is not None:
            steps.setdefault(number, []).append(one)
    return tuple(
        LegendStep(shade=number, lowest=members[0].text, highest=members[-1].text)
        for number, members in steps.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageSource:
    """A source of money: its name, whether it is certain, and its colour (0 to 5)."""

    name: str
    certain: bool
    category: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageSegment:
    """The part of a bar that one source pays; `cents` is what it stands for."""

    start: float
    length: float
    cents: int
    source: CoverageSource


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageBar:
    """One year: the money of each source, in the order of the sources, and the sum in cents."""

    label: str
    cents: tuple[int, ...]
    total: int
    segments: tuple[CoverageSegment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageBars:
    """A bar a year on one scale, with the sources that they are stacked from."""

    sources: tuple[CoverageSource, ...]
    bars: tuple[CoverageBar, ...]


def coverage_bars(
    sources: Sequence[tuple[str, bool]], years: Sequence[tuple[str, Sequence[int]]]
) -> CoverageBars:
    """Stack each year's cents by source; `sources` are (name, certain), in the order of cents.

    The longest bar is full. A negative amount draws nothing, but stays in the figures.
    """
    kinds = tuple(
        CoverageSource(name=name, certain=certain, category=index % CATEGORIES)
        for index, (name, certain) in enumerate(sources)
    )
    longest = max((sum(max(c, 0) for c in cents) for _, cents in years), default=0)
    return CoverageBars(
        sources=kinds, bars=tuple(_bar(label, cents, kinds, longest) for label, cents in years)
    )


def _bar(
    label: str, cents: Sequence[int], sources: Sequence[CoverageSource], longest: int
) -> CoverageBar:
    segments = []
    reached = 0
    for source, amount in zip(sources, cents, strict=True):
        if amount > 0:
            start, end = percentage(reached, longest), percentage(reached + amount, longest)
            segments.append(
                CoverageSegment(
                    start=start, length=round(end - start, 2), cents=amount, source=source
                )
            )
            reached += amount
    return CoverageBar(label=label, cents=tuple(cents), total=sum(cents), segments=tuple(segments))


def percentage(part: int, whole: int) -> float:
    """Return how much of the whole a part is, 0 to 100 with two decimals; of nothing, nothing."""
    if whole <= 0:
        return 0.0
    return min(10_000, max(0, part * 10_000 // whole)) / 100
