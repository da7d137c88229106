"""The region of the examples: real organisations with their real number of inhabitants."""

from dataclasses import replace
from datetime import date

from extranet.money.rules import (
    AllocationKey,
    FixedSum,
    Member,
    PopulationSource,
    contributions,
)

# Inhabitants on 1 January 2026, CBS StatLine table 03759ned, CC BY 4.0.
CBS = PopulationSource(
    name="CBS StatLine 03759ned",
    reference_date=date(2026, 1, 1),
    release_date=date(2026, 6, 23),
    table="03759ned",
)
MUNICIPALITIES = tuple(
    Member(code=code, name=name, kind="gemeente", inhabitants=inhabitants)
    for code, name, inhabitants in (
        ("gm:0889", "Beesel", 13_579),
        ("gm:0893", "Bergen (L.)", 13_037),
        ("gm:1711", "Echt-Susteren", 32_385),
        ("gm:0907", "Gennep", 17_953),
        ("gm:1507", "Horst aan de Maas", 44_821),
        ("gm:1640", "Leudal", 36_099),
        ("gm:1641", "Maasgouw", 24_377),
        ("gm:0944", "Mook en Middelaar", 8_192),
        ("gm:0946", "Nederweert", 17_533),
        ("gm:1894", "Peel en Maas", 45_816),
        ("gm:1669", "Roerdalen", 20_995),
        ("gm:0957", "Roermond", 61_431),
        ("gm:0983", "Venlo", 104_195),
        ("gm:0984", "Venray", 45_108),
        ("gm:0988", "Weert", 51_498),
    )
)
LIMBURG = Member(code="pv:31", name="Provincie Limburg", kind="provincie", inhabitants=None)
WATERSCHAP = Member(code="ws:0665", name="Waterschap Limburg", kind="waterschap", inhabitants=None)
EVERYONE = (*MUNICIPALITIES, LIMBURG, WATERSCHAP)
FIXED = FixedSum(sums={"pv:31": 100_000_00, "ws:0665": 50_000_00})


def divided(*components, members=MUNICIPALITIES, total=0, year=2027, population=CBS):
    """Divide a total by a key of these components."""
    return contributions(
        AllocationKey(components),
        members,
        total_to_share_cents=total,
        year=year,
        population=population,
    )


def amounts(division):
    """Return the amounts in cents by code."""
    return {share.code: share.amount_cents for share in division.shares}


def ladder(division, code):
    """Return the steps of one member as lines that people can read."""
    (share,) = [share for share in division.shares if share.code == code]
    return [f"{step.text}: {step.figure.value}" for step in share.steps]


def with_months(code, months, members=MUNICIPALITIES):
    """Return the members with one of them a member for part of the year."""
    return [replace(m, months=months) if m.code == code else m for m in members]
