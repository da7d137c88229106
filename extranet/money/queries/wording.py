"""Words for what the database keeps as codes, and figures of an explanation as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from extranet.formats import MINUS, NO_BREAK, cents, number, pattern
from extranet.i18n import Euros, Text
from extranet.money.models import Certainty, FundingKind, LineKind, VatTreatment
from extranet.money.rules import AllocationKey, Figure, RatePerInhabitant, Unit

LINE_KINDS: Mapping[LineKind, Text] = {
    LineKind.COST: Text("Costs"),
    LineKind.INCOME: Text("Income from outside"),
    LineKind.RESERVE: Text("Reserve"),
}
VAT_TREATMENTS: Mapping[VatTreatment, Text] = {
    VatTreatment.JOINT_ACCOUNT: Text("Costs for joint account, outside VAT"),
    VatTreatment.PASSED_ON: Text("Passed on: municipalities and province can reclaim their part"),
    VatTreatment.TAXED: Text("Taxed, on the member's invoice"),
    VatTreatment.EXEMPT: Text("Exempt"),
}
VAT_IN_SHORT: Mapping[VatTreatment, Text] = {
    VatTreatment.PASSED_ON: Text("VAT passed on"),
    VatTreatment.TAXED: Text("taxed"),
    VatTreatment.EXEMPT: Text("exempt from VAT"),
    VatTreatment.JOINT_ACCOUNT: Text("joint account"),
}
CERTAINTIES: Mapping[Certainty, Text] = {
    Certainty.COMMITTED: Text("committed"),
    Certainty.EXPECTED: Text("expected"),
    Certainty.UNCERTAIN: Text("uncertain"),
}
FUNDING_KINDS: Mapping[FundingKind, Text] = {
    FundingKind.RIJK: Text("Rijk"),
    FundingKind.CDOKE: Text("CDOKE"),
    FundingKind.SPUK: Text("SpUk (specific grant)"),
    FundingKind.PROVINCIE: Text("Province"),
    FundingKind.OWN: Text("Own money"),
    FundingKind.OTHER: Text("Other"),
}
STRUCTURAL = Text("Structural")
INCIDENTAL = Text("Incidental")


def key_texts(key: AllocationKey) -> tuple[Text, ...]:
    """Say an allocation key in words, a component a text, with the index of a rate."""
    return tuple(_with_index(key, text) for text in key.texts)


def figure_text(figure: Figure, locale: str) -> str:
    """Return a figure of an explanation as text: € 1.234,56, 43.949 or 2,5 %."""
    if figure.unit == Unit.CENTS:
        return cents(int(figure.value), locale)
    if figure.unit == Unit.EUROS:
        return f"€{NO_BREAK}{_decimal(str(figure.value), locale)}"
    if figure.unit == Unit.PERCENT:
        return f"{_decimal(str(figure.value), locale)}{NO_BREAK}%"
    return _decimal(str(figure.value), locale)


def _with_index(key: AllocationKey, text: Text) -> Text:
    rate = key.distribution
    if not isinstance(rate, RatePerInhabitant) or rate.index is None or text != rate.text:
        return text
    return Text(
        "%(amount)s per inhabitant, indexed from %(year)s on by %(percent)s%% a year (%(index)s)",
        amount=Euros(rate.rate_cents),
        year=str(rate.index.base_year),
        percent=Decimal(rate.index.basis_points).scaleb(-2),
        index=rate.index.name,
    )


def _decimal(text: str, locale: str) -> str:
    """Return a number that is written with a point as the language writes it."""
    sign = MINUS if text.startswith("-") else ""
    whole, _, rest = text.lstrip("-").partition(".")
    return sign + number(int(whole), locale) + (f"{pattern(locale).decimal}{rest}" if rest else "")
