"""The example budget: whole euros for the first year; later years grow by 2.5 percent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extranet.money.models import Certainty, FundingKind, LineKind, VatTreatment

FIRST_YEAR = 2027
FIXED_SUMS_CENTS = {"pv:31": 75_000_00, "ws:0665": 50_000_00}
GROWTH_PER_MILLE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A funding source of the demo."""

    name: str
    kind: FundingKind
    certainty: Certainty
    ends_on: date | None
    sector: str = ""
    conditions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line; `vat_percent` is the VAT on its net amount."""

    name: str
    euros: int
    kind: LineKind = LineKind.COST
    vat: VatTreatment = VatTreatment.JOINT_ACCOUNT
    vat_percent: int = 0
    structural: bool = True
    grows: bool = True
    source: str = ""


RIJK, CDOKE, SPUK = "Rijksbijdrage RES", "CDOKE", "SpUk regionale structuur NPLW"
SOURCES = (
    Source(
        name=RIJK,
        kind=FundingKind.RIJK,
        certainty=Certainty.COMMITTED,
        ends_on=date(2030, 12, 31),
    ),
    Source(
        name=CDOKE,
        kind=FundingKind.CDOKE,
        certainty=Certainty.EXPECTED,
        ends_on=date(2030, 12, 31),
        sector="gebouwde omgeving",
        conditions="Alleen voor capaciteit. De verlenging is een aanname van dit voorbeeld.",
    ),
    Source(
        name=SPUK,
        kind=FundingKind.SPUK,
        certainty=Certainty.UNCERTAIN,
        ends_on=date(2028, 12, 31),
        conditions="Elk kalenderjaar opnieuw aanvragen.",
    ),
)
LINES = (
    Line(name="Programmateam", euros=980_000),
    Line(name="Voorzitters van de ontwikkelgroepen", euros=420_000),
    Line(
        name="Ontwikkelgroep warmte: onderzoek en advies",
        euros=260_000,
        vat=VatTreatment.PASSED_ON,
        vat_percent=21,
    ),
    Line(
        name="Ontwikkelgroep elektriciteit en p-MIEK",
        euros=185_000,
        vat=VatTreatment.PASSED_ON,
        vat_percent=21,
    ),
    Line(
        name="Ontwikkelgroep grootschalige opwek",
        euros=120_000,
        vat=VatTreatment.PASSED_ON,
        vat_percent=21,
    ),
    Line(
        name="Kennisdeling en kennissessies",
        euros=65_000,
        vat=VatTreatment.PASSED_ON,
        vat_percent=21,
    ),
    Line(
        name="Cijfers en monitoring per gemeente",
        euros=90_000,
        vat=VatTreatment.PASSED_ON,
        vat_percent=21,
    ),
    Line(name="Backoffice van centrum Venlo", euros=140_000),
    Line(
        name="Bouwstenen voor communicatie door gemeenten",
        euros=30_000,
        vat=VatTreatment.PASSED_ON,
        vat_percent=21,
        structural=False,
        grows=False,
    ),
    Line(name=RIJK, euros=400_000, kind=LineKind.INCOME, source=RIJK, grows=False),
    Line(name=CDOKE, euros=350_000, kind=LineKind.INCOME, source=CDOKE, grows=False),
    Line(
        name=SPUK,
        euros=215_000,
        kind=LineKind.INCOME,
        source=SPUK,
        structural=False,
        grows=False,
    ),
)


def net_cents(line: Line, year: int) -> int:
    """Return the net amount of a line in a year in cents, rounded to whole euros."""
    euros = line.euros
    for _ in range(year - FIRST_YEAR if line.grows else 0):
        euros = (euros * (1000 + GROWTH_PER_MILLE) + 500) // 1000
    return euros * 100
