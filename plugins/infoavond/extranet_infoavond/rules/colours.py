"""A municipality's accent colour, where it can be read (WCAG 2.2, 1.4.3: 4.5 to 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

READABLE = 4.5
# Everything that the accent stands on or under, as the theme has it.
LIGHT = ("#fbfaf7", "#ffffff", "#eaf2f2")
DARK = ("#15191b", "#1c2225", "#1d3136", "#0d2226")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
STEPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Accent:
    """A colour and a stronger one, for light and for dark."""

    light: str
    light_strong: str
    dark: str
    dark_strong: str


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours written as `#rrggbb`, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def weakest_contrast(colour: str) -> float:
    """Return the contrast of a colour with that of our light grounds where it is read worst."""
    return min(contrast(colour, ground) for ground in LIGHT)


def accent_of(colour: str) -> Accent | None:
    """Return how a colour is used, None when text in it cannot be read on our light pages.

    On dark pages it is mixed with white until it can be.
    """
    if not COLOUR.fullmatch(colour) or weakest_contrast(colour) < READABLE:
        return None
    mixed = (_mix(colour, "#ffffff", step / STEPS) for step in range(STEPS + 1))
    dark = next(one for one in mixed if _is_readable(one, DARK))
    return Accent(
        light=colour.lower(),
        light_strong=_mix(colour, "#000000", 0.25),
        dark=dark,
        dark_strong=_mix(dark, "#ffffff", 0.4),
    )


def _is_readable(colour: str, grounds: tuple[str, ...]) -> bool:
    return all(contrast(colour, ground) >= READABLE for ground in grounds)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
